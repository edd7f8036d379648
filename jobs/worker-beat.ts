// How others know that a worker is there: a row with its last beat, gone when it stops in order.
import { randomUUID } from 'node:crypto'
import { db } from '@/prisma/client'

const BEAT_MS = 10_000
const FORGET_MS = 24 * 3600_000

/** Beats until stopped. @param onError is told of a beat that could not be written; the next one may be */
export async function startBeat(onError: (error: unknown) => void): Promise<{ stop: () => Promise<void> }> {
  const id = randomUUID()
  const startedAt = new Date()
  const beat = async () => {
    const beatAt = new Date()
    await db.worker.upsert({ where: { id }, create: { id, startedAt, beatAt }, update: { beatAt } })
  }
  await beat()
  const timer = setInterval(() => void beat().catch(onError), BEAT_MS)
  return {
    async stop() {
      clearInterval(timer)
      await db.worker.deleteMany({ where: { id } })
    },
  }
}

/** Rows of workers that never said goodbye. */
export async function forgetDeadWorkers(now: Date): Promise<void> {
  await db.worker.deleteMany({ where: { beatAt: { lt: new Date(now.getTime() - FORGET_MS) } } })
}
