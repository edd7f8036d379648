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

type Counted = { row: ControlRow; n: number; more: string; strong?: boolean; words?: string }
function Count({ row, n, more, strong = false, words }: Counted) {
  if (!n) return <span className="text-muted">{words ? `0 ${words}` : 0}</span>
  return (
    <Link
      href={findings(row, more)}
      prefetch={false}
      className={`link inline-block min-h-6 min-w-6 ${strong ? 'font-medium' : ''}`}
    >
      {n.toLocaleString('en')}
      {words && ` ${words}`}
    </Link>
  )
}

/** All that fails, and where exceptions count for some of it, these and the rest. */
function Failing({ row }: { row: ControlRow }) {
  const { fail, excepted } = row.counts
  const part = (n: number, words: string, yes: 'yes' | 'no') => (
    <span className="block text-caption whitespace-nowrap">
      <Count row={row} n={n} more={`&verdict=fail&excepted=${yes}`} words={words} />
    </span>
  )
  return (
    <>
      <Count row={row} n={fail} more="&verdict=fail" strong />
      {excepted > 0 && part(excepted, 'excepted', 'yes')}
      {excepted > 0 && part(fail - excepted, 'not excepted', 'no')}
    </>
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
    cell: (row) => <Failing row={row} />,
  },
  {
    key: 'unknown',
    title: 'Not decided',
    numeric: true,
    className: TOP,
    cell: (row) => <Count row={row} n={row.counts.unknown} more="&verdict=unknown" />,
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
