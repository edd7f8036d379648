// Judges what the identities of a scope may do and whom they can act as, and has the rules asked where that differs.
import type { JobPayload } from '@/core/jobs'
import { analyseScope as analyse } from '@/governance/access/analyse-scope'
import type { JobAt } from './job'
import { send } from './queue'

export async function analyseScope({ scopeId }: JobPayload<'analyse-scope'>, at: JobAt): Promise<void> {
  await analyse(scopeId, AbortSignal.any([at.signal, at.stopping]), async (tx, changed) => {
    for (const id of changed) await send('evaluate-scope', { scopeId: id, runId: null }, tx)
  })
}
