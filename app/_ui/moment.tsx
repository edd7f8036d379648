// A point in time, relative to the clock of the page and absolute in UTC.
import { dayWords } from './moment-words'
import { pageNow } from './page-clock'

const MINUTE = 60_000
const UNITS: readonly [number, string][] = [
  [365 * 24 * 60 * MINUTE, 'y'],
  [30 * 24 * 60 * MINUTE, 'mo'],
  [24 * 60 * MINUTE, 'd'],
  [60 * MINUTE, 'h'],
  [MINUTE, 'min'],
]

/** @example `22 Nov 2026 00:24 UTC` */
export function absolute(at: string | Date, withTime = true): string {
  const date = new Date(at)
  const day = dayWords(date)
  return withTime ? `${day} ${date.toISOString().slice(11, 16)} UTC` : day
}

/** Whole days between two instants, never negative. */
export const daysSince = (at: string | Date, now: Date = pageNow()) =>
  Math.max(0, Math.floor((now.getTime() - new Date(at).getTime()) / (24 * 60 * MINUTE)))

/** @example `4 h ago`, `in 5 d`, `just now`. Days up to two years, so that ages can be compared. */
export function relative(at: string | Date, now: Date = pageNow()): string {
  const distance = new Date(at).getTime() - now.getTime()
  const size = Math.abs(distance)
  if (size < MINUTE) return 'just now'
  const days = size / (24 * 60 * MINUTE)
  const [unit, name] =
    days >= 1 && days < 730
      ? ([24 * 60 * MINUTE, 'd'] as const)
      : (UNITS.find(([length]) => size >= length) ?? UNITS[UNITS.length - 1]!)
  const text = `${Math.floor(size / unit).toLocaleString('en')} ${name}`
  return distance < 0 ? `${text} ago` : `in ${text}`
}

export function Moment({ at, full = false }: { at: string | Date; full?: boolean }) {
  const iso = new Date(at).toISOString()
  return (
    <time dateTime={iso} title={absolute(at)} className="tabular sm:whitespace-nowrap">
      {full ? `${absolute(at)} · ${relative(at)}` : relative(at)}
    </time>
  )
}

/** How long something took or has been going on. */
export function duration(from: string | Date, to: string | Date = pageNow()): string {
  const seconds = Math.max(0, Math.round((new Date(to).getTime() - new Date(from).getTime()) / 1000))
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`
}
