// The items of a campaign, the riskiest first: what, why it is risky, who is asked and why, and what was decided.
import type { ItemRow } from '@/governance/campaigns/campaign-items'
import { typeTitle } from '@/app/_inventory/type-title'
import { DataTable, type Column } from '@/app/_list/data-table'
import { RiskWord } from '@/app/_reviews/risk-word'
import { Link } from '@/app/_ui/link'
import { Moment } from '@/app/_ui/moment'
import { StateWord } from '@/app/_ui/state-word'
import { decisionTitle, ItemWord } from '../../words'

const REASONS_SHOWN = 2

function Name({ row, campaign }: { row: ItemRow; campaign: string }) {
  return (
    <span className="block min-w-40 whitespace-normal">
      <Link
        href={`/campaigns/${campaign}/items/${row.id}`}
        data-row-link
        prefetch={false}
        className="row-link [overflow-wrap:anywhere]"
      >
        {row.name}
      </Link>
      <span className="block text-caption text-muted">
        {typeTitle(row.type)} in {row.scope.name}
      </span>
    </span>
  )
}

function Risk({ row }: { row: ItemRow }) {
  const more = row.reasons.length - REASONS_SHOWN
  return (
    <span className="block min-w-40 whitespace-normal">
      <RiskWord tier={row.tier} />
      <span className="block text-caption text-muted">
        {row.reasons.slice(0, REASONS_SHOWN).join('; ') || 'Nothing speaks for more'}
        {more > 0 && `; and ${more} more`}
      </span>
    </span>
  )
}

function Reviewer({ row }: { row: ItemRow }) {
  if (!row.reviewer)
    return (
      <StateWord tone={row.state === 'carried' ? 'off' : 'danger'}>
        {row.state === 'carried' ? 'Nobody: carried' : 'Nobody'}
      </StateWord>
    )
  return (
    <span className="block min-w-36 whitespace-normal">
      {row.reviewer.name}
      <span className="block text-caption text-muted">
        {row.reviewer.why}
        {row.hops > 0 && `; handed on ${row.hops === 1 ? 'once' : `${row.hops} times`}`}
      </span>
    </span>
  )
}

function Decision({ row }: { row: ItemRow }) {
  const { decision, exception } = row
  if (exception)
    return (
      <span className="block min-w-36 whitespace-normal">
        {exception.person ? `${exception.person} answers for it` : 'The next campaign asks again'}
        <span className="block text-caption text-muted [overflow-wrap:anywhere]">{exception.reason}</span>
      </span>
    )
  if (!decision) return <span className="text-muted">None</span>
  return (
    <span className="block min-w-36 whitespace-normal">
      {decisionTitle(decision.decision)}
      <span className="block text-caption text-muted [overflow-wrap:anywhere]">
        {decision.source === 'policy' ? 'by policy, ' : `by ${decision.by}, `}
        {decision.for && `for ${decision.for}, `}
        <Moment at={decision.at} />
        {decision.reason && `: ${decision.reason}`}
      </span>
    </span>
  )
}

const SELECT: Column<ItemRow> = {
  key: 'select',
  title: 'Select',
  cell: (row) =>
    ['undecided', 'unclear', 'decided', 'carried'].includes(row.state) && (
      <input
        type="checkbox"
        name="item"
        value={row.id}
        aria-label={`Select ${row.name}`}
        className="size-4"
      />
    ),
}

type Props = { rows: ItemRow[]; campaign: string; selectable: boolean; published: boolean }
export function ItemTable({ rows, campaign, selectable, published }: Props) {
  const columns: Column<ItemRow>[] = [
    ...(selectable ? [SELECT] : []),
    { key: 'name', title: 'Identity', cell: (row) => <Name row={row} campaign={campaign} /> },
    { key: 'risk', title: 'Risk', cell: (row) => <Risk row={row} /> },
    { key: 'reviewer', title: 'Reviewer', cell: (row) => <Reviewer row={row} /> },
    ...(published
      ? [
          { key: 'state', title: 'State', cell: (row: ItemRow) => <ItemWord state={row.state} /> },
          { key: 'decision', title: 'Decision', cell: (row: ItemRow) => <Decision row={row} /> },
        ]
      : []),
  ]
  return <DataTable caption="Items" columns={columns} rows={rows} rowKey={(row) => row.id} />
}
