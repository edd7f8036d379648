// The words of the README of a pack.
import type { ControlState, ReportFacts, SourceLine } from '../report/facts'

/** A sign that can be told apart without colour, the word, and what it means. */
export const STATES: Readonly<Record<ControlState, { sign: string; word: string; means: string }>> = {
  failing: { sign: '×', word: 'Failing', means: 'At least one rule fails for somebody of this population.' },
  'cannot-tell': {
    sign: '?',
    word: 'Cannot tell',
    means: 'Nothing fails, and something was not seen, not decided or not asked. This is no pass.',
  },
  'no-failure': {
    sign: '+',
    word: 'No failure seen',
    means: 'Every rule was asked everywhere, all that they need was seen, and each answer is a pass.',
  },
  'nothing-judged': {
    sign: '–',
    word: 'Nothing to judge',
    means: 'Its rules were asked everywhere, and there is nothing that they speak of.',
  },
  'no-rule': {
    sign: '–',
    word: 'No rule',
    means:
      'No rule speaks to it: the evidence is what people decided and signed off, and documents outside of this pack.',
  },
}

export const SEEN: Readonly<Record<SourceLine['state'], string>> = {
  complete: 'complete',
  partial: 'partial',
  never: 'never whole',
}

/** An instant as people read it, in UTC. */
export const when = (at: string): string => `${at.slice(0, 10)} ${at.slice(11, 19)} UTC`
export const count = (n: number): string => n.toLocaleString('en')
/** What was not counted is not none. */
export const countOr = (n: number | undefined, word: string): string => (n === undefined ? word : count(n))

const MARK_MAX = 140
/** What stands on every page of a pack that is not whole; undefined where it is. */
export function incompleteMark({
  complete,
  gaps,
}: Pick<ReportFacts, 'complete' | 'gaps'>): string | undefined {
  if (complete) return undefined
  const [first = 'not everything was seen'] = gaps
  const shown = first.length > MARK_MAX ? `${first.slice(0, MARK_MAX)}…` : first
  const others = gaps.length - 1
  return `INCOMPLETE: ${shown}${others > 0 ? ` — and ${count(others)} more` : ''}`
}
