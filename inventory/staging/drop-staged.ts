// Drops what a run has staged: before it starts over, or when nobody wants it.
import { db } from '@/prisma/client'
import { lockScope } from '../scope-lock'
import { dropStaging } from './table'

/** Longest wait for an earlier attempt that is just applying a scope, in milliseconds. */
const WAIT_MS_MAX = 10 * 60_000

/**
 * Should an earlier attempt of the run still be applying a scope, that scope is waited for: rows that vanish under it
 * would look like things that are gone.
 * @param looks whether the record of what was seen goes too
 */
export async function dropStaged(runId: string, { looks }: { looks: boolean }): Promise<void> {
  await db.$transaction(
    async (tx) => {
      const scopes = await tx.runCoverage.findMany({
        where: { runId },
        distinct: ['scopeId'],
        select: { scopeId: true },
        orderBy: { scopeId: 'asc' },
      })
      for (const { scopeId } of scopes) await lockScope(tx, scopeId)
      await dropStaging(tx, [runId])
      if (looks) await tx.runCoverage.deleteMany({ where: { runId } })
    },
    { timeout: WAIT_MS_MAX, maxWait: 60_000 },
  )
}
