// The simulated calendar: day 0 is the first of January 2026, and a look on day d sees everything before its midnight.
import type { Instant } from '@/core/fact'
import { below } from './hash'

/** Midnight (UTC) at which day 0 is looked at. */
export const EPOCH_MS = Date.UTC(2026, 0, 1)
const DAY_MS = 86_400_000
const MINUTES_A_DAY = 1440

const two = (n: number) => String(n).padStart(2, '0')
const MINUTES = Array.from(
  { length: MINUTES_A_DAY },
  (_, minute) => `T${two(Math.floor(minute / 60))}:${two(minute % 60)}`,
)
const SECONDS = Array.from({ length: 60 }, (_, second) => `:${two(second)}Z`)

/** Texts of the days that come up, made once: making one takes longer than all else of an instant. */
const FIRST = -4000
const LAST = 5000
const dayText = (day: number) => new Date(EPOCH_MS + day * DAY_MS).toISOString().slice(0, 10)
const DAYS = Array.from({ length: LAST - FIRST + 1 }, (_, at) => dayText(FIRST + at))

/** An instant on the day before the look of that day, at a time that the hash decides. */
export function instantBefore(day: number, hash: number): Instant {
  const minute = below(hash, MINUTES_A_DAY)
  return (DAYS[day - 1 - FIRST] ?? dayText(day - 1)) + MINUTES[minute] + SECONDS[(hash >>> 12) % 60]
}

const HOUR_MS = 3_600_000
/** When the look of a day is made; a second look at the same day comes an hour later. */
export const observedAt = (day: number, isSecond = false): Instant =>
  new Date(EPOCH_MS + day * DAY_MS + (isSecond ? HOUR_MS : 0)).toISOString()
