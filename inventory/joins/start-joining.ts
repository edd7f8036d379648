// What waits to be joined although no job is there to do it: a job gave up, or a source was removed.
import { pendingJobs, send } from '@/jobs/queue'
import { db } from '@/prisma/client'

export async function startJoining(): Promise<void> {
  const [row] = await db.$queryRaw<{ waits: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM join_change) OR EXISTS (SELECT 1 FROM join_todo) AS waits`
  if (row?.waits && !(await pendingJobs('join-changes', {})).length) await send('join-changes', {})
}
