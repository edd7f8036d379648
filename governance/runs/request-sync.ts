// Sync now: starts a run, or names the one that is under way.
import { z } from 'zod'
import { command } from '../command'
import { startRun } from './start-run'

export const requestSync = command({
  name: 'run.request',
  permission: 'source:sync',
  input: z.strictObject({ connectionId: z.uuid() }),
  run: ({ actor, input, tx }) =>
    startRun(tx, input.connectionId, { trigger: 'manual', requestedBy: actor.name }),
  activity: ({ connectionId }, { runId, alreadyUnderWay }) => ({
    object: `connection:${connectionId}`,
    detail: { runId, alreadyUnderWay },
  }),
})
