// Every hint that names somebody who answers for a thing, and how it is known.
import type { OwnerHintView } from '@/inventory/queries/types'
import { DataTable, type Column } from '@/app/_list/data-table'
import { Moment } from '@/app/_ui/moment'

const NAMES = { person: 'A person', team: 'A team', unclear: 'A person or a team' }
const COLUMNS: Column<OwnerHintView>[] = [
  {
    key: 'value',
    title: 'Names',
    cell: (hint) => <span className="font-medium [overflow-wrap:anywhere]">{hint.value}</span>,
  },
  { key: 'what', title: 'Which is', cell: (hint) => NAMES[hint.names] },
  {
    key: 'via',
    title: 'Known from',
    cell: (hint) => <code className="font-mono text-caption">{hint.via}</code>,
  },
  { key: 'at', title: 'Seen', cell: (hint) => <Moment at={hint.at} /> },
]

export function OwnerHints({ hints }: { hints: OwnerHintView[] }) {
  if (!hints.length) return null
  return <DataTable caption="Hints at an owner" columns={COLUMNS} rows={hints} rowKey={(hint) => hint.id} />
}
