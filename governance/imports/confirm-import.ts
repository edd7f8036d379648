// Applies an import that was read before, exactly as it was shown.
import { z } from 'zod'
import { RollcallError } from '@/core/errors'
import { applyRun, type Applied } from '@/inventory/apply'
import { send } from '@/jobs/queue'
import { command, followed } from '../command'
import { endRun } from '../runs/end-run'
import { holdRun } from '../runs/hold-run'
import { dropImport } from './drop-import'
import { waitingImport } from './waiting-import'

const begin = command({
  name: 'import.confirm',
  permission: 'source:import',
  input: z.strictObject({ runId: z.uuid() }),
  async run({ input: { runId }, tx, now }) {
    await waitingImport(tx, runId)
    await tx.run.update({
      where: { id: runId },
      data: { state: 'running', phase: 'Applying', startedAt: now },
    })
    return { runId }
  },
  activity: ({ runId }) => ({ object: `run:${runId}` }),
})

export const confirmImport = followed(
  begin,
  async ({ begun: { runId } }): Promise<Applied & { runId: string }> => {
    const held = await holdRun(runId, { waitMs: 10_000 }, () => apply(runId))
    if (held.held) return { runId, ...held.value }
    throw new RollcallError('conflict', 'This import is being worked on already.')
  },
)

async function apply(runId: string): Promise<Applied> {
  try {
    const applied = await applyRun({ runId, send: (tx, name, payload) => send(name, payload, tx) })
    await endRun(runId, applied)
    return applied
  } catch (error) {
    const message = error instanceof RollcallError ? error.message : 'Something went wrong inside Rollcall.'
    await dropImport(runId, { state: 'failed', phase: 'Failed', error: `${message} Import the file again.` })
    throw error
  }
}
