// Looks that were refused or cut short, single questions that were refused inside complete ones, and scopes nobody looked at.
import type { Instant, Why } from '@/core/fact'
import { BEYOND } from '@/core/upstream'
import { Prisma } from '@/prisma/generated/client'
import { compact, isoOr } from './sql'
import type { Told } from './together'

/** Longest list of what is missing that is said one by one. */
export const MISSING_MAX = 100

export type MissingLook = {
  scopeId: string
  scope: string
  /** The kind, or `part of <stream>` where the look was complete but for some single questions. */
  kind: string
  why: Why
  permission: string
  detail: string
  /** The newest complete look, where there was one. */
  since?: Instant
}
export type RawMissing = Told<
  Omit<MissingLook, 'since'> & { since: Date | null; total: number; beyondTotal: number }
>

/** What a live source never tells, or is not asked by its settings. A file could have held what it does not. */
const BEYOND_LIVE = Prisma.sql`l.why = ANY(${[...BEYOND]}::text[]) AND EXISTS (
  SELECT 1 FROM connection_scope cs JOIN connection c ON c.id = cs.connection_id WHERE cs.scope_id = s.id AND c.mode <> 'import')`

/**
 * @param looks condition over `look l` and `scope s`
 * @param scopes condition over `scope s` alone
 */
export const missingLooks = (looks: Prisma.Sql, scopes: Prisma.Sql): Prisma.Sql => Prisma.sql`
    WITH missing AS (
      SELECT s.id AS "scopeId", s.name AS scope, l.stream, l.kind, coalesce(l.why, 'not-collected') AS why,
        coalesce(l.permission, '') AS permission, coalesce(l.detail, '') AS detail, l.complete_at AS since,
        coalesce(${BEYOND_LIVE}, FALSE) AS beyond
      FROM look l JOIN scope s ON s.id = l.scope_id WHERE l.state <> 'complete' AND ${looks}
      UNION ALL
      SELECT s.id, s.name, l.stream, 'part of ' || l.stream, gap ->> 'why', gap ->> 'permission',
        min(coalesce(gap ->> 'detail', '')), NULL::timestamptz, FALSE
      FROM look l JOIN scope s ON s.id = l.scope_id CROSS JOIN LATERAL jsonb_array_elements(l.gaps) gap
      WHERE l.state = 'complete' AND l.gaps <> '[]'::jsonb AND ${looks}
      GROUP BY s.id, s.name, l.stream, gap ->> 'why', gap ->> 'permission'
      UNION ALL
      SELECT s.id, s.name, '', 'scope', 'not-collected', '', 'nothing of it was looked at so far', NULL::timestamptz, FALSE
      FROM scope s WHERE ${scopes} AND NOT EXISTS (SELECT 1 FROM look l WHERE l.scope_id = s.id)
        AND EXISTS (SELECT 1 FROM connection_scope cs JOIN connection c ON c.id = cs.connection_id
          WHERE cs.scope_id = s.id AND cs.gone_at IS NULL AND c.mode <> 'import')
    )
    SELECT "scopeId", scope, kind, why, permission, detail, since, (count(*) OVER ())::int AS total,
      (count(*) FILTER (WHERE beyond) OVER ())::int AS "beyondTotal"
    FROM missing ORDER BY beyond, scope, stream, kind, permission, "scopeId", why LIMIT ${MISSING_MAX}::int`

export function missingOf(rows: readonly RawMissing[]): {
  rows: MissingLook[]
  total: number
  beyond: number
} {
  return {
    total: rows[0]?.total ?? 0,
    beyond: rows[0]?.beyondTotal ?? 0,
    rows: rows.map(({ total: _, beyondTotal: __, since, ...row }) =>
      compact({ ...row, since: isoOr(since === null ? null : new Date(since)) }),
    ),
  }
}
