// Takes what is to be delivered next, for one worker alone. Whoever takes something and is gone before it ends has it taken by
// another after a while, who finds at its place what is there.
import { db } from '@/prisma/client'
import type { Delivery, DeliveryPeriod, Pack } from '@/prisma/generated/client'

/** Prolonged again and again by whoever is at work. */
export const CLAIM_MS = 5 * 60_000

export type Claim = { period: DeliveryPeriod; delivery: Delivery; pack: Pack }

/** @param without deliveries that have just failed: they are left alone for now */
export async function claimPeriod(now: Date, without: readonly string[]): Promise<Claim | undefined> {
  return db.$transaction(async (tx) => {
    const [head] = await tx.$queryRaw<{ id: string }[]>`
      SELECT p.id FROM delivery_period p JOIN delivery d ON d.id = p.delivery_id JOIN pack k ON k.id = p.pack_id
      WHERE p.state = 'waiting' AND p.not_before <= ${now} AND (p.claimed_until IS NULL OR p.claimed_until <= ${now})
        AND d.paused_at IS NULL AND k.state = 'sealed' AND d.id <> ALL(${[...without]}::uuid[])
      ORDER BY p.not_before, p.id LIMIT 1 FOR UPDATE OF p SKIP LOCKED`
    if (!head) return undefined
    const { delivery, ...period } = await tx.deliveryPeriod.update({
      where: { id: head.id },
      data: { claimedUntil: new Date(now.getTime() + CLAIM_MS), attempts: { increment: 1 } },
      include: { delivery: true },
    })
    const pack = await tx.pack.findUniqueOrThrow({ where: { id: period.packId ?? '' } })
    return { period, delivery, pack }
  })
}

/** While it is being taken there: @returns the claim as it is now; undefined where it is somebody else's */
export async function prolong({ period }: Claim, held: Date, now: Date): Promise<Date | undefined> {
  const claimedUntil = new Date(now.getTime() + CLAIM_MS)
  const { count } = await db.deliveryPeriod.updateMany({
    where: { id: period.id, state: 'waiting', claimedUntil: held },
    data: { claimedUntil },
  })
  return count ? claimedUntil : undefined
}

/** Gives back what was taken and not tried to its end because somebody wanted the work to stop: that is no attempt. */
export async function release(id: string, held: Date): Promise<void> {
  await db.deliveryPeriod.updateMany({
    where: { id, state: 'waiting', claimedUntil: held },
    data: { claimedUntil: null, attempts: { decrement: 1 } },
  })
}

type Later = { id: string; held: Date; error: string; notBefore: Date }
export async function tryLater({ id, held, error, notBefore }: Later): Promise<void> {
  await db.deliveryPeriod.updateMany({
    where: { id, state: 'waiting', claimedUntil: held },
    data: { claimedUntil: null, error, notBefore },
  })
}
