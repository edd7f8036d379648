// Distances that wait to be made although no job is there to do it: the last of several gave up.
import { send } from '@/jobs/queue'
import { db } from '@/prisma/client'

/** Whoever analyses a scope next makes them; one in which nothing else has changed costs a look. */
export async function startTracing(): Promise<void> {
  const row = await db.accessAnalysis.findFirst({ where: { traced: false }, select: { scopeId: true } })
  if (!row || (await analysisWaits())) return
  await send('analyse-scope', { scopeId: row.scopeId }, undefined, { waitingKey: row.scopeId })
}

/** Whether an analysis waits to be taken up, now or after a while: it traces in the end. One that is worked on does not count. */
async function analysisWaits(): Promise<boolean> {
  const [row] = await db.$queryRaw<{ waits: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM pgboss.job WHERE name = 'analyse-scope' AND state IN ('created', 'retry')) AS waits`
  return row?.waits ?? false
}
