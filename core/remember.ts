// The second half of the law: an unknown never erases a known fact.
import { isFact, type Fact, type Instant } from './fact'
import { KEYS_MAX, LINKS_MAX, type Key, type Link } from './join'
import type { Observation } from './observation'

/** One fact after a newer look: an unknown keeps the older answer, marked with why it could not be confirmed. */
export function rememberFact(
  before: Fact<unknown>,
  after: Fact<unknown>,
  confirmedAt: Instant,
  now: Instant,
): Fact<unknown> {
  if (after.state !== 'unknown' || before.state === 'unknown') return after
  return {
    ...before,
    at: before.at ?? confirmedAt,
    unconfirmed: { why: after.why, since: before.unconfirmed?.since ?? now },
  }
}

/**
 * The observation to keep after a newer look at the same thing.
 * @param confirmedAt when the older one was last confirmed as a whole
 * @param now when the newer look was made
 */
export function remember(
  before: Observation,
  after: Observation,
  confirmedAt: Instant,
  now: Instant,
): Observation {
  const older = before as Record<string, unknown>
  const merged = Object.entries(after).map(([field, value]) => {
    const was = older[field]
    return [field, isFact(value) && isFact(was) ? rememberFact(was, value, confirmedAt, now) : value]
  })
  return {
    ...Object.fromEntries(merged),
    ...rememberedClass(before, after),
    ...rememberedJoining(before, after),
  } as Observation
}

/** A class that only could not be decided this time is no new answer: the one that was decided stands. */
function rememberedClass(before: Observation, after: Observation) {
  if (before.kind !== 'identity' || after.kind !== 'identity') return {}
  if (!after.classUnseen || before.classUnseen) return {}
  return { class: before.class, classReason: before.classReason, classUnseen: undefined }
}

const keyText = ({ type, value }: Key): string => JSON.stringify([type, value])
/** What it says of whom; why, and how surely, may be told anew. */
const linkText = ({ relation, means, kind, to, match, value }: Link): string =>
  JSON.stringify([relation, means, kind ?? 'identity', to, match, value])

/** In the older order, what is said now in the newer words; where that is too much, what was not said again goes. */
function together<T>(before: readonly T[], now: readonly T[], textOf: (one: T) => string, most: number): T[] {
  const said = new Map(now.map((one) => [textOf(one), one]))
  let room = most - said.size
  const kept = before.flatMap((one) => {
    const again = said.get(textOf(one))
    said.delete(textOf(one))
    if (again) return [again]
    return room-- > 0 ? [one] : []
  })
  return [...kept, ...said.values()]
}

/** Names that could not be read this time are no names that were given up: the mark stays until all could be read. */
function rememberedJoining(before: Observation, after: Observation) {
  if (!after.joiningUnseen) return {}
  const keys = together(before.keys ?? [], after.keys ?? [], keyText, KEYS_MAX)
  const links = together(before.links ?? [], after.links ?? [], linkText, LINKS_MAX)
  return { ...(keys.length && { keys }), ...(links.length && { links }) }
}

/** Whether anything in the observation is unknown, so that an older answer may have to be kept. */
export const hasUnknown = (o: Observation): boolean =>
  o.joiningUnseen === true ||
  (o.kind === 'identity' && o.classUnseen === true) ||
  Object.values(o).some((value) => isFact(value) && value.state === 'unknown')
