// Writes down that exceptions are over. They stopped to count by themselves when their last day ended.
import type { Actor } from '@/core/permissions'
import { db } from '@/prisma/client'
import { recordActivity } from '../activity/record-activity'

const CLOCK: Actor = { kind: 'system', id: 'clock', name: 'Rollcall', role: 'administrator' }

export async function endExpired(now: Date): Promise<string[]> {
  return db.$transaction(async (tx) => {
    const over = await tx.$queryRaw<{ id: string; about: string; approved: boolean }[]>`
      UPDATE exception SET state = 'expired' WHERE state IN ('asked', 'approved') AND expires_at <= ${now}
      RETURNING id, about, approved_at IS NOT NULL AS approved`
    for (const { id, about, approved } of over)
      await recordActivity(
        tx,
        CLOCK,
        { action: 'exception.expire', object: `exception:${id}`, detail: { about, approved } },
        now,
      )
    return over.map(({ id }) => id)
  })
}
