// What can be said of a control, in words that never say more than was seen.
import type { ControlRow } from '@/governance/frameworks/get-framework'
import type { ControlState } from '@/governance/frameworks/framework-filter'
import { count } from '@/app/_inventory/words'
import { StateWord, type Tone } from '@/app/_ui/state-word'

export const STATES: Record<ControlState, { title: string; tone: Tone }> = {
  failing: { title: 'Failing', tone: 'danger' },
  'cannot-tell': { title: 'Cannot tell', tone: 'unknown' },
  'no-failure': { title: 'No failure seen', tone: 'ok' },
  'nothing-judged': { title: 'Nothing to judge', tone: 'off' },
  'no-rule': { title: 'No rule speaks to it', tone: 'off' },
}

/** Why nothing better can be said, where something stands in the way. */
function doubts({ counts, state }: ControlRow): string[] {
  if (state === 'no-rule' || state === 'nothing-judged') return []
  const { pass, stalePass, notAsked } = counts
  return [
    ...(notAsked ? [`${count(notAsked, 'time')} a rule was not asked of a scope`] : []),
    ...(stalePass ? [`${count(stalePass, 'pass', 'passes')} rest on looks that are out of date`] : []),
    ...(pass === undefined ? ['what passes is counted only for those who see everything'] : []),
  ]
}

export function ControlStateCell({ row }: { row: ControlRow }) {
  const { title, tone } = STATES[row.state]
  return (
    <span className="block min-w-32">
      <StateWord tone={tone}>{title}</StateWord>
      {doubts(row).map((why) => (
        <span key={why} className="block text-caption text-muted">
          {why}
        </span>
      ))}
    </span>
  )
}
