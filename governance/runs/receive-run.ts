// The run that brings in what a source sends by itself: one a day, taken up again with whatever comes.
import { addChanges, outcomeOf } from '@/inventory/apply'
import type { Changes } from '@/inventory/reconcile'
import { dropStaged } from '@/inventory/staging/drop-staged'
import { db } from '@/prisma/client'
import { FOLLOWING } from './run-state'
import { lockConnection } from './start-run'

const WHO = 'the source itself'
const DAY_MS = 24 * 3600_000
const CUT_SHORT = 'Ended: the process that brought it in was stopped'

/** Whoever calls holds the connection for this: no other run of the kind is being worked on. */
export async function beginReceiving(connectionId: string): Promise<string> {
  const runId = await db.$transaction(async (tx) => {
    await lockConnection(tx, connectionId)
    const own = { connectionId, trigger: 'watch', requestedBy: WHO }
    const begun = new Date()
    const data = {
      state: FOLLOWING,
      phase: 'Bringing in what the source sent',
      observedAt: begun,
      endedAt: null,
      error: null,
    }
    const last = await tx.run.findFirst({
      where: { ...own, createdAt: { gt: new Date(begun.getTime() - DAY_MS) } },
      orderBy: { createdAt: 'desc' },
      select: { id: true },
    })
    await tx.run.updateMany({
      where: { ...own, state: FOLLOWING, ...(last && { id: { not: last.id } }) },
      data: { state: 'partial', phase: CUT_SHORT, endedAt: begun },
    })
    const run = last
      ? await tx.run.update({ where: { id: last.id }, data, select: { id: true } })
      : await tx.run.create({ data: { ...own, ...data, startedAt: begun }, select: { id: true } })
    return run.id
  })
  // An attempt that was killed may have left something.
  await dropStaged(runId, { looks: false })
  return runId
}

export type BroughtIn = { observations: number; changes: Changes }

/** @param error what went wrong, for people: what was sent waits to be brought in by the next attempt */
export async function endReceiving(
  runId: string,
  { observations, changes }: BroughtIn,
  error?: string,
): Promise<void> {
  const run = await db.run.findUnique({ where: { id: runId }, select: { changes: true } })
  if (!run) return
  await db.run.updateMany({
    where: { id: runId, state: FOLLOWING },
    data: {
      state: error === undefined ? await outcomeOf(runId) : 'failed',
      phase: error === undefined ? 'Brought in what the source sent' : 'Failed',
      endedAt: new Date(),
      observations: { increment: observations },
      changes: addChanges(run.changes as unknown as Changes, changes),
      error: error ?? null,
    },
  })
  if (error !== undefined) await dropStaged(runId, { looks: false })
}
