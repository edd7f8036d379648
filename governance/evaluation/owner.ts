// Who answers for an identity, as far as the hints of its source say.
import { known, type Absent, type Fact, type Instant, type Unknown } from '@/core/fact'
import type { Owner } from '@/core/subject'

export type Hint = { names: string; value: string; via: string; at: Instant }

/** A named person answers before a team, a team before a name of unclear kind. */
const RANK: Record<string, number> = { person: 0, team: 1, unclear: 2 }

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
const first = (a: Hint, b: Hint): Hint =>
  ((RANK[a.names] ?? 3) - (RANK[b.names] ?? 3) || byText(a.via, b.via) || byText(a.value, b.value)) <= 0
    ? a
    : b

/** @param none what it means that there is no hint */
export function ownerFact(hints: readonly Hint[], none: Absent | Unknown): Fact<Owner> {
  if (!hints.length) return none
  const best = hints.reduce(first)
  const names = best.names === 'person' || best.names === 'team' ? best.names : 'unclear'
  return { ...known({ name: best.value, names, how: best.via }, best.via), at: best.at }
}
