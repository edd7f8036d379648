// Gives the scopes that were not evaluated one by one what evaluation would have written, in a few statements: there has
// to be something to list and count, and asking every rule about a million identities is measured apart.
import { observedAt } from '@/estate/calendar'
import { recountFacets } from '@/inventory/facets/recount'
import { settledNow } from '@/inventory/moment/settled-now'
import { lockScope } from '@/inventory/scope-lock'
import { db } from '@/prisma/client'
import { secondsOf, spaced, type Step } from '../contract'
import { COUNT_FINDINGS, FINDINGS, HINTS, POSTURE } from './fill-sql'
import { maintain, withServer } from './server'

/** @returns how many identities were not evaluated before */
const fillUp = (now: string): Promise<number> =>
  withServer(async (client) => {
    await client.query('BEGIN')
    await client.query("SET LOCAL work_mem = '128MB'")
    await client.query(
      'CREATE TEMP TABLE todo ON COMMIT DROP AS SELECT id FROM scope WHERE evaluated_at IS NULL',
    )
    await client.query('ANALYZE todo')
    for (const statement of [HINTS, ...FINDINGS, COUNT_FINDINGS])
      await client.query(statement.replaceAll('@now', `'${now}'`))
    await client.query('ANALYZE hint, counted')
    const { rowCount } = await client.query(POSTURE.replaceAll('@now', `'${now}'`))
    await client.query('UPDATE scope SET evaluated_at = $1 WHERE id IN (SELECT id FROM todo)', [now])
    await client.query('COMMIT')
    return rowCount ?? 0
  })

export const fill: Step = async () => {
  const began = performance.now()
  const filled = await fillUp(observedAt(0))
  for (const { id } of await db.scope.findMany({ select: { id: true } }))
    await db.$transaction(
      async (tx) => {
        await lockScope(tx, id)
        await recountFacets(tx, id)
      },
      { timeout: 120_000 },
    )
  await maintain('public')
  const seconds = (performance.now() - began) / 1000
  const measured = `${spaced(filled)} identities, ${secondsOf(seconds)}`
  const name = 'Not evaluated one by one, but filled in for what follows'
  return {
    figures: [{ group: 'Sync', name, measured, verdict: 'told' }],
    facts: { 'moment:filled': await settledNow() },
  }
}
