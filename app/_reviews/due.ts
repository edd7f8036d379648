// When a review is due, as people say it.
import { absolute, relative } from '@/app/_ui/moment'

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const

/** @example `due Fri 27 Nov 2026 17:00 UTC (in 5 d)` */
export function dueWords(at: string, now = new Date()): string {
  const day = DAYS[new Date(at).getUTCDay()] ?? ''
  const late = new Date(at) < now
  return `${late ? 'was due' : 'due'} ${day} ${absolute(at)} (${relative(at, now)})`
}

/** @example `12 of 34 decided` */
export const progressWords = ({
  items,
  decided,
  signed,
}: {
  items: number
  decided: number
  signed: number
}) =>
  `${(decided + signed).toLocaleString('en')} of ${items.toLocaleString('en')} decided${signed ? `, ${signed.toLocaleString('en')} signed` : ''}`
