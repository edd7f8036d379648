// Starts a run of a connection, unless one is under way: the row and its job come to be together or not at all.
import { ensure } from '@/core/errors'
import { send } from '@/jobs/queue'
import type { Tx } from '@/prisma/client'
import { dropResumes } from './drop-resumes'
import { UNDER_WAY, type Trigger } from './run-state'

export type StartedRun = { runId: string; alreadyUnderWay: boolean }

/** The connection, locked until the transaction ends. @throws RollcallError `not-found` */
export async function lockConnection(tx: Tx, connectionId: string) {
  await tx.$queryRaw`SELECT id FROM connection WHERE id = ${connectionId}::uuid FOR UPDATE`
  const connection = await tx.connection.findUnique({ where: { id: connectionId } })
  ensure(connection, 'not-found', 'There is no such connection, or no longer.')
  return connection
}

/** @throws RollcallError `invalid` for a connection that holds file imports */
export async function startRun(
  tx: Tx,
  connectionId: string,
  { trigger, requestedBy }: { trigger: Trigger; requestedBy: string },
): Promise<StartedRun> {
  const connection = await lockConnection(tx, connectionId)
  ensure(connection.mode !== 'import', 'invalid', 'Files are not synced: import a newer file instead.')
  const held = await tx.run.findFirst({
    where: { connectionId, state: { in: UNDER_WAY }, trigger: { not: 'resume' } },
    orderBy: { createdAt: 'asc' },
    select: { id: true },
  })
  if (held) return { runId: held.id, alreadyUnderWay: true }
  // It reads everything: what was to be looked at again is among it.
  await dropResumes(tx, connectionId, { why: 'sync' })
  const run = await tx.run.create({ data: { connectionId, trigger, requestedBy }, select: { id: true } })
  await send('sync-connection', { runId: run.id }, tx)
  return { runId: run.id, alreadyUnderWay: false }
}
