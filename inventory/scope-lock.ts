// One writer a scope at a time.
import type { Tx } from '@/prisma/client'

/** Waits for the scope and holds it until the transaction ends. */
export async function lockScope(tx: Tx, scopeId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${scopeId}, 0))`
}
