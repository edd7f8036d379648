// Turns what a run has staged into inventory, scope by scope. What follows is enqueued in the same transaction.
import type { Instant } from '@/core/fact'
import type { JobName, JobPayload } from '@/core/jobs'
import { KINDS } from '@/core/observation'
import { BEYOND } from '@/core/upstream'
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

/** The changes of two scopes as one. */
export const addChanges = (a: Changes, b: Changes): Changes =>
  Object.fromEntries(
    KINDS.flatMap((kind) => {
      const sum = add(a[kind], b[kind])
      return sum ? [[kind, sum]] : []
    }),
  )

type OfRun = { runId: string; observedAt: Instant; send: Send }

/**
 * Applies what a run has staged of one scope. Safe to repeat: a scope that was applied has nothing staged left and its
 * looks already name this run.
 * @throws RollcallError `conflict` when a newer look at the scope is held; that scope is left as it is
 */
export function applyScope({ runId, observedAt, send }: OfRun, scopeId: string): Promise<Changes> {
  return db.$transaction(
    async (tx) => {
      const { changes, joins } = await reconcileScope(tx, { runId, scopeId, observedAt })
      await send(tx, 'evaluate-scope', { scopeId, runId })
      if (joins) await send(tx, 'join-changes', {})
      return changes
    },
    { timeout: SCOPE_TIMEOUT_MS, maxWait: 60_000 },
  )
}

/** How a run went whose scopes were all applied. What a live source never tells leaves it whole; a file might have told it. */
export async function outcomeOf(runId: string): Promise<Applied['state']> {
  const coverage = await db.runCoverage.groupBy({ by: ['state', 'why'], where: { runId } })
  const imported = await db.run.count({ where: { id: runId, connection: { mode: 'import' } } })
  const isWhole = ({ state, why }: { state: string; why: string | null }) =>
    state === 'complete' || (!imported && (BEYOND as readonly (string | null)[]).includes(why))
  return coverage.length && coverage.every(isWhole) ? 'complete' : 'partial'
}

/** Applies everything a run has staged. */
export async function applyRun({ runId, send }: { runId: string; send: Send }): Promise<Applied> {
  const run = await db.run.findUniqueOrThrow({ where: { id: runId } })
  const observedAt = (run.observedAt ?? run.startedAt ?? run.createdAt).toISOString()
  const scopes = await db.runCoverage.findMany({
    where: { runId },
    distinct: ['scopeId'],
    select: { scopeId: true },
    orderBy: { scopeId: 'asc' },
  })
  let changes: Changes = {}
  for (const { scopeId } of scopes)
    changes = addChanges(changes, await applyScope({ runId, observedAt, send }, scopeId))
  return { state: await outcomeOf(runId), changes }
}
