// Takes connections away with all that only they brought: scopes nobody else reads, their rows, findings and history.
import { ensure } from '@/core/errors'
import type { Tx } from '@/prisma/client'

/** Deleting a large source takes its time. */
export const REMOVAL_TIMEOUT_MS = 15 * 60_000

/** @throws RollcallError `conflict` while one of them is being synced */
export async function removeConnections(tx: Tx, connectionIds: string[]): Promise<{ scopesRemoved: number }> {
  await tx.$queryRaw`SELECT id FROM connection WHERE id = ANY(${connectionIds}::uuid[]) ORDER BY id FOR UPDATE`
  await tx.$queryRaw`SELECT id FROM run WHERE connection_id = ANY(${connectionIds}::uuid[]) ORDER BY id FOR UPDATE`
  const runs = await tx.run.findMany({
    where: { connectionId: { in: connectionIds } },
    select: { id: true, state: true },
  })
  ensure(
    runs.every(({ state }) => state !== 'running'),
    'conflict',
    'A sync is under way. Cancel it or wait until it is over, then delete.',
  )
  const read = await tx.connectionScope.findMany({
    where: { connectionId: { in: connectionIds } },
    select: { scopeId: true },
  })
  await tx.staged.deleteMany({ where: { runId: { in: runs.map(({ id }) => id) } } })
  await tx.connection.deleteMany({ where: { id: { in: connectionIds } } })
  const scopesRemoved = await removeUnreadScopes(tx, [...new Set(read.map(({ scopeId }) => scopeId))])
  return { scopesRemoved }
}

/** Removes those of the scopes that no connection reads any more, with everything that was known of them. */
export async function removeUnreadScopes(tx: Tx, scopeIds: string[]): Promise<number> {
  const unread = await tx.scope.findMany({
    where: { id: { in: scopeIds }, connections: { none: {} } },
    select: { id: true },
  })
  const scopeId = { in: unread.map(({ id }) => id) }
  await tx.finding.deleteMany({ where: { scopeId } })
  await tx.posture.deleteMany({ where: { scopeId } })
  await tx.history.deleteMany({ where: { scopeId } })
  // The inventory itself hangs on the scope and goes with it.
  await tx.scope.deleteMany({ where: { id: scopeId } })
  return unread.length
}
