// What runs and what has just ended. Read with the page, so it survives a reload; asks only for the small progress rows.
import { preparations, type Preparation } from '@/governance/campaigns/preparation'
import { listRuns } from '@/governance/runs/list-runs'
import { recentPacks } from '@/governance/packs/asking/list'
import { may, type Actor } from '@/core/permissions'
import { builtSo, frozenSo, type Job } from './job'
import { JobsList } from './jobs-list'

const SHOWN = 6
const RECENT_MS = 60 * 60_000

const isRecent = (endedAt: string) => Date.now() - new Date(endedAt).getTime() < RECENT_MS

const preparationJob = ({ id, name, state, prepared, failure }: Preparation): Job => ({
  id,
  href: `/campaigns/${id}`,
  title: name,
  ...frozenSo({ state, prepared, failure }),
})

async function runJobs(actor: Actor): Promise<Job[]> {
  const runs = await listRuns(actor, { limit: SHOWN })
  return (
    runs
      // Following goes on for ever: it is no job that somebody waits for.
      .filter((run) => run.trigger !== 'watch')
      // Nor is what goes on by itself later.
      .filter((run) => run.state !== 'waiting')
      .filter((run) => !run.endedAt || isRecent(run.endedAt))
      .map(({ id, connectionId, connectionName, state, phase, endedAt }) => ({
        id,
        href: `/sources/${connectionId}/runs/${id}`,
        title: connectionName,
        state,
        phase,
        ended: endedAt !== undefined || state === 'previewed',
      }))
  )
}

export async function JobsTray({ actor }: { actor: Actor }) {
  const [runs, frozen, packs] = await Promise.all([
    may(actor, 'source:read') ? runJobs(actor) : [],
    may(actor, 'campaign:read') ? preparations(actor) : [],
    may(actor, 'evidence:read') ? recentPacks(actor) : [],
  ])
  const built = packs.map((pack) => ({
    id: pack.id,
    href: `/evidence/${pack.id}`,
    title: pack.title,
    ...builtSo(pack),
  }))
  const jobs = [...built, ...frozen.map(preparationJob), ...runs]
  return <JobsList key={jobs.map((job) => job.id + job.state).join()} initial={jobs} />
}
