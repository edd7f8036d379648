// Tries a delivery now: whether something can be taken there, and again what could not be.
import { RollcallError } from '@/core/errors'
import type { Instant } from '@/core/fact'
import { command, followed } from '../../../command'
import { wakeDelivering } from '../delivering/wake-delivering'
import { attemptAt } from '../places'
import { NotDelivered } from '../places/place'
import { lockDelivery, OneDelivery } from './delivery-input'

const TIMEOUT_MS = 30_000
const IDLE_MS = 10_000
/** Periods that are taken up again at once; what more there are is left for the next time. */
const AGAIN_MAX = 50

export type TriedDelivery = {
  id: string
  state: 'reached' | 'failed'
  words: string
  /** Periods that had been given up, or waited for their next attempt. */
  again: number
  at: Instant
}

const begin = command({
  name: 'delivery.try',
  permission: 'evidence:manage',
  input: OneDelivery,
  async run({ input: { id }, tx, now }) {
    const delivery = await lockDelivery(tx, id)
    const dead = await tx.deliveryPeriod.findMany({
      where: { deliveryId: id, state: 'dead' },
      orderBy: { periodFrom: 'asc' },
      select: { id: true },
      take: AGAIN_MAX,
    })
    await tx.deliveryPeriod.updateMany({
      where: { id: { in: dead.map((one) => one.id) } },
      data: { state: 'due', attempts: 0, notBefore: now, endedAt: null },
    })
    const { count } = await tx.deliveryPeriod.updateMany({
      where: { deliveryId: id, state: 'waiting' },
      data: { attempts: 0, notBefore: now },
    })
    await wakeDelivering(tx)
    return { delivery, again: dead.length + count }
  },
  activity: (_, { delivery: { id, title }, again }) => ({
    object: `delivery:${id}`,
    detail: { title, again },
  }),
})

export const tryDelivery = followed(
  begin,
  async ({ begun: { delivery, again }, now }): Promise<TriedDelivery> => {
    const common = { id: delivery.id, again, at: now.toISOString() }
    try {
      const at = { signal: AbortSignal.timeout(TIMEOUT_MS), idleMs: IDLE_MS }
      return { ...common, state: 'reached', words: await attemptAt(delivery, at) }
    } catch (error) {
      if (error instanceof NotDelivered || error instanceof RollcallError)
        return { ...common, state: 'failed', words: error.message }
      throw error
    }
  },
)
