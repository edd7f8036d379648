// Ends an import of which nothing is kept: what it staged goes, and scopes that only it had named.
import { dropStaging } from '@/inventory/staging/table'
import { db, type Tx } from '@/prisma/client'
import { removeUnreadScopes } from '../connections/remove-connections'
import type { RunState } from '../runs/run-state'

type End = { state: Extract<RunState, 'failed' | 'cancelled'>; phase: string; error?: string; now?: Date }

export async function dropImport(runId: string, end: End): Promise<void> {
  await db.$transaction((tx) => dropImportIn(tx, runId, end), { timeout: 60_000, maxWait: 10_000 })
}

export async function dropImportIn(tx: Tx, runId: string, { now = new Date(), ...end }: End): Promise<void> {
  const { connectionId } = await tx.run.findUniqueOrThrow({
    where: { id: runId },
    select: { connectionId: true },
  })
  await dropStaging(tx, [runId])
  await tx.runCoverage.deleteMany({ where: { runId, appliedAt: null } })
  await tx.run.update({ where: { id: runId }, data: { ...end, endedAt: now } })
  await forgetEmptyScopes(tx, connectionId)
}

/** Scopes of the connection that no look was ever made of, unless another import of them waits. */
async function forgetEmptyScopes(tx: Tx, connectionId: string): Promise<void> {
  const forgotten = await tx.$queryRaw<{ scopeId: string }[]>`
    DELETE FROM connection_scope c WHERE c.connection_id = ${connectionId}::uuid
      AND NOT EXISTS (SELECT 1 FROM look l WHERE l.scope_id = c.scope_id)
      AND NOT EXISTS (SELECT 1 FROM run r WHERE r.connection_id = c.connection_id AND r.state = 'running')
      AND NOT EXISTS (SELECT 1 FROM run_coverage v JOIN run r ON r.id = v.run_id
        WHERE v.scope_id = c.scope_id AND r.state = 'previewed')
    RETURNING c.scope_id AS "scopeId"`
  await removeUnreadScopes(
    tx,
    forgotten.map(({ scopeId }) => scopeId),
  )
}
