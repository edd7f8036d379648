// A job of the tray: a run of a source, or the freezing of a campaign.
import type { Preparation } from '@/governance/campaigns/preparation'
import type { RunProgress } from '@/inventory/queries/types'

export type Job = {
  id: string
  /** The page of it. */
  href: string
  title: string
  state: string
  phase: string
  ended: boolean
}
type Standing = Pick<Job, 'state' | 'phase' | 'ended'>

/** How far a freezing is, in the words of runs. */
export function frozenSo({
  state,
  prepared,
  failure,
}: Pick<Preparation, 'state' | 'prepared' | 'failure'>): Standing {
  if (state === 'preparing')
    return { state: 'running', phase: `Freezing: ${prepared.toLocaleString('en')} so far`, ended: false }
  if (failure) return { state: 'failed', phase: failure, ended: true }
  return { state: 'complete', phase: 'Its population is frozen', ended: true }
}

const isCampaign = ({ href }: Job) => href.startsWith('/campaigns/')

/** Asks for the small answer alone. What does not answer stays as it was. */
export async function askedAgain(job: Job): Promise<Job> {
  const address = isCampaign(job) ? `campaigns/${job.id}/preparation` : `runs/${job.id}/progress`
  const response = await fetch(`/api/v1/${address}`)
  if (!response.ok) return job
  if (isCampaign(job)) return { ...job, ...frozenSo((await response.json()) as Preparation) }
  const { state, phase, ended } = (await response.json()) as RunProgress
  return { ...job, state, phase, ended }
}
