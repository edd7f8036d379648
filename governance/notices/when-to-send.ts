// When a notice goes out: at once, after the quiet hours, or with the daily mail. Pure.
import { daysLater, instantsOf, localTime, weekday, type LocalTime } from './local-time'
import type { Hours } from './preferences'

export type Pressing = {
  /** Does not wait for anything. */
  urgent: boolean
  /** May go with others of the day. */
  grouped: boolean
}

/** Longer than any weekend with the days around it. */
const DAYS_AHEAD = 8

const minutesOf = (clock: string): number => {
  const [hour = 0, minute = 0] = clock.split(':').map(Number)
  return hour * 60 + minute
}
const isWeekend = (local: LocalTime): boolean => [0, 6].includes(weekday(local))

/** Whether the person wants quiet at this instant. The minute at which quiet ends is not quiet any more. */
export function isQuiet(at: Date, { zone, quietFrom, quietUntil, quietWeekends }: Hours): boolean {
  const local = localTime(at, zone)
  if (quietWeekends && isWeekend(local)) return true
  const [from, until] = [minutesOf(quietFrom), minutesOf(quietUntil)]
  if (from === until) return false
  return from < until
    ? local.minute >= from && local.minute < until
    : local.minute >= from || local.minute < until
}

/** The first instant from then on that is not quiet. */
export function afterQuiet(at: Date, preferences: Hours): Date {
  if (!isQuiet(at, preferences)) return at
  const { zone, quietUntil } = preferences
  const today = localTime(at, zone)
  // Quiet ends when its hours end, or with a day.
  const ends = [0, minutesOf(quietUntil)]
  for (let days = 0; days <= DAYS_AHEAD; days++) {
    const found = ends
      .flatMap((minute) => instantsOf({ ...daysLater(today, days), minute }, zone))
      .sort((a, b) => a.getTime() - b.getTime())
      .find((end) => end > at && !isQuiet(end, preferences))
    if (found) return found
  }
  return at
}

/** The next time the daily mail goes out: on a day that is not quiet from end to end, whatever its hours. */
export function nextDigest(at: Date, { zone, digestAt, quietWeekends }: Hours): Date {
  const minute = minutesOf(digestAt ?? '00:00')
  const today = localTime(at, zone)
  for (let days = 0; days <= DAYS_AHEAD; days++) {
    const local = { ...daysLater(today, days), minute }
    const [next] = instantsOf(local, zone)
    // A zone that changes sides of the date line leaves a day out: there is no mail of that day.
    const isThere = next !== undefined && localTime(next, zone).day === local.day
    if (isThere && next > at && !(quietWeekends && isWeekend(local))) return next
  }
  return at
}

/** The first instant at which it may be sent. */
export function whenToSend({ urgent, grouped }: Pressing, preferences: Hours, now: Date): Date {
  if (urgent) return now
  if (grouped && preferences.digestAt !== null) return nextDigest(now, preferences)
  return afterQuiet(now, preferences)
}
