// Takes connections away with all that only they brought: scopes nobody else reads, their rows and findings. What was known
// of them stays in the past, for questions about earlier moments; the sample organisation goes without a trace.
import { ensure } from '@/core/errors'
import { lockScope } from '@/inventory/scope-lock'
import { dropStaging } from '@/inventory/staging/table'
import { send } from '@/jobs/queue'
import type { Tx } from '@/prisma/client'
import { forgetPast } from './forget-past'

/** Deleting a large source takes its time. */
export const REMOVAL_TIMEOUT_MS = 15 * 60_000

/**
 * @param forget leaves nothing of them in the past either
 * @throws RollcallError `conflict` while one of them is being synced
 */
export async function removeConnections(
  tx: Tx,
  connectionIds: string[],
  { forget = false } = {},
): Promise<{ scopesRemoved: number }> {
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
  const runIds = runs.map(({ id }) => id)
  await dropStaging(tx, runIds)
  if (forget) await tx.$executeRaw`SET LOCAL rollcall.forget = 'on'`
  await tx.connection.deleteMany({ where: { id: { in: connectionIds } } })
  const removed = await removeUnreadScopes(tx, [...new Set(read.map(({ scopeId }) => scopeId))], { forget })
  if (forget) {
    await forgetPast(tx, { connectionIds, scopeIds: removed, runIds })
    await tx.$executeRaw`SET LOCAL rollcall.forget = 'off'`
  }
  return { scopesRemoved: removed.length }
}

/** Removes those of the scopes that no connection reads any more, with everything that is known of them now. */
export async function removeUnreadScopes(
  tx: Tx,
  scopeIds: string[],
  { forget = false } = {},
): Promise<string[]> {
  const unread = await tx.scope.findMany({
    where: { id: { in: scopeIds }, connections: { none: {} } },
    select: { id: true },
  })
  if (!unread.length) return []
  const ids = unread.map(({ id }) => id).sort()
  // Whoever writes a scope has this lock first: taken in another order, each would wait for the other.
  for (const id of ids) await lockScope(tx, id)
  const neighbours = await tx.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT to_scope_id AS id FROM edge
    WHERE from_scope_id = ANY(${ids}::uuid[]) AND to_scope_id <> ALL(${ids}::uuid[]) ORDER BY 1`
  // Who answers for what may come back is kept, and for what never was it is not.
  if (forget) await forgetOwners(tx, ids)
  // The database takes with each scope every row that was read or judged in it.
  await tx.scope.deleteMany({ where: { id: { in: ids } } })
  // What others said about it is joined anew.
  await send('join-changes', {}, tx)
  // What it said about others is gone with it: whoever it let in comes no farther than to its door.
  for (const { id: scopeId } of neighbours)
    await send('analyse-scope', { scopeId }, tx, { waitingKey: scopeId })
  return ids
}

async function forgetOwners(tx: Tx, scopeIds: string[]): Promise<void> {
  await tx.$executeRaw`DELETE FROM ownership o USING identity i
    WHERE i.id = o.identity_id AND i.scope_id = ANY(${scopeIds}::uuid[])`
  await tx.$executeRaw`DELETE FROM ownership_change c USING identity i
    WHERE i.id = c.identity_id AND i.scope_id = ANY(${scopeIds}::uuid[])`
  await tx.$executeRaw`DELETE FROM ownership_act a WHERE NOT EXISTS (SELECT 1 FROM ownership_change c WHERE c.act_id = a.id)`
}
