// Every permission a run used, how often, and how that ended.
import type { CallCount } from '@/core/session'
import { whyWords } from '@/app/_inventory/words'
import { DataTable, type Column } from '@/app/_list/data-table'
import { Section } from '@/app/_ui/section'

const COLUMNS: Column<CallCount>[] = [
  {
    key: 'permission',
    title: 'Permission',
    cell: (call) => <code className="font-mono text-caption whitespace-nowrap">{call.permission}</code>,
  },
  { key: 'ok', title: 'Answered', numeric: true, cell: (call) => call.ok.toLocaleString('en') },
  {
    key: 'refused',
    title: 'Refused',
    numeric: true,
    cell: (call) =>
      call.refused ? <span className="font-medium">{call.refused.toLocaleString('en')}</span> : '0',
  },
  {
    key: 'why',
    title: 'Why',
    cell: (call) => (
      <span className="text-muted [overflow-wrap:anywhere]">
        {call.why ? `${whyWords(call.why)}${call.detail ? `: ${call.detail}` : ''}` : ''}
      </span>
    ),
  },
]

export function CallsSection({ calls }: { calls: CallCount[] }) {
  if (!calls.length) return null
  return (
    <Section id="calls" title="Calls">
      <DataTable
        caption="Calls by permission"
        columns={COLUMNS}
        rows={calls}
        rowKey={(call) => call.permission}
      />
    </Section>
  )
}
