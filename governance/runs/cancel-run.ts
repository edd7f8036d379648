// Stops a run: at once when it waits, at its next call when it is being worked on. Nothing of it is applied.
import { z } from 'zod'
import { ensure } from '@/core/errors'
import { command } from '../command'
import { FOLLOWING, isUnderWay, WAITING, type RunState } from './run-state'

export const CANCELLED_PHASE = 'Cancelled. Nothing was changed.'

export const cancelRun = command({
  name: 'run.cancel',
  permission: 'source:sync',
  input: z.strictObject({ runId: z.uuid() }),
  async run({ input: { runId }, tx, now }): Promise<{ runId: string; state: RunState }> {
    await tx.$queryRaw`SELECT id FROM run WHERE id = ${runId}::uuid FOR UPDATE`
    const run = await tx.run.findUnique({ where: { id: runId }, include: { connection: true } })
    ensure(run, 'not-found', 'There is no such run, or no longer.')
    ensure(run.state !== FOLLOWING, 'conflict', 'This run follows its source. Pause the source to end it.')
    ensure(
      isUnderWay(run.state) || run.state === WAITING,
      'conflict',
      `This run is over: it is ${run.state}.`,
    )
    ensure(
      run.connection.mode !== 'import',
      'conflict',
      'An import is discarded, not cancelled, once it has been read.',
    )
    const waiting = run.state === 'queued' || run.state === WAITING
    await tx.run.update({
      where: { id: runId },
      data: {
        cancelRequestedAt: run.cancelRequestedAt ?? now,
        ...(waiting ? { state: 'cancelled', endedAt: now, phase: CANCELLED_PHASE } : { phase: 'Cancelling' }),
      },
    })
    return { runId, state: waiting ? 'cancelled' : 'running' }
  },
  activity: ({ runId }, { state }) => ({ object: `run:${runId}`, detail: { state } }),
})
