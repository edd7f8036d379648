// Joins what has changed since it was last done: bounded batches, one at a time over all processes, each a transaction.
import { db, type Tx } from '@/prisma/client'
import { expandChange } from './expand-changes'
import { joinLinks, type Rewritten } from './join-links'

/** Links that one transaction joins. */
const BATCH = 500
const BATCH_TIMEOUT_MS = 10 * 60_000

/** Told in the transaction that joins: the scopes at either end of edges that differ now. */
type Joined = (tx: Tx, scopes: string[]) => Promise<void>

/** Until nothing waits. What is left when it stops, waits for the next time. */
export async function joinChanges({
  signal,
  joined,
}: { signal?: AbortSignal; joined?: Joined } = {}): Promise<Omit<Rewritten, 'scopes'>> {
  const sum = { written: 0, removed: 0 }
  for (;;) {
    signal?.throwIfAborted()
    const done = await db.$transaction((tx) => joinBatch(tx, joined), {
      timeout: BATCH_TIMEOUT_MS,
      maxWait: 60_000,
    })
    if (!done) return sum
    sum.written += done.written
    sum.removed += done.removed
  }
}

/** Changes are followed up in their order, and all of them before the links they lead to: no link is joined twice for nothing. */
async function joinBatch(tx: Tx, joined?: Joined): Promise<Rewritten | undefined> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(7306, 1)`
  if (await expandChange(tx)) return { written: 0, removed: 0, scopes: [] }
  const links = await tx.$queryRaw<{ id: string }[]>`
    DELETE FROM join_todo WHERE link_id IN (SELECT link_id FROM join_todo ORDER BY link_id LIMIT ${BATCH}::int)
    RETURNING link_id AS id`
  if (!links.length) return undefined
  const done = await joinLinks(
    tx,
    links.map(({ id }) => id),
  )
  if (done.scopes.length) await joined?.(tx, done.scopes)
  return done
}
