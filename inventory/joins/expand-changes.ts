// From what changed to the links that may now lead elsewhere: its neighbours, and nothing else.
import type { Tx } from '@/prisma/client'

/** So many changed keys of a type are compared with each pattern; beyond, every pattern of the type is joined anew. */
const COMPARED_MAX = 500

type Change = { id: bigint; scopeId: string; at: Date; authorities: string[]; links: string[] }

/** Turns the oldest change into links that wait. Returns false when there was none. */
export async function expandChange(tx: Tx): Promise<boolean> {
  const [change] = await tx.$queryRaw<Change[]>`
    DELETE FROM join_change WHERE id = (SELECT min(id) FROM join_change)
    RETURNING id, scope_id AS "scopeId", at, coalesce(authorities, '{}') AS authorities, coalesce(links, '{}') AS links`
  if (!change) return false
  await namedOrSaid(tx, change)
  await fitting(tx, change)
  await dependingOn(tx, change)
  return true
}

/**
 * Links that changed themselves, and those that name a changed key exactly. Each key is looked up by itself: what the
 * planner does not know yet about rows just written must not make it compare every key with every link.
 */
const namedOrSaid = (tx: Tx, { scopeId, at, links }: Change) => tx.$executeRaw`
  INSERT INTO join_todo (link_id)
  SELECT id FROM join_link WHERE scope_id = ${scopeId}::uuid AND changed_at = ${at}::timestamptz
  UNION SELECT id FROM join_link WHERE id = ANY(${links}::uuid[])
  UNION SELECT l.id FROM join_key k CROSS JOIN LATERAL (
      SELECT id FROM join_link WHERE match = 'exact' AND to_type = k.type AND value = k.value AND sample = k.sample OFFSET 0
    ) l WHERE k.scope_id = ${scopeId}::uuid AND k.changed_at = ${at}::timestamptz
  ON CONFLICT DO NOTHING`

/** Patterns that a changed key fits. */
const fitting = (tx: Tx, { scopeId, at }: Change) => tx.$executeRaw`
  WITH touched AS (
    SELECT type, sample, count(*) > ${COMPARED_MAX}::int AS many FROM (
      SELECT type, sample, row_number() OVER (PARTITION BY type) FROM join_key
      WHERE scope_id = ${scopeId}::uuid AND changed_at = ${at}::timestamptz
    ) k WHERE row_number <= ${COMPARED_MAX + 1}::int GROUP BY type, sample
  )
  INSERT INTO join_todo (link_id)
  SELECT l.id FROM touched t JOIN join_link l ON l.match = 'pattern' AND l.to_type = t.type AND l.sample = t.sample
  WHERE t.many OR EXISTS (
    SELECT 1 FROM join_key k WHERE k.scope_id = ${scopeId}::uuid AND k.changed_at = ${at}::timestamptz
      AND k.type = l.to_type AND k.value LIKE l.like_value)
  ON CONFLICT DO NOTHING`

/** Links whose answer rests on how completely the scope was read. One that names a thing exactly and found it does not. */
const dependingOn = (tx: Tx, { authorities }: Change) => tx.$executeRaw`
  INSERT INTO join_todo (link_id)
  SELECT l.id FROM join_link l WHERE l.authority = ANY(${authorities}::text[])
    AND (l.match = 'pattern' OR EXISTS (SELECT 1 FROM edge e WHERE e.link_id = l.id AND e.state <> 'matched'))
  ON CONFLICT DO NOTHING`
