// Acts on findings come one after the other: two people at once see each other's work, and undoing is safe.
import type { Tx } from '@/prisma/client'

export async function oneActAtATime(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(7306, 9)`
}
