// Frameworks one by one. Each count leads to the controls it counts.
import type { ControlState } from '@/governance/frameworks/framework-filter'
import type { FrameworkRow } from '@/governance/frameworks/list-frameworks'
import { DataTable, type Column } from '@/app/_list/data-table'
import { Link } from '@/app/_ui/link'

function Count({ n, href, strong = false }: { n: number; href: string; strong?: boolean }) {
  if (!n) return <span className="text-muted">0</span>
  return (
    <Link href={href} prefetch={false} className={`link inline-block min-w-6 ${strong ? 'font-medium' : ''}`}>
      {n.toLocaleString('en')}
    </Link>
  )
}

const counted = (key: ControlState, title: string): Column<FrameworkRow> => ({
  key,
  title,
  numeric: true,
  cell: (row) => (
    <Count n={row.states[key]} href={`/frameworks/${row.id}?state=${key}`} strong={key === 'failing'} />
  ),
})

const COLUMNS: Column<FrameworkRow>[] = [
  {
    key: 'framework',
    title: 'Framework',
    cell: (row) => (
      <span className="block min-w-52">
        <Link href={`/frameworks/${row.id}`} data-row-link prefetch={false} className="row-link">
          {row.title}
        </Link>
        <span className="block text-caption text-muted">{row.publisher}</span>
      </span>
    ),
  },
  { key: 'version', title: 'Version', cell: (row) => <span className="text-muted">{row.version}</span> },
  {
    key: 'spoken',
    title: 'With rules',
    numeric: true,
    cell: (row) => (
      <span className="whitespace-nowrap">
        {row.spoken} <span className="text-muted">of {row.controls}</span>
      </span>
    ),
  },
  counted('failing', 'Failing'),
  {
    key: 'excepted',
    title: 'With exceptions',
    numeric: true,
    cell: (row) => <Count n={row.excepted} href={`/frameworks/${row.id}?excepted=yes`} />,
  },
  counted('cannot-tell', 'Cannot tell'),
  counted('no-failure', 'No failure seen'),
  counted('nothing-judged', 'Nothing to judge'),
  counted('no-rule', 'No rule'),
]

export function FrameworkTable({ rows }: { rows: FrameworkRow[] }) {
  return <DataTable caption="Frameworks" columns={COLUMNS} rows={rows} rowKey={(row) => row.id} />
}
