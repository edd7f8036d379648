// The run that follows a source between two syncs: it begins when nothing else reads the source, and ends with the next sync.
import type { CallCount } from '@/core/session'
import type { Instant } from '@/core/fact'
import { outcomeOf } from '@/inventory/apply'
import type { Changes } from '@/inventory/reconcile'
import { dropStaged } from '@/inventory/staging/drop-staged'
import { db } from '@/prisma/client'
import { FOLLOWING, UNDER_WAY } from './run-state'
import { lockConnection } from './start-run'

/** Who asks for the run that follows, unlike the one that brings in what was sent. */
export const FOLLOWER = 'schedule'
const CUT_SHORT = 'Ended: the process that followed the source was stopped'

/** @returns undefined where the connection is not to be followed now */
export async function beginFollowing(connectionId: string): Promise<string | undefined> {
  const { begun, left } = await db.$transaction(async (tx) => {
    const { mode, paused } = await lockConnection(tx, connectionId)
    const left = await tx.run.findMany({
      where: { connectionId, state: FOLLOWING, requestedBy: FOLLOWER },
      select: { id: true },
    })
    // Whoever asks holds the connection: nobody works on these any more.
    await tx.run.updateMany({
      where: { connectionId, state: FOLLOWING, requestedBy: FOLLOWER },
      data: { state: 'partial', phase: CUT_SHORT, endedAt: new Date() },
    })
    const busy = await tx.run.count({ where: { connectionId, state: { in: UNDER_WAY } } })
    if (mode !== 'live' || paused || busy) return { begun: undefined, left }
    const phase = 'Listing what is followed'
    const started = { state: FOLLOWING, phase, startedAt: new Date(), observedAt: new Date() }
    const run = await tx.run.create({
      data: { connectionId, trigger: 'watch', requestedBy: FOLLOWER, ...started },
    })
    return { begun: run.id, left }
  })
  for (const { id } of left) await dropStaged(id, { looks: false })
  return begun
}

/** Whether the connection is still to be followed by this run, with the settings it was opened with. */
export async function isFollowed(runId: string, settings: Uint8Array): Promise<boolean> {
  const run = await db.run.findUnique({
    where: { id: runId },
    select: {
      state: true,
      cancelRequestedAt: true,
      connection: {
        select: {
          paused: true,
          settings: true,
          _count: { select: { runs: { where: { state: { in: UNDER_WAY } } } } },
        },
      },
    },
  })
  if (run?.state !== FOLLOWING || run.cancelRequestedAt || run.connection.paused) return false
  return !run.connection._count.runs && Buffer.compare(run.connection.settings, settings) === 0
}

/** The instant of the next look: by the clock of the database, and after every look at what is followed. */
export async function nextLookAt(connectionId: string): Promise<Instant> {
  const [row] = await db.$queryRaw<{ at: Date }[]>`
    SELECT greatest(clock_timestamp(), (
      SELECT max(l.at) + interval '1 millisecond' FROM look l JOIN connection_scope s ON s.scope_id = l.scope_id
      WHERE s.connection_id = ${connectionId}::uuid)) AS at`
  return (row?.at ?? new Date()).toISOString()
}

export type Followed = { phase: string; observations: number; changes: Changes; calls: CallCount[] }

export async function noteFollowing(runId: string, { phase, observations, changes, calls }: Followed) {
  await db.run.updateMany({
    where: { id: runId, state: FOLLOWING },
    data: { phase, observations, changes, calls, observedAt: new Date() },
  })
}

export async function endFollowing(
  runId: string,
  { phase, ...followed }: Followed,
  error?: string,
): Promise<void> {
  const { count } = await db.run.updateMany({
    where: { id: runId, state: FOLLOWING },
    data: {
      ...followed,
      state: error === undefined ? await outcomeOf(runId) : 'failed',
      phase,
      endedAt: new Date(),
      ...(error !== undefined && { error }),
    },
  })
  if (count) await dropStaged(runId, { looks: false })
}
