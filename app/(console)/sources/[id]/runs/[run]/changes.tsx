// What a run changed in the inventory, by kind.
import type { Kind } from '@/core/observation'
import type { KindChanges, RunDetail } from '@/inventory/queries/types'
import { kindTitle } from '@/app/_inventory/words'
import { DataTable, type Column } from '@/app/_list/data-table'
import { Section } from '@/app/_ui/section'

type Row = { kind: string } & KindChanges
const number = (key: keyof KindChanges, title: string): Column<Row> => ({
  key,
  title,
  numeric: true,
  cell: (row) =>
    row[key] ? (
      <span className="font-medium">{row[key].toLocaleString('en')}</span>
    ) : (
      <span className="text-muted">0</span>
    ),
})
const COLUMNS: Column<Row>[] = [
  {
    key: 'kind',
    title: 'Kind',
    cell: (row) => <span className="font-medium">{kindTitle(row.kind)}</span>,
  },
  number('created', 'New'),
  number('updated', 'Changed'),
  number('retired', 'Gone'),
  number('restored', 'Back'),
  number('unchanged', 'Unchanged'),
]

export function ChangesTable({ changes }: { changes: RunDetail['changes'] }) {
  const rows = Object.entries(changes).map(([kind, counts]) => ({ kind: kind as Kind, ...counts }))
  if (!rows.length)
    return <p className="rounded-lg border border-dashed border-control px-3 py-3 text-muted">Nothing.</p>
  return <DataTable caption="Changes by kind" columns={COLUMNS} rows={rows} rowKey={(row) => row.kind} />
}

export function ChangesSection({ changes }: { changes: RunDetail['changes'] }) {
  return (
    <Section id="changes" title="What changed">
      <ChangesTable changes={changes} />
    </Section>
  )
}
