// Ends runs that nobody works on any more and no job will take up: a run must not seem to be under way for ever.
import { pendingJobs } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { dropImport } from '../imports/drop-import'
import { isHeld } from './hold-run'
import { UNDER_WAY } from './run-state'
import { cancelled, failed } from './work-on-run'

/** Time a run has between coming to be and being taken up. */
const PATIENCE_MS = 2 * 60_000
const LOST = 'The process that worked on it ended before it was done. Nothing of it was applied after that.'

export async function endLostRuns(now: Date): Promise<string[]> {
  const before = new Date(now.getTime() - PATIENCE_MS)
  const runs = await db.run.findMany({
    where: {
      state: { in: UNDER_WAY },
      createdAt: { lt: before },
      OR: [{ startedAt: null }, { startedAt: { lt: before } }],
    },
    include: { connection: { select: { mode: true } } },
  })
  const lost: string[] = []
  for (const { id, cancelRequestedAt, connection } of runs) {
    if ((await pendingJobs('sync-connection', { runId: id })).length || (await isHeld(id))) continue
    lost.push(id)
    if (connection.mode === 'import')
      await dropImport(id, { state: 'failed', phase: 'Failed', error: `${LOST} Import the file again.`, now })
    else if (cancelRequestedAt) await cancelled(id)
    else await failed(id, `${LOST} Sync again.`)
  }
  return lost
}
