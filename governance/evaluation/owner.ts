// Who answers for an identity, as far as the hints of its source say.
import { known, type Fact, type Instant } from '@/core/fact'
import type { Owner } from '@/core/subject'
import { absenceOf, type LookRow } from './absence'

export type HintRow = { names: string; value: string; via: string; at: Instant }

/** A named person answers before a team, a team before a name of unclear kind. */
const RANK: Record<string, number> = { person: 0, team: 1, unclear: 2 }

export function ownerFact(hints: readonly HintRow[], looks: readonly LookRow[]): Fact<Owner> {
  const [best] = [...hints].sort(
    (a, b) =>
      (RANK[a.names] ?? 3) - (RANK[b.names] ?? 3) ||
      a.via.localeCompare(b.via) ||
      a.value.localeCompare(b.value),
  )
  if (!best) return absenceOf(looks, 'owner-hint')
  const names = best.names === 'person' || best.names === 'team' ? best.names : 'unclear'
  return { ...known({ name: best.value, names, how: best.via }, best.via), at: best.at }
}
