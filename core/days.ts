// Days between instants: of 24 hours each, since instants have no time zone and a day here has no summer time.
import type { Instant } from './fact'

const DAY_MS = 24 * 3600_000

/** Always with milliseconds, so that two instants compare as texts. */
export const instantOf = (at: Date | number): Instant => new Date(at).toISOString()

const WHOLE = '2026-09-30T00:00:00.000Z'.length
/** Whether it is written with milliseconds, as `instantOf` does: two of them compare as texts. */
const isWhole = (at: Instant): boolean => at.length === WHOLE

/** The instant so many days later; earlier where negative. */
export const daysAfter = (at: Instant, days: number): Instant => instantOf(Date.parse(at) + days * DAY_MS)

const timesOf = (instants: (Instant | null | undefined)[]): number[] =>
  instants.flatMap((at) => (at === null || at === undefined ? [] : [Date.parse(at)]))

/** The latest of those that are there. */
export function latestOf(...instants: (Instant | null | undefined)[]): Instant | undefined {
  const times = timesOf(instants)
  return times.length ? instantOf(Math.max(...times)) : undefined
}

/** The earliest of those that are there; the first is always there. */
export function earliestOf(first: Instant, ...others: (Instant | null | undefined)[]): Instant {
  let earliest = Date.parse(first)
  for (const at of others) if (at !== null && at !== undefined) earliest = Math.min(earliest, Date.parse(at))
  return instantOf(earliest)
}

/** Whether an instant has come. */
export const reached = (at: Instant, now: Instant): boolean =>
  isWhole(at) && isWhole(now) ? at <= now : Date.parse(at) <= Date.parse(now)
