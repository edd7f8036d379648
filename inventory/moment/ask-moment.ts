// Turns what a person asked for into a moment whose answers can never change again.
import { RollcallError } from '@/core/errors'
import { momentOf, type Moment, type MomentParams } from '@/core/moment'
import { db } from '@/prisma/client'
import { historyBegins } from './history-begins'

/**
 * @throws RollcallError `invalid` for a moment that cannot be asked about, `conflict` while changes that may still
 * belong to it are being written
 */
export async function askMoment(params: MomentParams): Promise<Moment | undefined> {
  const [clock] = await db.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`
  const moment = momentOf(params, (clock?.now ?? new Date()).toISOString())
  if (!moment) return undefined
  const begins = await historyBegins()
  if (begins && moment.valid < begins) {
    const message = `asOf: what was known before ${begins} is not kept. Ask about a later instant.`
    throw new RollcallError('invalid', message, [{ path: 'asOf', message }])
  }
  const [writing] = await db.$queryRaw<{ since: Date | null }[]>`
    SELECT knowledge_unsettled(${moment.known}::timestamptz) AS since`
  if (!writing?.since) return moment
  // "Now" is the newest instant whose knowledge is settled.
  const before = new Date(writing.since.getTime() - 1).toISOString()
  if (params.known === 'now' && before >= moment.valid) return { ...moment, known: before }
  throw new RollcallError(
    'conflict',
    `Changes that began at ${writing.since.toISOString()} are still being written. Ask about an instant before that, or try again when they are done.`,
  )
}
