// Joins what syncs have changed. Safe to repeat and to cut short: what is not joined yet waits in the database.
import { joinChanges as join } from '@/inventory/joins/join-changes'
import type { JobAt } from './job'
import { send } from './queue'

export async function joinChanges({ signal, stopping }: JobAt): Promise<void> {
  await join({
    signal: AbortSignal.any([signal, stopping]),
    joined: async (tx, scopes) => {
      for (const scopeId of scopes) {
        await send('analyse-scope', { scopeId }, tx, { waitingKey: scopeId })
        // What is joined is told of subjects also where nobody can do more than before.
        await send('evaluate-scope', { scopeId, runId: null }, tx)
      }
    },
  })
}
