// Drops what a run has staged: before it starts over, or when nobody wants it. The inventory was never touched by it.
import { db } from '@/prisma/client'

export async function discardStaged(runId: string): Promise<void> {
  await db.$executeRaw`DELETE FROM staged WHERE run_id = ${runId}::uuid`
  await db.runCoverage.deleteMany({ where: { runId } })
}
