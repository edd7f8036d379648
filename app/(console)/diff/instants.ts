// The instants of a comparison as an address and a form hold them. Pure.
import type { DiffBetween } from '@/core/diff'
import type { RawParams } from '@/app/_list/query'

const LOCAL = /^(\d{4}-\d\d-\d\dT\d\d:\d\d)(:\d\d(\.\d+)?)?$/

/** A browser's field for date and time knows no time zone: on this page it is UTC. */
export const inUtc = (text: string): string =>
  text.replace(LOCAL, (_, minutes: string, seconds = ':00') => `${minutes}${seconds}Z`)

export function instantsInUtc(raw: RawParams): RawParams {
  const text = (name: string) => (typeof raw[name] === 'string' ? inUtc(raw[name]) : raw[name])
  return { ...raw, from: text('from'), to: text('to') }
}

/** What such a field shows: to the second. */
export const fieldValue = (at: string | undefined): string => at?.slice(0, 19) ?? ''

/** The comparison of an answer as parameters, so that every link asks about the same instants. */
export const pinned = ({ from, to, known }: DiffBetween): Record<string, string> => ({
  from,
  to,
  ...(known && { known }),
})

const DAY_MS = 24 * 3600_000
const dateOf = (at: number) => new Date(at).toISOString().slice(0, 10)

export type Range = { title: string; from: string; to?: string }
/** Ranges people compare most. A date means its end in UTC. */
export function quickRanges(now: Date): Range[] {
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()]
  const endOf = (y: number, m: number) => dateOf(Date.UTC(y, m, 1) - DAY_MS)
  return [
    { title: 'Since yesterday', from: dateOf(now.getTime() - DAY_MS) },
    { title: 'Last 7 days', from: dateOf(now.getTime() - 7 * DAY_MS) },
    { title: 'Last 30 days', from: dateOf(now.getTime() - 30 * DAY_MS) },
    { title: 'Last month', from: endOf(year, month - 1), to: endOf(year, month) },
    {
      title: 'Last quarter',
      from: endOf(year, month - (month % 3) - 3),
      to: endOf(year, month - (month % 3)),
    },
  ]
}
