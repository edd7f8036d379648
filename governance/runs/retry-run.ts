// Runs the connection of a finished run again.
import { z } from 'zod'
import { ensure } from '@/core/errors'
import { command } from '../command'
import { isUnderWay } from './run-state'
import { startRun } from './start-run'

export const retryRun = command({
  name: 'run.retry',
  permission: 'source:sync',
  input: z.strictObject({ runId: z.uuid() }),
  async run({ actor, input, tx }) {
    const run = await tx.run.findUnique({ where: { id: input.runId } })
    ensure(run, 'not-found', 'There is no such run, or no longer.')
    if (isUnderWay(run.state)) return { runId: run.id, alreadyUnderWay: true }
    return startRun(tx, run.connectionId, { trigger: 'retry', requestedBy: actor.name })
  },
  activity: (input, { runId, alreadyUnderWay }) => ({
    object: `run:${input.runId}`,
    detail: { runId, alreadyUnderWay },
  }),
})
