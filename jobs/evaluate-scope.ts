// Asks all rules about a scope, unless a later job will ask them again anyway.
import type { Instant } from '@/core/fact'
import type { JobPayload } from '@/core/jobs'
import { evaluateScope as evaluate } from '@/governance/evaluation/evaluate-scope'
import { db } from '@/prisma/client'
import type { JobAt } from './job'
import { compareInThreads } from './judging/threads'
import { pendingJobs, send } from './queue'

export async function evaluateScope({ scopeId }: JobPayload<'evaluate-scope'>, at: JobAt): Promise<void> {
  // One that waits sees everything this one would see, and what came after it.
  const waiting = await pendingJobs('evaluate-scope', { scopeId })
  if (waiting.some(({ state }) => state === 'created')) return
  if (!(await db.scope.count({ where: { id: scopeId } }))) return
  const signal = AbortSignal.any([at.signal, at.stopping])
  const done = await evaluate({
    scopeId,
    signal,
    now: await judgedFor(scopeId),
    compare: compareInThreads,
    putOff: () => othersWait(scopeId),
    others: async (tx, ids) => {
      for (const id of ids) await send('evaluate-scope', { scopeId: id, runId: null }, tx)
    },
  })
  if (done?.how === 'put-off')
    await send('evaluate-scope', { scopeId, runId: null }, undefined, { afterSeconds: PUT_OFF_SECONDS })
}

/** How long one waits that was put off: long enough for several others to be analysed. */
const PUT_OFF_SECONDS = 20
/** Whether other scopes wait to be evaluated, and not because they were put off: the last of them puts off nothing. */
async function othersWait(scopeId: string): Promise<boolean> {
  const [row] = await db.$queryRaw<{ wait: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM pgboss.job WHERE name = 'evaluate-scope' AND state = 'created'
      AND start_after <= now() AND data ->> 'scopeId' <> ${scopeId}) AS wait`
  return row?.wait ?? false
}

/** Now, but never before the newest look: a file may come from a machine whose clock is a little ahead. */
async function judgedFor(scopeId: string): Promise<Instant> {
  const { _max } = await db.look.aggregate({ where: { scopeId }, _max: { at: true } })
  return new Date(Math.max(Date.now(), _max.at?.getTime() ?? 0)).toISOString()
}
