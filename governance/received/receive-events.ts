// Takes in what a source sends by itself: decoded at once, kept until a job brings it in, refused when too much waits.
import type { Received } from '@/core/connector'
import { ensure, RollcallError } from '@/core/errors'
import { Observation } from '@/core/observation'
import type { Actor } from '@/core/permissions'
import { isStorable } from '@/inventory/staging/sift'
import { db, type Prisma, type Tx } from '@/prisma/client'
import { authorise } from '../authorise'
import { ensurePresent, invalid } from '../command'
import { connectorOf } from '../connector-registry'
import { noteRefused } from './note-refused'
import { receiverOf, targetOf } from './receiver'
import { wakeReceiver } from './start-receiving'

export const RECEIVED_BYTES_MAX = 10 * 1024 * 1024
/** Observations of one source that may wait; one batch is taken in any case. */
export const WAITING_MAX = 50_000
/** Whatever waits is brought in once a minute. */
const RETRY_AFTER_SECONDS = 60

export type ReceiveInput = {
  /** Id or name of the source. */
  source: string
  /** Native id of the scope; left out where the source reads one only. */
  scope?: string
}
export type ReceiveAnswer = Omit<Received, 'observations'> & { scope: string; observations: number }

/**
 * Either all of what was sent is taken, or nothing; what is refused is noted as a gap of the next look.
 * @param read gives what was sent: only asked for once it is known that it may be
 * @throws RollcallError `invalid` naming the path, `limited` with the time to wait when too much waits, `conflict` when the
 * source takes nothing in
 */
export async function receiveEvents(
  actor: Actor | null,
  { source, scope }: ReceiveInput,
  read: () => Promise<unknown>,
): Promise<ReceiveAnswer> {
  authorise(actor, 'source:receive')
  ensurePresent()
  const connection = await receiverOf(source)
  const { receive } = await connectorOf(connection.connectorId)
  ensure(
    receive && connection.mode === 'live',
    'conflict',
    `“${connection.name}” takes nothing in: it is read by syncs or from files only.`,
  )
  const to = targetOf(connection, scope)
  const place = { connectionId: connection.id, scopeId: to.id }
  try {
    ensure(!connection.paused, 'conflict', `“${connection.name}” is paused: nothing is taken in.`)
    const { observations, events, ignored } = receive(await read(), { scope: to })
    await keep(place, observations.map(allowed))
    return { scope: to.nativeId, events, ignored, observations: observations.length }
  } catch (error) {
    await noteRefused(place, error)
    throw error
  }
}

/** What the allow-list of its kind lets through. */
function allowed(one: Observation, index: number): Observation {
  const parsed = Observation.safeParse(one)
  if (parsed.success && isStorable(JSON.stringify(parsed.data))) return parsed.data
  const [issue] = parsed.error?.issues ?? []
  const path = ['observations', index, ...(issue?.path ?? [])].map(String).join('.')
  throw invalid([{ path, message: issue?.message ?? 'holds a character that cannot be stored' }])
}

type Place = { connectionId: string; scopeId: string }

async function keep({ connectionId, scopeId }: Place, observations: Observation[]): Promise<void> {
  const count = observations.length
  if (!count) return
  await db.$transaction(async (tx) => {
    await lockWaiting(tx, connectionId)
    const { _sum } = await tx.received.aggregate({ where: { connectionId }, _sum: { count: true } })
    const waiting = _sum.count ?? 0
    if (waiting && waiting + count > WAITING_MAX)
      throw new RollcallError(
        'limited',
        `${waiting} observations of this source wait to be brought in, and at most ${WAITING_MAX} may. Send it again later.`,
        [],
        RETRY_AFTER_SECONDS,
      )
    const told = observations as unknown as Prisma.InputJsonValue
    await tx.received.create({ data: { connectionId, scopeId, observations: told, count } })
  })
  await wakeReceiver(connectionId)
}

/** One sender at a time: the bound is exact. */
async function lockWaiting(tx: Tx, connectionId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`rollcall received ${connectionId}`}, 0))`
}
