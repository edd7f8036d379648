// Has the rules asked again where time alone may have changed an answer, and everywhere after they or the policy changed.
import { send } from '@/jobs/queue'
import { db, type Tx } from '@/prisma/client'

/** So many scopes at a time: those that are left are still due the next time. */
const SCOPES_MAX = 1000

/** Scopes that hold something that has fallen due. Costs what is due, whatever there is besides. */
export async function evaluateDue(now: Date): Promise<string[]> {
  const scopes = await db.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT scope_id AS id FROM subject_state WHERE due_at <= ${now}::timestamptz
    ORDER BY scope_id LIMIT ${SCOPES_MAX}::int`
  for (const { id } of scopes) await send('evaluate-scope', { scopeId: id, runId: null })
  return scopes.map(({ id }) => id)
}

/** To be called in the transaction that changes the policy: no policy counts that nobody asks by. */
export async function evaluateEverything(tx: Tx): Promise<void> {
  const scopes = await tx.scope.findMany({ where: { looks: { some: {} } }, select: { id: true } })
  for (const { id } of scopes) await send('evaluate-scope', { scopeId: id, runId: null }, tx)
}
