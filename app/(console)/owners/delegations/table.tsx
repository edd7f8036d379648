// Delegations: who for whom, from when to when, why, and what can be done about each.
import type { DelegationView } from '@/governance/owners/list-delegations'
import { Submit } from '@/app/_form/submit'
import { DataTable, type Column } from '@/app/_list/data-table'
import { Moment } from '@/app/_ui/moment'
import { StateWord, type Tone } from '@/app/_ui/state-word'

export const STATE_WORDS: Record<DelegationView['state'], { tone: Tone; title: string }> = {
  now: { tone: 'ok', title: 'Now' },
  later: { tone: 'waiting', title: 'Later' },
  over: { tone: 'unknown', title: 'Over' },
}
/** Days in UTC, as they are asked for: the last one holds to its end. */
const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10)
const Day = ({ at }: { at: number }) => <span className="tabular whitespace-nowrap">{dayOf(at)}</span>

function State({ row: { state, ended } }: { row: DelegationView }) {
  return (
    <>
      <StateWord tone={STATE_WORDS[state].tone}>{STATE_WORDS[state].title}</StateWord>
      {ended && (
        <span className="block text-caption text-muted">
          ended early by {ended.by} <Moment at={ended.at} />
        </span>
      )}
    </>
  )
}

function Change({ row, now }: { row: DelegationView; now: number }) {
  const { id, state, from, to, ended, endsAt, mayChange } = row
  if (!mayChange || (state === 'over' && (!ended || Date.parse(endsAt) <= now))) return null
  const words = `${to.name} for ${from.name}`
  return ended ? (
    <Submit name="resume" value={id} look="quiet" className="h-7 px-2" busy="Undoing…">
      Undo the end <span className="sr-only">of {words}</span>
    </Submit>
  ) : (
    <Submit name="end" value={id} look="plain" className="h-7 px-2" busy="Ending…">
      End <span className="sr-only">{words}</span>
    </Submit>
  )
}

const columns = (now: number): Column<DelegationView>[] => [
  { key: 'state', title: 'State', cell: (row) => <State row={row} /> },
  { key: 'from', title: 'Away', cell: (row) => <span className="font-medium">{row.from.name}</span> },
  { key: 'to', title: 'Stands in', cell: (row) => <span className="font-medium">{row.to.name}</span> },
  { key: 'starts', title: 'First day', cell: (row) => <Day at={Date.parse(row.startsAt)} /> },
  { key: 'until', title: 'Last day', cell: (row) => <Day at={Date.parse(row.endsAt) - 1} /> },
  {
    key: 'why',
    title: 'Why',
    cell: (row) => (
      <span className="block min-w-32 [overflow-wrap:anywhere] whitespace-normal">
        {row.why ?? <span className="text-muted">Not said</span>}
        <span className="block text-caption text-muted">
          by {row.madeBy} <Moment at={row.madeAt} />
        </span>
      </span>
    ),
  },
  { key: 'change', title: 'Actions', cell: (row) => <Change row={row} now={now} /> },
]

export function DelegationTable({ rows, now }: { rows: DelegationView[]; now: Date }) {
  return (
    <DataTable caption="Delegations" columns={columns(now.getTime())} rows={rows} rowKey={(row) => row.id} />
  )
}
