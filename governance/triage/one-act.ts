// Acts on findings come one after the other: two people at once see each other's work, and undoing is safe.
import type { Tx } from '@/prisma/client'

const LOCK = { space: 7306, key: 1 } as const

export async function oneActAtATime(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${LOCK.space}::int, ${LOCK.key}::int)`
}
