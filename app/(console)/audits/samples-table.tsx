// The samples of an audit, and how each was drawn.
import type { SampleView } from '@/governance/audits/sampling/sample-view'
import type { SampleKind } from '@/governance/audits/sampling/population'
import { DataTable, type Column } from '@/app/_list/data-table'
import { Link } from '@/app/_ui/link'
import { absolute, Moment } from '@/app/_ui/moment'

export const KIND_TITLES: Record<SampleKind, string> = {
  identity: 'Identities',
  credential: 'Credentials',
  finding: 'Findings',
}
export const SAMPLED =
  'Rows are drawn by the hash of a seed and their id: whoever has the seed and the file of a pack of the same moment draws the same again.'

const columns = (auditId: string): Column<SampleView>[] => [
  {
    key: 'nth',
    title: 'Sample',
    cell: (row) => (
      <span className="block min-w-40">
        <Link
          href={`/audits/${auditId}/samples/${row.id}`}
          data-row-link
          prefetch={false}
          className="row-link"
        >
          {row.drawn.toLocaleString('en')} of {row.population.toLocaleString('en')}{' '}
          {KIND_TITLES[row.kind].toLowerCase()}
        </Link>
        <span className="block text-caption text-muted">
          Sample {row.nth}
          {row.skipped > 0 && `, after ${row.skipped.toLocaleString('en')} drawn before`}
        </span>
      </span>
    ),
  },
  {
    key: 'asOf',
    title: 'As of',
    cell: (row) => <span className="whitespace-nowrap">{absolute(row.asOf)}</span>,
  },
  {
    key: 'seed',
    title: 'Seed',
    cell: (row) => (
      <span className="block min-w-24 font-mono text-caption [overflow-wrap:anywhere]">{row.seed}</span>
    ),
  },
  { key: 'by', title: 'Drawn by', cell: (row) => row.drawnBy },
  { key: 'at', title: 'Drawn', cell: (row) => <Moment at={row.drawnAt} /> },
]

export function SamplesTable({ auditId, samples }: { auditId: string; samples: readonly SampleView[] }) {
  if (!samples.length) return <p className="text-muted">No sample was drawn yet.</p>
  return <DataTable caption="Samples" columns={columns(auditId)} rows={samples} rowKey={(row) => row.id} />
}
