// Asks all rules about a scope, unless a later job will ask them again anyway.
import type { Instant } from '@/core/fact'
import type { JobPayload } from '@/core/jobs'
import { evaluateScope as evaluate } from '@/governance/evaluation/evaluate-scope'
import { db } from '@/prisma/client'
import type { JobAt } from './job'
import { pendingJobs, send } from './queue'

export async function evaluateScope({ scopeId }: JobPayload<'evaluate-scope'>, at: JobAt): Promise<void> {
  // One that waits sees everything this one would see, and what came after it.
  const waiting = await pendingJobs('evaluate-scope', { scopeId })
  if (waiting.some(({ state }) => state === 'created')) return
  if (!(await db.scope.count({ where: { id: scopeId } }))) return
  const signal = AbortSignal.any([at.signal, at.stopping])
  await evaluate({
    scopeId,
    signal,
    now: await judgedFor(scopeId),
    others: async (tx, ids) => {
      for (const id of ids) await send('evaluate-scope', { scopeId: id, runId: null }, tx)
    },
  })
}

/** Now, but never before the newest look: a file may come from a machine whose clock is a little ahead. */
async function judgedFor(scopeId: string): Promise<Instant> {
  const { _max } = await db.look.aggregate({ where: { scopeId }, _max: { at: true } })
  return new Date(Math.max(Date.now(), _max.at?.getTime() ?? 0)).toISOString()
}
