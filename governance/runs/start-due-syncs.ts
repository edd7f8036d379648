// Starts a sync of every live connection whose interval is over.
import { db } from '@/prisma/client'
import { NO_SYNC, UNDER_WAY } from './run-state'
import { startRun } from './start-run'

export async function startDueSyncs(now: Date): Promise<string[]> {
  const connections = await db.connection.findMany({
    where: { mode: 'live', paused: false, runs: { none: { state: { in: UNDER_WAY } } } },
    include: {
      runs: {
        where: { trigger: { notIn: NO_SYNC } },
        orderBy: { createdAt: 'desc' },
        take: 1,
        select: { createdAt: true, startedAt: true },
      },
    },
  })
  const started: string[] = []
  for (const { id, intervalMinutes, runs } of connections) {
    const [last] = runs
    const began = last && (last.startedAt ?? last.createdAt)
    if (began && now.getTime() - began.getTime() < intervalMinutes * 60_000) continue
    const { runId, alreadyUnderWay } = await db.$transaction((tx) =>
      startRun(tx, id, { trigger: 'schedule', requestedBy: 'schedule' }),
    )
    if (!alreadyUnderWay) started.push(runId)
  }
  return started
}
