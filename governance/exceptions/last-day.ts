// Days on which something ends: it holds through the day, in UTC. Pure.
const DAY_MS = 24 * 3600_000
/** The longest anything may be let be. */
export const DAYS_MAX = 366

/** The instant at which the day is over. */
export const endOfDay = (day: string): Date => new Date(Date.parse(`${day}T00:00:00.000Z`) + DAY_MS)

/** What is wrong with a last day; undefined where nothing is. */
export function lastDay(day: string, now: Date): string | undefined {
  const end = endOfDay(day).getTime()
  if (end <= now.getTime()) return 'is in the past'
  if (end > now.getTime() + (DAYS_MAX + 1) * DAY_MS) return `is more than ${DAYS_MAX} days away`
  return undefined
}
