// What one has said not to be one's own.
import type { HandedOn } from '@/governance/campaigns/reviewing/handed-on'
import { DataTable, type Column } from '@/app/_list/data-table'
import { Empty } from '@/app/_ui/empty'
import { Moment } from '@/app/_ui/moment'

const COLUMNS: Column<HandedOn>[] = [
  {
    key: 'name',
    title: 'Identity',
    cell: (row) => (
      <span className="block min-w-40">
        <span className="font-medium [overflow-wrap:anywhere]">{row.name}</span>
        <span className="block text-caption text-muted">{row.scope}</span>
      </span>
    ),
  },
  { key: 'to', title: 'Handed to', cell: (row) => row.to },
  { key: 'reason', title: 'Because', cell: (row) => <span className="block min-w-48">{row.reason}</span> },
  { key: 'at', title: 'When', cell: (row) => <Moment at={row.at} /> },
  { key: 'open', title: 'Since', cell: (row) => (row.open ? 'Still open' : 'Decided') },
]

export function Handed({ rows, count }: { rows: HandedOn[]; count: number }) {
  if (!rows.length)
    return <Empty title="You have handed nothing on">What you say not to be yours is told here.</Empty>
  return (
    <>
      <DataTable caption="Handed on" columns={COLUMNS} rows={rows} rowKey={(row) => row.id + row.at} />
      {count > rows.length && (
        <p className="mt-2 text-muted">
          The newest {rows.length} of {count.toLocaleString('en')}.
        </p>
      )}
    </>
  )
}
