// What runs and what has just ended. Read with the page, so it survives a reload; asks only for the small progress rows.
import { listRuns } from '@/governance/runs/list-runs'
import type { Actor } from '@/core/permissions'
import { JobsList, type Job } from './jobs-list'

const SHOWN = 6
const RECENT_MS = 60 * 60_000

const isRecent = (endedAt: string) => Date.now() - new Date(endedAt).getTime() < RECENT_MS

export async function JobsTray({ actor }: { actor: Actor }) {
  const runs = await listRuns(actor, { limit: SHOWN })
  const jobs: Job[] = runs
    // Following goes on for ever: it is no job that somebody waits for.
    .filter((run) => run.trigger !== 'watch')
    // Nor is what goes on by itself later.
    .filter((run) => run.state !== 'waiting')
    .filter((run) => !run.endedAt || isRecent(run.endedAt))
    .map(({ id, connectionId, connectionName, state, phase, observations, endedAt }) => ({
      id,
      connectionId,
      title: connectionName,
      state,
      phase,
      observations,
      ended: endedAt !== undefined || state === 'previewed',
    }))
  return <JobsList key={jobs.map((job) => job.id + job.state).join()} initial={jobs} />
}
