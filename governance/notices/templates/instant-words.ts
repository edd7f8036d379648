// An instant as a person reads it: in their zone, and in UTC for everybody else.
import type { Instant } from '@/core/fact'

const wordsIn = (at: Instant, zone: string): string =>
  new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(at))

/** @example `Friday 5 June 2026 at 02:00 (Europe/Berlin), 2026-06-05 00:00 UTC` */
export function instantWords(at: Instant, zone: string): string {
  const utc = `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`
  return zone === 'UTC' ? utc : `${wordsIn(at, zone)} (${zone}), ${utc}`
}
