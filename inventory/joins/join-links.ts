// Joins some links anew: finds what they mean, says how sure that is, and writes the edges that differ.
import type { Tx } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'
import { resolved } from './resolve-links'

/** How many edges were written and taken away, and the scopes at their ends: who can act as whom may differ there. */
export type Rewritten = { written: number; removed: number; scopes: string[] }

/** Columns of an edge that are compared: one that says the same is left alone. */
const COLUMNS = `link_id, from_row_id, from_kind, from_identity_id, from_scope_id, to_row_id, to_kind, to_identity_id,
  to_scope_id, relation, means, key_type, key_value, match, state, why, reason, broad, lookalike, predecessor_id,
  predecessor_gone_at`
const columnsOf = (alias: string): Prisma.Sql =>
  Prisma.raw(COLUMNS.replace(/\w+/g, (column) => `${alias}.${column}`))
const taken = COLUMNS.replace(/\w+/g, (column) => `${column} = excluded.${column}`)

export async function joinLinks(tx: Tx, ids: string[]): Promise<Rewritten> {
  const [count] = await tx.$queryRaw<{ written: bigint; removed: bigint; scopes: string[] | null }[]>`
    WITH ${resolved(ids)}, written AS (
      INSERT INTO edge AS e (id, ${Prisma.raw(COLUMNS)})
      SELECT id, ${Prisma.raw(COLUMNS)} FROM desired
      ON CONFLICT (id) DO UPDATE SET ${Prisma.raw(taken)},
        -- What is named went or came back when its own source says so, not when we noticed.
        valid_from = CASE WHEN e.state = excluded.state THEN e.valid_from ELSE
          coalesce((SELECT coalesce(k.gone_at, k.since) FROM join_key k WHERE k.row_id = excluded.to_row_id
            AND k.type = excluded.key_type AND k.value = excluded.key_value), e.valid_from) END
      WHERE (${columnsOf('e')}) IS DISTINCT FROM (${columnsOf('excluded')})
      RETURNING from_scope_id, to_scope_id, from_row_id, from_kind
    ), removed AS (
      DELETE FROM edge WHERE link_id = ANY(${ids}::uuid[]) AND id NOT IN (SELECT id FROM desired)
      RETURNING from_scope_id, to_scope_id, from_row_id, from_kind
    ), forgotten AS (
      DELETE FROM join_link WHERE id = ANY(${ids}::uuid[]) AND gone
    )
    , touched AS (SELECT * FROM written UNION ALL SELECT * FROM removed)
    SELECT (SELECT count(*) FROM written) AS written, (SELECT count(*) FROM removed) AS removed,
      (SELECT array_agg(DISTINCT scope_id) FROM (SELECT from_scope_id FROM touched UNION SELECT to_scope_id FROM touched
          -- A document that lets somebody into a scope names both: there it means something else where either does.
          UNION SELECT e.to_scope_id FROM touched t JOIN edge e ON e.from_row_id = t.from_row_id WHERE t.from_kind = 'entitlement'
        ) t (scope_id) WHERE scope_id IS NOT NULL) AS scopes`
  return {
    written: Number(count?.written ?? 0),
    removed: Number(count?.removed ?? 0),
    scopes: count?.scopes ?? [],
  }
}
