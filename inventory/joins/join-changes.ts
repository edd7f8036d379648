// Joins what has changed since it was last done: bounded batches, one at a time over all processes, each a transaction.
import { db, type Tx } from '@/prisma/client'
import { expandChange } from './expand-changes'
import { joinLinks, type Rewritten } from './join-links'

/** Links that one transaction joins. */
const BATCH = 500
const BATCH_TIMEOUT_MS = 10 * 60_000

/** Until nothing waits. What is left when it stops, waits for the next time. */
export async function joinChanges({ signal }: { signal?: AbortSignal } = {}): Promise<Rewritten> {
  const sum = { written: 0, removed: 0 }
  for (;;) {
    signal?.throwIfAborted()
    const done = await db.$transaction(joinBatch, { timeout: BATCH_TIMEOUT_MS, maxWait: 60_000 })
    if (!done) return sum
    sum.written += done.written
    sum.removed += done.removed
  }
}

/** Changes are followed up in their order, and all of them before the links they lead to: no link is joined twice for nothing. */
async function joinBatch(tx: Tx): Promise<Rewritten | undefined> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(7306, 1)`
  if (await expandChange(tx)) return { written: 0, removed: 0 }
  const links = await tx.$queryRaw<{ id: string }[]>`
    DELETE FROM join_todo WHERE link_id IN (SELECT link_id FROM join_todo ORDER BY link_id LIMIT ${BATCH}::int)
    RETURNING link_id AS id`
  if (!links.length) return undefined
  return await joinLinks(
    tx,
    links.map(({ id }) => id),
  )
}
