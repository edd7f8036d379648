// Starts the runs whose time has come to look again at what was throttled, where that is still to be done.
import { resumesOf } from '@/core/resume-words'
import { throttledLooks } from '@/inventory/throttled-looks'
import { send } from '@/jobs/queue'
import { db, type Tx } from '@/prisma/client'
import { dropResumes, type DroppedFor } from './drop-resumes'
import { FOLLOWER } from './follow-run'
import { FOLLOWING, UNDER_WAY, WAITING } from './run-state'
import { lockConnection } from './start-run'

export async function startDueResumes(now: Date): Promise<string[]> {
  const waiting = await db.run.findMany({
    where: { state: WAITING },
    select: { id: true, connectionId: true, report: true },
    orderBy: { createdAt: 'asc' },
  })
  const started: string[] = []
  for (const { id, connectionId, report } of waiting) {
    const resumes = resumesOf(report)
    if (resumes && new Date(resumes.at) > now) continue
    if (await db.$transaction((tx) => start(tx, { id, connectionId, now }))) started.push(id)
  }
  return started
}

type Due = { id: string; connectionId: string; now: Date }

async function start(tx: Tx, { id, connectionId, now }: Due): Promise<boolean> {
  const { paused } = await lockConnection(tx, connectionId)
  const run = await tx.run.findUnique({ where: { id } })
  if (run?.state !== WAITING) return false
  const why = await needless(tx, run, paused)
  if (why) await dropResumes(tx, connectionId, { why, now })
  if (why || (await tx.run.count({ where: { connectionId, state: { in: UNDER_WAY } } }))) return false
  await tx.run.update({ where: { id }, data: { state: 'queued' } })
  await send('sync-connection', { runId: id }, tx)
  return true
}

type Waiting = { connectionId: string; report: unknown }

async function needless(
  tx: Tx,
  { connectionId, report }: Waiting,
  paused: boolean,
): Promise<DroppedFor | undefined> {
  if (paused) return 'paused'
  const followed = { connectionId, state: FOLLOWING, requestedBy: FOLLOWER }
  if (await tx.run.count({ where: followed })) return 'followed'
  const owed = resumesOf(report)?.scopes || (await throttledLooks(tx, connectionId)).length
  return owed ? undefined : 'seen'
}
