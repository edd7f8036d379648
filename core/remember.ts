// The second half of the law: an unknown never erases a known fact.
import { isFact, type Fact, type Instant } from './fact'
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
  return { ...Object.fromEntries(merged), ...rememberedClass(before, after) } as Observation
}

/** A class that only could not be decided this time is no new answer: the one that was decided stands. */
function rememberedClass(before: Observation, after: Observation) {
  if (before.kind !== 'identity' || after.kind !== 'identity') return {}
  if (!after.classUnseen || before.classUnseen) return {}
  return { class: before.class, classReason: before.classReason, classUnseen: undefined }
}

/** Whether anything in the observation is unknown, so that an older answer may have to be kept. */
export const hasUnknown = (o: Observation): boolean =>
  (o.kind === 'identity' && o.classUnseen === true) ||
  Object.values(o).some((value) => isFact(value) && value.state === 'unknown')
