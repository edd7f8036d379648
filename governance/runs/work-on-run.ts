// The states a run goes through while a worker has it. Every step changes a row only from the state it belongs to.
import type { CallCount } from '@/core/session'
import type { Coverage } from '@/core/upstream'
import { dropStaged } from '@/inventory/staging/drop-staged'
import { send } from '@/jobs/queue'
import { db, type Tx } from '@/prisma/client'
import { CANCELLED_PHASE } from './cancel-run'
import { UNDER_WAY } from './run-state'
import { tellFailed } from './tell-failed'

/**
 * Takes a run up, from the start: what an earlier attempt has staged goes. Null when there is nothing to do, because
 * it is over, cancelled or deleted.
 */
export async function takeUpRun(runId: string) {
  // One clock, the database's, and never earlier than what was seen before: a clock that was set back must neither make
  // new answers older than old ones nor have every new look refused.
  const count = await db.$executeRaw`
    UPDATE run r SET state = 'running', started_at = clock_timestamp(), phase = 'Starting', observations = 0, error = NULL,
      observed_at = greatest(clock_timestamp(), (
        SELECT max(l.at) + interval '1 millisecond' FROM look l JOIN connection_scope s ON s.scope_id = l.scope_id
        WHERE s.connection_id = r.connection_id AND l.run_id <> r.id))
    WHERE r.id = ${runId}::uuid AND r.state = ANY(${[...UNDER_WAY]}::text[]) AND r.cancel_requested_at IS NULL`
  if (!count) {
    await cancelled(runId)
    return null
  }
  await dropStaged(runId, { looks: true })
  return db.run.findUnique({ where: { id: runId }, include: { connection: true } })
}

/** Whether someone wants the run to stop. A run that was deleted is not wanted either. */
export async function isUnwanted(runId: string): Promise<boolean> {
  const run = await db.run.findUnique({ where: { id: runId }, select: { cancelRequestedAt: true } })
  return !run || run.cancelRequestedAt !== null
}

export async function progressed(runId: string, phase: string, observations: number): Promise<void> {
  await db.run.updateMany({
    where: { id: runId, state: 'running', cancelRequestedAt: null },
    data: { phase, observations },
  })
}

export async function cancelled(runId: string): Promise<void> {
  await ended(runId, { state: 'cancelled', phase: CANCELLED_PHASE, onlyIfAsked: true })
}

/**
 * @param error what went wrong and what to do, for people
 * @param seen `goesOn` where it is not known yet whether it goes on by itself: then nobody is told
 */
export async function failed(
  runId: string,
  error: string,
  seen: { calls?: CallCount[]; scopes?: Coverage; goesOn?: 'perhaps' } = {},
): Promise<void> {
  await ended(runId, { state: 'failed', phase: 'Failed', error, ...seen })
}

type End = {
  state: 'cancelled' | 'failed'
  phase: string
  error?: string
  calls?: CallCount[]
  scopes?: Coverage
  onlyIfAsked?: boolean
  goesOn?: 'perhaps'
}
async function ended(runId: string, end: End): Promise<void> {
  const count = await db.$transaction((tx) => endedIn(tx, runId, end))
  if (count) await dropStaged(runId, { looks: false })
}

async function endedIn(tx: Tx, runId: string, end: End): Promise<number> {
  const { state, phase, error, calls, scopes, onlyIfAsked, goesOn } = end
  const now = new Date()
  const { count } = await tx.run.updateMany({
    where: { id: runId, state: { in: UNDER_WAY }, ...(onlyIfAsked && { cancelRequestedAt: { not: null } }) },
    data: {
      state,
      phase,
      endedAt: now,
      ...(error !== undefined && { error }),
      ...(calls && { calls }),
      ...(scopes && { scopesCoverage: scopes }),
    },
  })
  if (count && state === 'failed' && !goesOn) await tellFailed(tx, runId, error ?? phase, now)
  return count
}

/** Puts a run back, to be started over by a later attempt of the same job. */
export async function putBack(runId: string, phase: string): Promise<void> {
  await db.run.updateMany({ where: { id: runId, state: 'running' }, data: { state: 'queued', phase } })
}

/** Puts a run back with a job of its own: an orderly stop of the worker is no failed attempt. */
export async function handOver(runId: string): Promise<void> {
  await db.$transaction(async (tx) => {
    const { count } = await tx.run.updateMany({
      where: { id: runId, state: 'running' },
      data: { state: 'queued', phase: 'Starts over: the worker was stopped' },
    })
    if (count) await send('sync-connection', { runId }, tx)
  })
}
