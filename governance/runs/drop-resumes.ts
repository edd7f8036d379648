// Drops what waits to be looked at again: something else takes its place, or nobody may ask the source now.
import { recordActivity } from '../activity/record-activity'
import type { Actor } from '@/core/permissions'
import type { Tx } from '@/prisma/client'
import { WAITING } from './run-state'

/** Who does what only time brings about. */
export const CLOCK: Actor = { kind: 'system', id: 'schedule', name: 'Rollcall', role: 'auditor' }

export const DROPPED = {
  sync: 'Not needed any more: a newer sync has begun',
  paused: 'Dropped: the source was paused',
  settings: 'Dropped: the settings of the source were changed; the next sync looks at everything with them',
  followed: 'Not needed: the source is followed, which looks at everything again every few minutes',
  seen: 'Not needed any more: everything was seen in the meantime',
} as const
export type DroppedFor = keyof typeof DROPPED

/** The caller holds the connection. One that is being worked on is asked to stop. */
export async function dropResumes(
  tx: Tx,
  connectionId: string,
  { why, now = new Date() }: { why: DroppedFor; now?: Date },
): Promise<void> {
  const own = { connectionId, trigger: 'resume' }
  const unbegun = await tx.run.findMany({
    where: { ...own, state: { in: [WAITING, 'queued'] } },
    select: { id: true },
  })
  for (const { id } of unbegun) {
    // A worker may have taken it up this moment.
    const { count } = await tx.run.updateMany({
      where: { id, state: { in: [WAITING, 'queued'] } },
      data: { state: 'cancelled', phase: DROPPED[why], endedAt: now },
    })
    if (!count) continue
    const act = { action: 'run.drop-resume', object: `run:${id}`, detail: { why } }
    await recordActivity(tx, CLOCK, act, now)
  }
  await tx.run.updateMany({
    where: { ...own, state: 'running', cancelRequestedAt: null },
    data: { cancelRequestedAt: now, phase: 'Cancelling' },
  })
}
