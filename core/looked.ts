// Nothing is unused for longer than a limit because time goes by: somebody has to have looked after the limit was reached.
import { daysAfter, earliestOf, reached } from './days'
import type { Instant } from './fact'
import type { Depends, Passes } from './rule'

/** Looks come when their schedule says: so long after a limit was reached, the look before it still tells. */
const NEXT_LOOK_DAYS = 2

/**
 * What to answer where a limit of not being seen has passed by the clock and nobody has looked since.
 * @param over when the limit was reached
 * @param seen when it was last looked at; left out where that is not asked about
 * @param what is looked for, in words: `its use`
 * @param end when something else is to be said anyway
 * @returns undefined where somebody has looked since: then the limit speaks
 */
export function unlooked(
  over: Instant,
  seen: Instant | undefined,
  now: Instant,
  what: string,
  end?: Instant,
): Depends | Passes | undefined {
  if (seen === undefined || reached(over, seen)) return undefined
  // What has been looked at since is told by no fact: it is asked again every day.
  const tomorrow = daysAfter(now, 1)
  const late = daysAfter(over, NEXT_LOOK_DAYS)
  if (!reached(late, now)) return { until: earliestOf(tomorrow, late, end) }
  return {
    depends: `${what} was last looked for on ${seen.slice(0, 10)}, before the limit was reached.`,
    until: earliestOf(tomorrow, end),
  }
}
