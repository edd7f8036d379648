// Sees to it that what is built for a delivery is taken there, and that what could not be built is said.
import { db } from '@/prisma/client'
import { giveUp } from './end-period'
import { wakeDelivering } from './wake-delivering'

const AGAIN = 'Try the delivery again: it is built anew.'

/** Follows what is built: sealed it waits to be taken there, otherwise it is given up. */
export async function followBuilds(now: Date): Promise<void> {
  await db.$executeRaw`
    UPDATE delivery_period p SET state = 'waiting', not_before = ${now}, error = NULL
    FROM pack k WHERE k.id = p.pack_id AND p.state = 'building' AND k.state = 'sealed'`
  const lost = await db.$queryRaw<{ id: string; state: string; failure: string | null }[]>`
    SELECT p.id, k.state, k.failure FROM delivery_period p JOIN pack k ON k.id = p.pack_id
    WHERE (p.state = 'building' AND k.state IN ('failed', 'cancelled'))
      OR (p.state = 'waiting' AND k.removed_at IS NOT NULL)`
  for (const { id, state, failure } of lost) {
    const why =
      state === 'sealed'
        ? 'The file of its pack was removed before it was delivered.'
        : state === 'cancelled'
          ? 'Somebody has cancelled its pack.'
          : `Its pack could not be built. ${failure ?? ''}`
    await giveUp(id, ['building', 'waiting'], `${why} ${AGAIN}`, now)
  }
}

export async function startDelivering(now: Date): Promise<void> {
  await followBuilds(now)
  const due = await db.deliveryPeriod.findFirst({
    where: {
      state: 'waiting',
      notBefore: { lte: now },
      delivery: { pausedAt: null },
      OR: [{ claimedUntil: null }, { claimedUntil: { lte: now } }],
    },
    select: { id: true },
  })
  if (due) await wakeDelivering()
}
