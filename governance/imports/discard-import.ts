// Throws an import away that was read and is not wanted.
import { z } from 'zod'
import { command } from '../command'
import { dropImportIn } from './drop-import'
import { waitingImport } from './waiting-import'

export const DISCARDED_PHASE = 'Discarded. Nothing was imported.'

export const discardImport = command({
  name: 'import.discard',
  permission: 'source:import',
  input: z.strictObject({ runId: z.uuid() }),
  timeoutMs: 60_000,
  async run({ input: { runId }, tx, now }) {
    await waitingImport(tx, runId)
    await dropImportIn(tx, runId, { state: 'cancelled', phase: DISCARDED_PHASE, now })
    return { runId }
  },
  activity: ({ runId }) => ({ object: `run:${runId}` }),
})
