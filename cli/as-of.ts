// The moment a reading command answers about: options, and what the answer says of it.
import type { Command } from 'commander'
import { askMoment } from '@/inventory/moment/ask-moment'
import { atMoment } from '@/inventory/moment/at-moment'

export const withAsOf = (command: Command): Command =>
  command
    .option('--as-of <moment>', 'as of a date (its end in UTC) or an instant; left out: now')
    .option('--known <instant>', 'as known by then, or `now`; left out: as known at that moment')

const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined)

/** @throws RollcallError `invalid` naming the option that is not a moment of the past */
export async function atAsked<T>(
  options: Readonly<Record<string, unknown>>,
  work: () => Promise<T>,
): Promise<T> {
  const moment = await askMoment({ asOf: textOf(options.asOf), known: textOf(options.known) })
  return atMoment(moment, work)
}
