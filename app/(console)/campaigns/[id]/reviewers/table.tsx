// Who is asked about how much and how far they are; and for whom it is too much, who beside them has room.
import type { CampaignRow } from '@/governance/campaigns/list-campaigns'
import type { ReviewerRow } from '@/governance/campaigns/reviewers'
import type { Split } from '@/governance/campaigns/load'
import { LOAD_MAX } from '@/core/campaign'
import { ActionForm } from '@/app/_form/action-form'
import { Submit } from '@/app/_form/submit'
import { DataTable, type Column } from '@/app/_list/data-table'
import { Link } from '@/app/_ui/link'
import { Notice } from '@/app/_ui/notice'
import { pageNow } from '@/app/_ui/page-clock'
import { StateWord } from '@/app/_ui/state-word'
import { split } from '../../actions'

/** Of a campaign, what the table depends on. */
export type Asking = Pick<CampaignRow, 'id' | 'state' | 'dueAt'>

const percent = (some: number, of: number) => (of ? `${Math.round((some / of) * 100)} %` : '–')
/** In whole seconds; what was not measured is not nought. */
const seconds = (ms: number | null) => (ms === null ? 'Not measured' : `${Math.round(ms / 1000)} s`)

function Who({ row, href }: { row: ReviewerRow; href: string }) {
  return (
    <span className="block min-w-36 whitespace-normal">
      <Link href={href} data-row-link prefetch={false} className="row-link">
        {row.person?.name ?? 'Nobody'}
      </Link>
      {row.person?.here === false && <StateWord tone="danger">Left</StateWord>}
      {row.person === null && <span className="block text-caption text-danger">Name somebody for them</span>}
    </span>
  )
}

const columnsOf = ({ id, state, dueAt }: Asking): Column<ReviewerRow>[] => {
  const late = state === 'running' && new Date(dueAt) < pageNow()
  const before: Column<ReviewerRow>[] = [
    {
      key: 'who',
      title: 'Reviewer',
      cell: (row) => <Who row={row} href={`/campaigns/${id}/items?reviewer=${row.person?.id ?? 'none'}`} />,
    },
    {
      key: 'items',
      title: 'Items',
      numeric: true,
      cell: (row) => (
        <span className={row.items > LOAD_MAX ? 'font-medium text-danger' : ''}>
          {row.items.toLocaleString('en')}
          {row.items > LOAD_MAX && <span className="sr-only"> (more than {LOAD_MAX})</span>}
        </span>
      ),
    },
    { key: 'high', title: 'High risk', numeric: true, cell: (row) => row.high.toLocaleString('en') },
  ]
  if (!['running', 'closed', 'sealed'].includes(state)) return before
  return [
    ...before,
    { key: 'open', title: 'Open', numeric: true, cell: (row) => row.open.toLocaleString('en') },
    {
      key: 'decided',
      title: 'Decided',
      numeric: true,
      cell: (row) => (row.decided + row.signed).toLocaleString('en'),
    },
    { key: 'signed', title: 'Signed', numeric: true, cell: (row) => row.signed.toLocaleString('en') },
    {
      key: 'dwell',
      title: 'On evidence (median)',
      numeric: true,
      cell: (row) => (
        <span className={row.medianDwellMs === null ? 'text-muted' : ''}>{seconds(row.medianDwellMs)}</span>
      ),
    },
    {
      key: 'removed',
      title: 'Removed or reduced',
      numeric: true,
      cell: (row) => percent(row.removed, row.decided + row.signed),
    },
    { key: 'handed', title: 'Handed on', numeric: true, cell: (row) => row.handedOn.toLocaleString('en') },
    {
      key: 'overdue',
      title: 'Overdue',
      cell: (row) =>
        late && row.open + row.decided > 0 ? (
          <StateWord tone="danger">{(row.open + row.decided).toLocaleString('en')} overdue</StateWord>
        ) : (
          <span className="text-muted">No</span>
        ),
    },
  ]
}

function TooMany({ id, split: one, mayManage }: { id: string; split: Split; mayManage: boolean }) {
  const takers = one.shares.slice(1)
  return (
    <li>
      <Notice tone="warn" title={one.words}>
        {takers.length > 0 && mayManage && (
          <ActionForm action={split} label={`Share the items of ${one.person.name}`} className="mt-2">
            <input type="hidden" name="id" value={id} />
            <input type="hidden" name="person" value={one.person.id} />
            {takers.map(({ person, items }) => (
              <input key={person.id} type="hidden" name="share" value={`${person.id} ${items}`} />
            ))}
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <Submit
                look="plain"
                busy="Handing over…"
                aria-label={`Share the items of ${one.person.name} like this`}
              >
                Share them like this
              </Submit>
              <p className="text-caption">
                The least risky go, those in one place together. All of it, or nothing.
              </p>
            </div>
          </ActionForm>
        )}
      </Notice>
    </li>
  )
}

type Props = { campaign: Asking; rows: ReviewerRow[]; splits: Split[]; mayManage: boolean }

export function ReviewerTable({ campaign, rows, splits, mayManage }: Props) {
  const canSplit = mayManage && (campaign.state === 'ready' || campaign.state === 'running')
  return (
    <>
      {splits.length > 0 && (
        <ul className="mb-3 flex flex-col gap-2">
          {splits.map((one) => (
            <TooMany key={one.person.id} id={campaign.id} split={one} mayManage={canSplit} />
          ))}
        </ul>
      )}
      <DataTable
        caption="Reviewers"
        columns={columnsOf(campaign)}
        rows={rows}
        rowKey={(row) => row.person?.id ?? 'nobody'}
      />
    </>
  )
}
