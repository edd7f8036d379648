// The controls that rules speak to: how each stands, how it stood, and where the evidence is.
import type { ControlRow } from '@/governance/frameworks/get-framework'
import { DataTable, type Column } from '@/app/_list/data-table'
import { Link } from '@/app/_ui/link'
import { ControlCell } from './control-cell'
import { ControlStateCell } from './state-words'
import { Trend } from './trend'

/** The findings of a control are those of its rules. */
const findings = ({ rules }: ControlRow, more: string) =>
  `/findings?rule=${rules.map(({ ruleId }) => ruleId).join(',')}${more}`

function Count({ row, n, verdict }: { row: ControlRow; n: number; verdict: 'fail' | 'unknown' }) {
  if (!n) return <span className="text-muted">0</span>
  return (
    <Link
      href={findings(row, `&verdict=${verdict}`)}
      prefetch={false}
      className={`link inline-block min-w-6 ${verdict === 'fail' ? 'font-medium' : ''}`}
    >
      {n.toLocaleString('en')}
    </Link>
  )
}

/** The head stays in its middle. */
const TOP = '[&:is(td)]:align-top'
const quiet = (n: number | undefined) =>
  n === undefined ? <span className="text-muted">not counted</span> : n.toLocaleString('en')

const COLUMNS: Column<ControlRow>[] = [
  { key: 'control', title: 'Control', className: TOP, cell: (row) => <ControlCell row={row} /> },
  { key: 'state', title: 'Seen', className: TOP, cell: (row) => <ControlStateCell row={row} /> },
  {
    key: 'fail',
    title: 'Failing',
    numeric: true,
    className: TOP,
    cell: (row) => <Count row={row} n={row.counts.fail} verdict="fail" />,
  },
  {
    key: 'unknown',
    title: 'Not decided',
    numeric: true,
    className: TOP,
    cell: (row) => <Count row={row} n={row.counts.unknown} verdict="unknown" />,
  },
  {
    key: 'pass',
    title: 'Passing',
    numeric: true,
    className: TOP,
    cell: (row) => quiet(row.counts.pass),
  },
  {
    key: 'notAsked',
    title: 'Not asked',
    numeric: true,
    className: TOP,
    cell: (row) => quiet(row.counts.notAsked),
  },
  {
    key: 'trend',
    title: 'Last 30 days',
    className: TOP,
    cell: (row) => <Trend points={row.trend} />,
  },
  {
    key: 'evidence',
    title: 'Evidence',
    className: TOP,
    cell: (row) => (
      <Link href={findings(row, '&state=any')} prefetch={false} className="link whitespace-nowrap">
        All findings
        <span className="sr-only"> of {row.id}, resolved ones too</span>
      </Link>
    ),
  },
]

export function ControlTable({ caption, rows }: { caption: string; rows: ControlRow[] }) {
  return <DataTable caption={caption} columns={COLUMNS} rows={rows} rowKey={(row) => row.id} />
}
