// Joins some links anew: finds what they mean, says how sure that is, and writes the edges that differ.
import type { Tx } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'
import { resolved } from './resolve-links'

/** How many edges were written and taken away. */
export type Rewritten = { written: number; removed: number }

/** Columns of an edge that are compared: one that says the same is left alone. */
const COLUMNS = `link_id, from_row_id, from_kind, from_identity_id, from_scope_id, to_row_id, to_kind, to_identity_id,
  to_scope_id, relation, means, key_type, key_value, match, state, why, reason, broad, lookalike, predecessor_id,
  predecessor_gone_at`
const columnsOf = (alias: string): Prisma.Sql =>
  Prisma.raw(COLUMNS.replace(/\w+/g, (column) => `${alias}.${column}`))
const taken = COLUMNS.replace(/\w+/g, (column) => `${column} = excluded.${column}`)

export async function joinLinks(tx: Tx, ids: string[]): Promise<Rewritten> {
  const [count] = await tx.$queryRaw<{ written: bigint; removed: bigint }[]>`
    WITH ${resolved(ids)}, written AS (
      INSERT INTO edge AS e (id, ${Prisma.raw(COLUMNS)})
      SELECT id, ${Prisma.raw(COLUMNS)} FROM desired
      ON CONFLICT (id) DO UPDATE SET ${Prisma.raw(taken)},
        -- What is named went or came back when its own source says so, not when we noticed.
        valid_from = CASE WHEN e.state = excluded.state THEN e.valid_from ELSE
          coalesce((SELECT coalesce(k.gone_at, k.since) FROM join_key k WHERE k.row_id = excluded.to_row_id
            AND k.type = excluded.key_type AND k.value = excluded.key_value), e.valid_from) END
      WHERE (${columnsOf('e')}) IS DISTINCT FROM (${columnsOf('excluded')})
      RETURNING 1
    ), removed AS (
      DELETE FROM edge WHERE link_id = ANY(${ids}::uuid[]) AND id NOT IN (SELECT id FROM desired) RETURNING 1
    ), forgotten AS (
      DELETE FROM join_link WHERE id = ANY(${ids}::uuid[]) AND gone
    )
    SELECT (SELECT count(*) FROM written) AS written, (SELECT count(*) FROM removed) AS removed`
  return { written: Number(count?.written ?? 0), removed: Number(count?.removed ?? 0) }
}
