// Reads what a scope holds, as it stands between two writers, to tell what a look finds changed from what it does not.
import type { Instant } from '@/core/fact'
import { KINDS, type Kind } from '@/core/observation'
import { PROJECTIONS } from '../projections'
import { HeldRows, type HeldPart } from './held-rows'
import { inTransaction } from './pool'

/** `at` is when it was loaded: what was written before is in it, and nothing that was written after. */
export type Held = { rows: HeldRows; at: Instant }

/** One value a kind and stream, 32 bytes a row: a cursor would cost more than the rows. */
const PARTS = KINDS.map(
  (kind) => `
    SELECT '${kind}' AS kind, stream, string_agg(uuid_send(id) || uuid_send(fingerprint), '') AS rows
    FROM ${PROJECTIONS[kind].table} WHERE scope_id = $1::uuid AND retired_at IS NULL GROUP BY stream`,
).join(' UNION ALL ')

/** Waits until nobody writes the scope: what is being written would be half in it. */
export function loadHeld(scopeId: string): Promise<Held> {
  return inTransaction(async (ask) => {
    await ask('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [scopeId])
    const parts = await ask<HeldPart & { kind: Kind }>(PARTS, [scopeId])
    // Asked last: as long as its transaction lasts, nobody can be told about this instant.
    const [clock] = await ask<{ at: Date }>('SELECT knowledge_now() AS at', [])
    if (!clock) throw new Error('the database has no clock')
    return { rows: new HeldRows(parts), at: clock.at.toISOString() }
  })
}
