// Items as a table: of an audit, or of one sample.
import type { ItemRow } from '@/governance/audits/list-items'
import type { Column } from '@/app/_list/data-table'
import { DataTable } from '@/app/_list/data-table'
import { Link } from '@/app/_ui/link'
import { absolute, Moment } from '@/app/_ui/moment'
import { StateWord } from '@/app/_ui/state-word'
import { StatusWord } from './words'

const originOf = ({ origin, sample, rank, openedBy }: ItemRow): string =>
  origin === 'request' ? `Asked by ${openedBy}` : `Sample ${sample?.nth ?? ''}, place ${rank ?? ''}`

const columns = (auditId: string): Column<ItemRow>[] => [
  { key: 'nth', title: 'No.', numeric: true, cell: (row) => row.nth.toLocaleString('en') },
  {
    key: 'title',
    title: 'Item',
    cell: (row) => (
      <span className="block min-w-48 [overflow-wrap:anywhere]">
        <Link href={`/audits/${auditId}/items/${row.id}`} data-row-link prefetch={false} className="row-link">
          {row.title}
        </Link>
        <span className="block text-caption text-muted">
          {originOf(row)}
          {row.subject && `, ${row.subject.kind}`}
        </span>
      </span>
    ),
  },
  {
    key: 'status',
    title: 'Status',
    cell: (row) => (
      <span className="block">
        <StatusWord status={row.status} />
        {row.reason && (
          <span className="block max-w-72 text-caption text-muted [overflow-wrap:anywhere]">
            {row.reason}
          </span>
        )}
      </span>
    ),
  },
  { key: 'since', title: 'Since', cell: (row) => <Moment at={row.statusAt} /> },
  { key: 'by', title: 'By', cell: (row) => <span className="sm:whitespace-nowrap">{row.statusBy}</span> },
  {
    key: 'due',
    title: 'Due',
    cell: (row) =>
      row.due ? (
        <span className="whitespace-nowrap">
          {absolute(row.due, false)} {row.overdue && <StateWord tone="danger">Overdue</StateWord>}
        </span>
      ) : (
        <span className="whitespace-nowrap text-muted">No day</span>
      ),
  },
  { key: 'comments', title: 'Comments', numeric: true, cell: (row) => row.comments.toLocaleString('en') },
]

export function ItemsTable({
  auditId,
  rows,
  caption,
}: {
  auditId: string
  rows: readonly ItemRow[]
  caption: string
}) {
  // Only what was asked for has a day.
  const isDue = rows.some(({ origin }) => origin === 'request')
  const shown = columns(auditId).filter(({ key }) => key !== 'due' || isDue)
  return <DataTable caption={caption} columns={shown} rows={rows} rowKey={(row) => row.id} />
}
