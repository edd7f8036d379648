// Who answers for an identity: whoever was confirmed, and else as far as the hints of its source say.
import { known, type Absent, type Fact, type Instant, type Unknown } from '@/core/fact'
import type { Owner } from '@/core/subject'

export type Hint = { names: string; value: string; via: string; at: Instant }
/** Who was confirmed to answer: a person before their team. */
export type Confirmed = {
  names: 'person' | 'team'
  /** The address of a person, or the name where there is none. */
  name: string
  /** Null of a team, and where no source of the directory speaks of the person. */
  standing: 'here' | 'left' | null
  /** Who confirmed it, and when. */
  by: string
  at: Instant
  disputedBy: string | null
}
export const CONFIRMED = 'owners of this installation'

/** A named person answers before a team, a team before a name of unclear kind. */
const RANK: Record<string, number> = { person: 0, team: 1, unclear: 2 }

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
const first = (a: Hint, b: Hint): Hint =>
  ((RANK[a.names] ?? 3) - (RANK[b.names] ?? 3) || byText(a.via, b.via) || byText(a.value, b.value)) <= 0
    ? a
    : b

const howOf = ({ by, disputedBy }: Confirmed): string =>
  disputedBy === null ? `confirmed by ${by}` : `confirmed by ${by}, disputed by ${disputedBy}`

/** @param none what it means that there is no hint */
export function ownerFact(
  hints: readonly Hint[],
  none: Absent | Unknown,
  confirmed?: Confirmed,
): Fact<Owner> {
  if (confirmed) {
    const { name, names, at } = confirmed
    return { ...known({ name, names, how: howOf(confirmed) }, CONFIRMED), at }
  }
  if (!hints.length) return none
  const best = hints.reduce(first)
  const names = best.names === 'person' || best.names === 'team' ? best.names : 'unclear'
  return { ...known({ name: best.value, names, how: best.via }, best.via), at: best.at }
}
