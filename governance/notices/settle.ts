// Writes down how an attempt ended.
import type { Outcome } from '@/core/sender'
import { db, type Tx } from '@/prisma/client'
import type { Claimed } from './claim'
import { ATTEMPTS_MAX, retryDelay } from './retry-delay'

const SECOND_MS = 1000

/** What became of notices that nobody tries to send any more. */
type End = { state: 'sent' | 'dead' | 'withdrawn'; error: string | null; channelId?: string }

/** Only what still waits: somebody may have withdrawn it meanwhile. */
export async function endNotices(tx: Tx, ids: readonly string[], end: End, now: Date): Promise<number> {
  const { count } = await tx.notice.updateMany({
    where: { id: { in: [...ids] }, state: 'waiting' },
    data: { ...end, endedAt: now, claimedUntil: null },
  })
  return count
}

type Settled = Claimed & { outcome: Outcome; now: Date; random: number }

export async function settle({
  notices,
  channel,
  claimedUntil,
  outcome,
  now,
  random,
}: Settled): Promise<void> {
  const ids = notices.map(({ id }) => id)
  await db.$transaction(async (tx) => {
    if (outcome.state === 'accepted') {
      await endNotices(tx, ids, { state: 'sent', error: null, channelId: channel.id }, now)
      await tx.channel.updateMany({
        where: { id: channel.id },
        data: { lastSuccessAt: now, notBefore: null },
      })
      return
    }
    const asked = outcome.state === 'failed' ? outcome.retryAfterSeconds : undefined
    const later = (seconds: number) => new Date(now.getTime() + seconds * SECOND_MS)
    await tx.channel.updateMany({
      where: { id: channel.id },
      data: {
        lastFailureAt: now,
        lastFailure: outcome.words,
        ...(asked !== undefined && { notBefore: later(retryDelay(1, 1, asked)) }),
      },
    })
    const isOver = ({ attempts }: { attempts: number }) =>
      outcome.state === 'refused' || attempts >= ATTEMPTS_MAX
    const over = notices.filter(isOver).map(({ id }) => id)
    await endNotices(tx, over, { state: 'dead', error: outcome.words }, now)
    for (const { id, attempts } of notices.filter((one) => !isOver(one)))
      await tx.notice.updateMany({
        // Another one that took it meanwhile says for itself how it went.
        where: { id, state: 'waiting', claimedUntil },
        data: {
          claimedUntil: null,
          error: outcome.words,
          notBefore: later(retryDelay(attempts, random, asked)),
        },
      })
  })
}

/** Gives back what was taken and not sent because somebody wanted the work to stop: that is no attempt. */
export async function release({ notices, claimedUntil }: Claimed): Promise<void> {
  await db.notice.updateMany({
    where: { id: { in: notices.map(({ id }) => id) }, state: 'waiting', claimedUntil },
    data: { claimedUntil: null, attempts: { decrement: 1 } },
  })
}
