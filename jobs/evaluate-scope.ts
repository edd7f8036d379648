// Asks all rules about a scope, unless a later job will ask them again anyway.
import type { JobPayload } from '@/core/jobs'
import { evaluateScope as evaluate } from '@/governance/evaluation/evaluate-scope'
import { db } from '@/prisma/client'
import type { JobAt } from './job'
import { pendingJobs } from './queue'

export async function evaluateScope({ scopeId }: JobPayload<'evaluate-scope'>, at: JobAt): Promise<void> {
  // One that waits sees everything this one would see, and what came after it.
  const waiting = await pendingJobs('evaluate-scope', { scopeId })
  if (waiting.some(({ state }) => state === 'created')) return
  if (!(await db.scope.count({ where: { id: scopeId } }))) return
  const signal = AbortSignal.any([at.signal, at.stopping])
  await evaluate({ scopeId, signal, now: new Date().toISOString() })
}
