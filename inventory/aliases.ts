// Some sources know an identity only by an alias (an ARN, a name). Once its unique id is known the two are one.
import type { Kind } from '@/core/observation'
import { Prisma } from '@/prisma/generated/client'
import type { Tx } from '@/prisma/client'
import { PROJECTIONS } from './projections'
import type { LookAt } from './reconcile'

// Aliases are unnested and hashed: asking `aliases @> ARRAY[id]` row by row is quadratic in the size of a scope.
const withIdentity = Object.entries(PROJECTIONS).flatMap(([kind, p]) =>
  p.identityRef ? [{ kind: kind as Kind, table: p.table, ref: p.identityRef }] : [],
)

/** Staged identities named only by an alias of one already held: their rows point to the one that is held. */
export async function adoptAliases(tx: Tx, { scopeId, staged, survey }: LookAt): Promise<void> {
  if (!survey.identity.held || !survey.identity.whole) return
  await tx.$executeRaw`
    CREATE TEMP TABLE IF NOT EXISTS adopted (alias text PRIMARY KEY, native_id text NOT NULL) ON COMMIT DELETE ROWS`
  await tx.$executeRaw`DELETE FROM adopted`
  const found = await tx.$executeRaw`
    INSERT INTO adopted
    SELECT s.native_id, min(i.native_id) FROM ${staged} s
    JOIN (
      SELECT native_id, unnest(aliases) AS alias FROM identity WHERE scope_id = ${scopeId}::uuid AND retired_at IS NULL
    ) i ON i.alias = s.native_id AND i.native_id <> s.native_id
    WHERE s.kind = 'identity' AND s.doc IS NOT NULL
    GROUP BY s.native_id`
  if (!found) return
  await tx.$executeRaw`DELETE FROM ${staged} s USING adopted a WHERE s.kind = 'identity' AND s.native_id = a.alias`
  for (const { kind, ref } of withIdentity) {
    const path = kind === 'credential' ? '{identity,value}' : '{identity}'
    await tx.$executeRaw`
      UPDATE ${staged} s SET doc = jsonb_set(s.doc, ${path}::text[], to_jsonb(a.native_id))
      FROM adopted a WHERE s.kind = ${kind} AND s.doc IS NOT NULL AND ${Prisma.raw(ref)} = a.alias`
  }
}

/** Held identities that were named by an alias until a newer look brought their unique id: rows move over, the name retires. */
export async function mergeAliases(tx: Tx, { runId, scopeId, observedAt, stamp }: LookAt): Promise<void> {
  const merged = await tx.$queryRaw<{ weak: string; strong: string; strongRef: string }[]>`
    UPDATE identity w SET retired_at = ${observedAt}::timestamptz, retired_run_id = ${runId}::uuid, valid_from = ${observedAt}::timestamptz
    FROM (
      SELECT id, native_id, unnest(aliases) AS alias FROM identity
      WHERE scope_id = ${scopeId}::uuid AND retired_at IS NULL AND known_from = ${stamp}::timestamptz
    ) i
    WHERE w.scope_id = ${scopeId}::uuid AND w.retired_at IS NULL AND w.native_id = i.alias AND w.id <> i.id
    RETURNING w.id AS weak, i.id AS strong, i.native_id AS "strongRef"`
  if (!merged.length) return
  for (const { table } of withIdentity) {
    await tx.$executeRaw`
      UPDATE ${Prisma.raw(table)} c SET identity_id = m.strong, identity_ref = m.strong_ref, valid_from = ${observedAt}::timestamptz
      FROM unnest(${merged.map((m) => m.weak)}::uuid[], ${merged.map((m) => m.strong)}::uuid[], ${merged.map((m) => m.strongRef)}::text[])
        AS m (weak, strong, strong_ref)
      WHERE c.identity_id = m.weak`
  }
}
