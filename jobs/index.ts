// Which handler does which job, and how many of a kind one worker does at a time.
import { JOBS, type JobName, type JobPayload } from '@/core/jobs'
import { analyseScope } from './analyse-scope'
import { applyReceived } from './apply-received'
import { buildPack } from './build-pack'
import { compactHistory } from './compact-history'
import { deliverPacks } from './deliver-packs'
import { evaluateDue } from './evaluate-due'
import { evaluateScope } from './evaluate-scope'
import { followConnection } from './follow-connection'
import type { JobAt } from './job'
import { joinChanges } from './join-changes'
import { sendNotices } from './send-notices'
import { prepareCampaign } from './prepare-campaign'
import { syncConnection } from './sync-connection'
import { tick } from './tick'

type Handler<N extends JobName> = {
  concurrency: number
  run: (payload: JobPayload<N>, at: JobAt) => Promise<void>
}
const HANDLERS: { [N in JobName]: Handler<N> } = {
  'sync-connection': { concurrency: 2, run: syncConnection },
  'follow-connection': { concurrency: 8, run: followConnection },
  'apply-received': { concurrency: 1, run: applyReceived },
  // While one reads, another one judges.
  'evaluate-scope': { concurrency: 2, run: evaluateScope },
  'evaluate-due': { concurrency: 1, run: () => evaluateDue() },
  'join-changes': { concurrency: 1, run: (_, at) => joinChanges(at) },
  'analyse-scope': { concurrency: 1, run: analyseScope },
  'prepare-campaign': { concurrency: 1, run: prepareCampaign },
  // Each holds a snapshot and a connection for as long as it takes: others wait in the queue.
  'build-pack': { concurrency: 2, run: buildPack },
  // Each delivery is taken by one alone, so that a slow store keeps only itself waiting.
  'deliver-packs': { concurrency: 2, run: (_, at) => deliverPacks(at) },
  'compact-history': { concurrency: 1, run: (_, at) => compactHistory(at) },
  'send-notices': { concurrency: 1, run: (_, at) => sendNotices(at) },
  tick: { concurrency: 1, run: () => tick() },
}

export const JOB_NAMES = Object.keys(HANDLERS) as JobName[]
export const concurrencyOf = (name: JobName): number => HANDLERS[name].concurrency

/** Parses the payload and does the job. */
export async function runJob<N extends JobName>(name: N, payload: unknown, at: JobAt): Promise<void> {
  await HANDLERS[name].run(JOBS[name].parse(payload) as JobPayload<N>, at)
}
