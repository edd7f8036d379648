// Turns a staged run into inventory, scope by scope. What follows is enqueued in the same transaction.
import type { Instant } from '@/core/fact'
import type { JobName, JobPayload } from '@/core/jobs'
import { KINDS } from '@/core/observation'
import { db, type Tx } from '@/prisma/client'
import { reconcileScope, type Changes, type KindChanges } from './reconcile'

/** Enqueues a job inside the transaction given. */
export type Send = <N extends JobName>(tx: Tx, name: N, payload: JobPayload<N>) => Promise<void>
export type Applied = { state: 'complete' | 'partial'; changes: Changes }

/** Longest one scope may take, in milliseconds. A larger scope is a reason to look, not to wait for ever. */
const SCOPE_TIMEOUT_MS = 30 * 60_000

const add = (a: KindChanges | undefined, b: KindChanges | undefined): KindChanges | undefined =>
  !a || !b
    ? (a ?? b)
    : {
        created: a.created + b.created,
        updated: a.updated + b.updated,
        retired: a.retired + b.retired,
        restored: a.restored + b.restored,
        unchanged: a.unchanged + b.unchanged,
      }

/**
 * Applies everything a run has staged. Safe to repeat: a scope that was applied has nothing staged left and its
 * looks already name this run.
 * @throws RollcallError `conflict` when a newer look at the scope is held; that scope is left as it is
 */
export async function applyRun({ runId, send }: { runId: string; send: Send }): Promise<Applied> {
  const run = await db.run.findUniqueOrThrow({ where: { id: runId }, include: { coverage: true } })
  const observedAt: Instant = (run.observedAt ?? run.startedAt ?? run.createdAt).toISOString()
  // A table that was empty a moment ago has no statistics: the planner would compare every row with every other.
  await db.$executeRaw`ANALYZE staged`
  const scopeIds = [...new Set(run.coverage.map((c) => c.scopeId))].sort()
  let changes: Changes = {}
  for (const scopeId of scopeIds) {
    const applied = await db.$transaction(
      async (tx) => {
        const done = await reconcileScope(tx, { runId, scopeId, observedAt })
        await send(tx, 'evaluate-scope', { scopeId, runId })
        return done
      },
      { timeout: SCOPE_TIMEOUT_MS, maxWait: 60_000 },
    )
    changes = Object.fromEntries(
      KINDS.flatMap((kind) => {
        const sum = add(changes[kind], applied[kind])
        return sum ? [[kind, sum]] : []
      }),
    )
  }
  const whole = run.coverage.length > 0 && run.coverage.every((c) => c.state === 'complete')
  return { state: whole ? 'complete' : 'partial', changes }
}
