// Which two moments a comparison is about: what was asked for, made absolute so that the answer can never change again.
import type { DiffBetween, DiffFilter } from '@/core/diff'
import { RollcallError } from '@/core/errors'
import type { Instant } from '@/core/fact'
import type { Moment } from '@/core/moment'
import { askMoment } from '@/inventory/moment/ask-moment'
import { historyBegins } from '@/inventory/moment/history-begins'
import { settledNow } from '@/inventory/moment/settled-now'

export type Between = { from: Moment; to: Moment }
type Asked = Pick<DiffFilter, 'from' | 'to' | 'known'>

const WEEK_MS = 7 * 24 * 3600_000

const invalid = (path: string, message: string) =>
  new RollcallError('invalid', `${path} ${message}`, [{ path, message }])

async function asked(path: 'from' | 'to', asOf: Instant, known: Instant | undefined): Promise<Moment> {
  try {
    const moment = await askMoment({ asOf, known })
    if (moment) return moment
  } catch (error) {
    if (!(error instanceof RollcallError)) throw error
    const message = error.message.replaceAll('asOf', path)
    throw new RollcallError(error.code, message, [{ path, message }])
  }
  throw invalid(path, 'must be an instant.')
}

/** A week before the later instant, as far as history goes back. */
async function weekBefore(to: Instant): Promise<Instant> {
  const week = new Date(Date.parse(to) - WEEK_MS).toISOString()
  const begins = await historyBegins()
  return begins && begins > week && begins < to ? begins : week
}

/** @throws RollcallError `invalid` naming the parameter, or `conflict` while changes of that time are being written */
export async function diffBetween({ from, to, known }: Asked): Promise<Between> {
  const absolute = async (at: Instant | 'now') => (at === 'now' ? settledNow() : at)
  const later = await absolute(to ?? 'now')
  const earlier = from === undefined ? await weekBefore(later) : await absolute(from)
  if (earlier >= later) throw invalid('from', `(${earlier}) must be earlier than to (${later}).`)
  const knownAt = known && (await absolute(known))
  if (knownAt && knownAt < later)
    throw invalid('known', `(${knownAt}) must not be earlier than to (${later}).`)
  return { to: await asked('to', later, knownAt), from: await asked('from', earlier, knownAt) }
}

/** The same as parameters. */
export const betweenParams = ({ from, to }: Between): DiffBetween => ({
  from: from.valid,
  to: to.valid,
  ...(to.known !== to.valid && { known: to.known }),
  ...(to.known === to.valid && from.known !== from.valid && { known: from.known }),
})
