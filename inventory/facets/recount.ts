// Keeps how many identities share the answers lists are narrowed by: as exact as counting, without reading every row.
import { Prisma } from '@/prisma/generated/client'
import type { Tx } from '@/prisma/client'
import { totalFacets } from './totals'

const DIMENSIONS = Prisma.sql`scope_id, type, class, owner_state, owner_name, privilege_class, retired`

/** The dimensions of `identity i` and `posture p`, as a facet holds them. An identity nobody was asked about is unknown. */
const OF_ROW = Prisma.sql`i.scope_id, i.type, i.class, coalesce(p.owner_state, 'unknown') AS owner_state,
  coalesce(p.owner_name, '') AS owner_name, coalesce(p.privilege_class, 'unknown') AS privilege_class,
  i.retired_at IS NOT NULL AS retired`

/**
 * Counts one scope anew and writes what differs. To be called in the transaction that changed its identities, after
 * they were written and while the scope is locked (`lockScope`).
 * @returns how many counts were wrong
 */
export async function recountFacets(tx: Tx, scopeId: string): Promise<number> {
  const gone = await tx.$executeRaw`
    DELETE FROM facet_count f WHERE f.scope_id = ${scopeId}::uuid AND NOT EXISTS (
      SELECT 1 FROM (${counted(scopeId)}) n WHERE (n.type, n.class, n.owner_state, n.owner_name, n.privilege_class, n.retired)
        = (f.type, f.class, f.owner_state, f.owner_name, f.privilege_class, f.retired))`
  const changed = await tx.$executeRaw`
    INSERT INTO facet_count AS f (${DIMENSIONS}, count, valid_from, known_from)
    SELECT n.*, k.at, k.at FROM (${counted(scopeId)}) n, (SELECT knowledge_now() AS at) k
    WHERE NOT EXISTS (SELECT 1 FROM facet_count held WHERE held.scope_id = ${scopeId}::uuid AND held.count = n.count
      AND (n.type, n.class, n.owner_state, n.owner_name, n.privilege_class, n.retired)
        = (held.type, held.class, held.owner_state, held.owner_name, held.privilege_class, held.retired))
    ON CONFLICT (${DIMENSIONS}) DO UPDATE SET count = excluded.count`
  await totalFacets(tx, scopeId)
  return gone + changed
}

const counted = (scopeId: string) => Prisma.sql`
  SELECT ${DIMENSIONS}, count(*)::int AS count FROM (
    SELECT ${OF_ROW} FROM identity i LEFT JOIN posture p ON p.identity_id = i.id WHERE i.scope_id = ${scopeId}::uuid
  ) one GROUP BY ${DIMENSIONS}`

export type FacetAnswers = {
  id: string
  owner_state: string
  owner_name: string | null
  privilege_class: string
}

/**
 * Takes the counts of a scope away while much of it changes bit by bit: who asks meanwhile counts rows, and the past
 * does not keep a count for every bit. `recountFacets` brings them back.
 */
export async function dropFacets(tx: Tx, scopeId: string): Promise<void> {
  await tx.$executeRaw`DELETE FROM facet_count WHERE scope_id = ${scopeId}::uuid`
  await totalFacets(tx, scopeId)
}

/**
 * Counts identities under the answers they are about to get instead of those they have. To be called before their
 * posture is written, in the same transaction, while the scope is locked. Where counts were dropped they stay away.
 */
export async function addFacets(tx: Tx, scopeId: string, answers: readonly FacetAnswers[]): Promise<void> {
  const rows = answers.map(({ id, owner_state, owner_name, privilege_class }) => ({
    id,
    owner_state,
    owner_name,
    privilege_class,
  }))
  await tx.$executeRaw`
    WITH asked AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        AS t (id uuid, owner_state text, owner_name text, privilege_class text)
      WHERE EXISTS (SELECT 1 FROM facet_count WHERE scope_id = ${scopeId}::uuid)
    ), moved AS (
      SELECT ${OF_ROW}, -1 AS n FROM asked a JOIN identity i ON i.id = a.id LEFT JOIN posture p ON p.identity_id = a.id
      UNION ALL
      SELECT ${OF_ROW}, 1 FROM asked p JOIN identity i ON i.id = p.id
    )
    INSERT INTO facet_count AS f (${DIMENSIONS}, count, valid_from, known_from)
    SELECT ${DIMENSIONS}, sum(n)::int, (SELECT knowledge_now()), (SELECT knowledge_now()) FROM moved
    GROUP BY ${DIMENSIONS} HAVING sum(n) <> 0
    ON CONFLICT (${DIMENSIONS}) DO UPDATE SET count = f.count + excluded.count`
  await tx.$executeRaw`DELETE FROM facet_count WHERE scope_id = ${scopeId}::uuid AND count <= 0`
  await totalFacets(tx, scopeId)
}
