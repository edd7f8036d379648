// A job of the tray: a run of a source, the freezing of a campaign, or the building of a pack.
import type { Preparation } from '@/governance/campaigns/preparation'
import type { PackView } from '@/governance/packs/asking/list'
import { isEnded, standingOf } from '@/governance/packs/asking/standing'
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

/** How far a pack is, in the words of runs. */
export function builtSo(pack: PackView): Standing {
  const { state, complete } = pack
  const words =
    state === 'building' ? 'running' : state === 'sealed' ? (complete ? 'complete' : 'partial') : state
  return { state: words, phase: standingOf(pack), ended: isEnded(pack) }
}

const isPack = ({ href }: Job) => href.startsWith('/evidence/')
const isCampaign = ({ href }: Job) => href.startsWith('/campaigns/')

const addressOf = (job: Job): string => {
  if (isPack(job)) return `packs/${job.id}`
  return isCampaign(job) ? `campaigns/${job.id}/preparation` : `runs/${job.id}/progress`
}

/** Asks for the small answer alone. What does not answer stays as it was. */
export async function askedAgain(job: Job): Promise<Job> {
  const address = addressOf(job)
  const response = await fetch(`/api/v1/${address}`)
  if (!response.ok) return job
  if (isCampaign(job)) return { ...job, ...frozenSo((await response.json()) as Preparation) }
  if (isPack(job)) return { ...job, ...builtSo((await response.json()) as PackView) }
  const { state, phase, ended } = (await response.json()) as RunProgress
  return { ...job, state, phase, ended }
}
