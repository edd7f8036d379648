// Remediations: in which state since when, of what, and who decided and who says that it was done.
import type { RemediationRow } from '@/governance/campaigns/remediations'
import { DataTable, type Column } from '@/app/_list/data-table'
import { Link } from '@/app/_ui/link'
import { Moment } from '@/app/_ui/moment'
import { decisionTitle, RemediationWord } from '../../words'

const MEANS: Record<RemediationRow['state'], string> = {
  decided: 'nobody has to do anything before it is signed',
  signed: 'nobody has said that it was done',
  applied: 'somebody said so; nobody has looked since',
  'verified-gone': 'a complete look did not see it',
  'still-there': 'a complete look saw it after it was said to be done',
  'cannot-verify': 'why is not known',
  dropped: 'the decision was taken back, or settled otherwise',
}

const STATE: Column<RemediationRow>[] = [
  {
    key: 'state',
    title: 'State',
    cell: (row) => (
      <span className="block min-w-44 whitespace-normal">
        <RemediationWord state={row.state} />
        <span className="block text-caption text-muted [overflow-wrap:anywhere]">
          {row.why ?? MEANS[row.state]}
        </span>
      </span>
    ),
  },
  {
    key: 'since',
    title: 'Since',
    cell: (row) => (row.since ? <Moment at={row.since} /> : <span className="text-muted">Not known</span>),
  },
]

const nameColumn = (campaign: string): Column<RemediationRow> => ({
  key: 'name',
  title: 'Identity',
  cell: (row) => (
    <span className="block min-w-40 whitespace-normal">
      <Link
        href={`/campaigns/${campaign}/remediations/${row.id}`}
        data-row-link
        prefetch={false}
        className="row-link [overflow-wrap:anywhere]"
      >
        {row.name}
      </Link>
      <span className="block text-caption text-muted">{decisionTitle(row.kind)}</span>
    </span>
  ),
})

const SAID: Column<RemediationRow>[] = [
  {
    key: 'who',
    title: 'Decided by',
    cell: (row) => (
      <span className="block min-w-32 whitespace-normal">
        {row.decidedBy}
        <span className="block text-caption text-muted">
          <Moment at={row.decidedAt} />
        </span>
      </span>
    ),
  },
  {
    key: 'applied',
    title: 'Said to be done',
    cell: (row) =>
      row.appliedAt ? (
        <span className="block min-w-32 whitespace-normal">
          {row.appliedBy} <Moment at={row.appliedAt} />
          {row.appliedNote && (
            <span className="block text-caption text-muted [overflow-wrap:anywhere]">{row.appliedNote}</span>
          )}
        </span>
      ) : (
        <span className="text-muted">By nobody</span>
      ),
  },
]

export const RemediationTable = ({ rows, campaign }: { rows: RemediationRow[]; campaign: string }) => (
  <DataTable
    caption="Remediations"
    columns={[...STATE, nameColumn(campaign), ...SAID]}
    rows={rows}
    rowKey={(row) => row.id}
  />
)
