// Sees to it that what sources have sent is brought in: a moment after it came, and in any case.
import { pendingJobs, send } from '@/jobs/queue'
import { db } from '@/prisma/client'

/** What is sent within this time is brought in together. */
const AFTER_SECONDS = 60

/** One job for all that comes until it begins. */
export async function wakeReceiver(connectionId: string): Promise<boolean> {
  const pending = await pendingJobs('apply-received', { connectionId })
  if (pending.some(({ state }) => state !== 'active')) return false
  await send('apply-received', { connectionId }, undefined, { afterSeconds: AFTER_SECONDS })
  return true
}

/** Connections of which something waits and no job knew. */
export async function startReceiving(): Promise<string[]> {
  const waiting = await db.received.findMany({
    distinct: ['connectionId'],
    select: { connectionId: true },
  })
  const woken: string[] = []
  for (const { connectionId } of waiting) if (await wakeReceiver(connectionId)) woken.push(connectionId)
  return woken
}
