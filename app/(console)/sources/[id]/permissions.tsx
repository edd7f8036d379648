// Permissions wanted against permissions that answered in the last run, and what is lost without each.
import type { Permission } from '@/core/connector'
import type { CallCount } from '@/core/session'
import { whyWords } from '@/app/_inventory/words'
import { DataTable, type Column } from '@/app/_list/data-table'
import { Section } from '@/app/_ui/section'
import { StateWord } from '@/app/_ui/state-word'

type Row = Permission & { call?: CallCount }

function State({ call }: { call?: CallCount }) {
  if (!call) return <StateWord tone="unknown">Not tried</StateWord>
  if (!call.refused) return <StateWord tone="ok">Answered</StateWord>
  const word = call.why === 'denied' ? 'Denied' : call.ok ? 'Refused at times' : 'Refused'
  return (
    <>
      <StateWord tone={call.why === 'denied' ? 'denied' : 'warn'}>{word}</StateWord>
      <span className="block text-caption text-muted [overflow-wrap:anywhere]">
        {call.detail ?? (call.why && whyWords(call.why))}
      </span>
    </>
  )
}

const COLUMNS: Column<Row>[] = [
  {
    key: 'name',
    title: 'Permission',
    cell: (row) => <code className="font-mono text-caption whitespace-nowrap">{row.name}</code>,
  },
  { key: 'state', title: 'In the last run', cell: (row) => <State call={row.call} /> },
  {
    key: 'calls',
    title: 'Calls',
    numeric: true,
    cell: (row) => ((row.call?.ok ?? 0) + (row.call?.refused ?? 0)).toLocaleString('en'),
  },
  {
    key: 'gives',
    title: 'Gives',
    cell: (row) => (
      <span className="block min-w-48 text-muted">
        {row.gives}
        {row.optional && ' (optional)'}
      </span>
    ),
  },
]

export function PermissionsSection({
  permissions,
  calls,
}: {
  permissions: readonly Permission[]
  calls: CallCount[]
}) {
  const rows = permissions.map((permission) => ({
    ...permission,
    call: calls.find((call) => call.permission === permission.name),
  }))
  const refused = rows.filter((row) => row.call?.refused)
  const rank = (row: Row) => (row.call?.refused ? 0 : row.call ? 2 : 1)
  return (
    <Section
      id="permissions"
      title="Permissions"
      aside={refused.length ? `${refused.length} of ${rows.length} refused` : `${rows.length} wanted`}
    >
      <DataTable
        caption="Permissions"
        columns={COLUMNS}
        rows={rows.toSorted((a, b) => rank(a) - rank(b))}
        rowKey={(row) => row.name}
      />
    </Section>
  )
}
