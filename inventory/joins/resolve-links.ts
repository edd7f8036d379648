// What links mean, as SQL: a function of the keys, links and looks that are held, whatever happened in which order.
import { Prisma } from '@/prisma/generated/client'

/** A link that means more things than this gets one edge that says so. */
export const TARGETS_MAX = 1000

/**
 * Common table expressions that end in `desired`: every edge the links should have.
 * matched: somebody bears the name; dangling: nobody does, and whoever would know was seen whole; else unknown.
 */
export const resolved = (linkIds: readonly string[]): Prisma.Sql => Prisma.sql`
  batch AS MATERIALIZED (SELECT * FROM join_link WHERE id = ANY(${linkIds}::uuid[]) AND NOT gone),
  ${BEARERS}, ${COUNTED}, ${STANDING},
  desired AS (
    ${matched} UNION ALL ${many} UNION ALL ${unmatched}
  )`

/** Who bears the name now, up to one more than is held. A thing never means itself. */
const found = (fits: Prisma.Sql): Prisma.Sql => Prisma.sql`
  SELECT l.id AS link_id, k.* FROM batch l CROSS JOIN LATERAL (
    SELECT k.row_id, k.kind, k.identity_id, k.scope_id, k.type, k.value, k.since FROM join_key k
    WHERE k.type = l.to_type AND ${fits} AND k.kind = l.to_kind AND k.sample = l.sample AND k.gone_at IS NULL
      AND k.row_id <> l.row_id
    LIMIT ${TARGETS_MAX + 1}::int
  ) k`

/** Upper end of the texts that begin with the prefix, in the order of bytes. */
const PREFIX_END = Prisma.sql`l.literal_prefix || repeat(chr(1114111), 4)`
const BEARERS = Prisma.sql`bearer AS MATERIALIZED (
  ${found(Prisma.sql`l.match = 'exact' AND k.value = l.value`)}
  UNION ALL
  ${found(Prisma.sql`l.match = 'pattern' AND k.value ~>=~ l.literal_prefix AND k.value ~<=~ (${PREFIX_END})
    AND k.value LIKE l.like_value`)}
)`
const COUNTED = Prisma.sql`counted AS MATERIALIZED (
  SELECT link_id, count(*) AS names FROM bearer GROUP BY link_id
)`

/** What stands between the links of a batch and "not there": null where whoever would know was seen whole. */
const STANDING = Prisma.sql`standing AS MATERIALIZED (
  SELECT q.*, CASE
      WHEN q.authority IS NULL THEN 'It is not known which source would know of it.'
      WHEN s.scopes IS NULL THEN 'No connected source speaks for ' || q.authority || '.'
      ELSE s.lacks END AS lacks, s.scopes
  FROM (SELECT DISTINCT authority, to_kind, to_type, sample FROM batch) q LEFT JOIN LATERAL (
    SELECT string_agg(s.name, ', ' ORDER BY s.name, s.id) AS scopes,
      (array_agg(CASE WHEN look.kinds = 0 THEN s.name || ' was not looked at for it so far.'
        ELSE s.name || ' was read only in part (' || look.refusal || ').' END ORDER BY s.name, s.id)
        FILTER (WHERE look.kinds = 0 OR look.refusal IS NOT NULL))[1] AS lacks
    FROM scope s CROSS JOIN LATERAL (
      SELECT count(*) AS kinds, (array_agg(concat_ws(': ', coalesce(k.permission, k.stream), k.why) ORDER BY k.stream)
        FILTER (WHERE k.state <> 'complete'))[1] AS refusal
      FROM look k WHERE k.scope_id = s.id AND k.kind = q.to_kind AND (k.bears @> '{*}' OR q.to_type = ANY(k.bears))
    ) look WHERE q.authority = ANY(s.authorities) AND s.sample = q.sample
  ) s ON TRUE
)`
const STANDS = Prisma.sql`JOIN standing st ON st.authority IS NOT DISTINCT FROM l.authority AND st.to_kind = l.to_kind
  AND st.to_type = l.to_type AND st.sample = l.sample`

/** The columns of an edge, in their order. */
const edge = (to: {
  row: Prisma.Sql
  identity: Prisma.Sql
  scope: Prisma.Sql
  state: Prisma.Sql
  why: Prisma.Sql
  rest: Prisma.Sql
}): Prisma.Sql => Prisma.sql`
  SELECT rollcall_id(l.id, 'edge', coalesce(${to.row}::text, '')) AS id, l.id AS link_id, l.row_id AS from_row_id,
    l.kind AS from_kind, l.identity_id AS from_identity_id, l.scope_id AS from_scope_id, ${to.row} AS to_row_id,
    l.to_kind, ${to.identity} AS to_identity_id, ${to.scope} AS to_scope_id, l.relation, l.means, l.to_type AS key_type,
    l.value AS key_value, l.match, ${to.state} AS state, ${to.why} AS why, l.reason, ${to.rest}`

const NONE = Prisma.sql`NULL::uuid`
const alone = (broad: boolean): Prisma.Sql => Prisma.sql`${broad}::boolean AS broad, FALSE AS lookalike,
  NULL::uuid AS predecessor_id, NULL::timestamptz AS predecessor_gone_at`

/** Who bore the name when the link was made, and is gone. What is bound by id means its bearer alone. */
const PREDECESSOR = Prisma.sql`LEFT JOIN LATERAL (
  SELECT p.row_id, p.gone_at FROM join_key p
  WHERE NOT l.bound AND l.match = 'exact' AND p.type = b.type AND p.value = b.value AND p.scope_id = b.scope_id
    AND p.kind = b.kind AND p.row_id <> b.row_id AND p.gone_at IS NOT NULL
    AND p.since < b.since AND l.since < b.since AND l.since < p.gone_at
    -- One that was known by this name alone, until its own id was seen, is no other.
    AND NOT EXISTS (SELECT 1 FROM identity weak JOIN identity strong ON strong.id = b.row_id
      WHERE weak.id = p.row_id AND weak.native_id = ANY(strong.aliases))
  ORDER BY p.gone_at DESC, p.since DESC, p.row_id LIMIT 1
) p ON TRUE`

const matched = Prisma.sql`
  ${edge({
    row: Prisma.sql`b.row_id`,
    identity: Prisma.sql`b.identity_id`,
    scope: Prisma.sql`b.scope_id`,
    state: Prisma.sql`'matched'`,
    why: Prisma.sql`CASE WHEN l.match = 'pattern' AND l.authority IS NOT NULL AND st.lacks IS NOT NULL
      THEN 'It may mean others as well: ' || st.lacks ELSE '' END`,
    rest: Prisma.sql`FALSE AS broad, p.row_id IS NOT NULL AS lookalike, p.row_id AS predecessor_id,
      p.gone_at AS predecessor_gone_at`,
  })}
  FROM (SELECT DISTINCT ON (link_id, row_id) * FROM bearer ORDER BY link_id, row_id, since DESC, value) b
  JOIN counted c ON c.link_id = b.link_id AND c.names <= ${TARGETS_MAX} JOIN batch l ON l.id = b.link_id ${STANDS} ${PREDECESSOR}`

const many = Prisma.sql`
  ${edge({
    row: NONE,
    identity: NONE,
    scope: NONE,
    state: Prisma.sql`'matched'`,
    why: Prisma.sql`${`It means more than ${TARGETS_MAX.toLocaleString('en')} things, which are not listed one by one.`}::text`,
    rest: alone(true),
  })}
  FROM counted c JOIN batch l ON l.id = c.link_id WHERE c.names > ${TARGETS_MAX}`

const day = (column: string): Prisma.Sql => Prisma.raw(`to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD')`)
/** Nobody bears the name. Whoever bore it last is still told. */
const unmatched = Prisma.sql`
  ${edge({
    row: Prisma.sql`g.row_id`,
    identity: Prisma.sql`g.identity_id`,
    scope: Prisma.sql`g.scope_id`,
    state: Prisma.sql`CASE WHEN st.lacks IS NULL THEN 'dangling' ELSE 'unknown' END`,
    why: Prisma.sql`concat_ws(' ',
      CASE WHEN g.retired THEN 'It is gone since ' || ${day('g.gone_at')} || '.'
        WHEN g.row_id IS NOT NULL THEN 'What was called so has another name since ' || ${day('g.gone_at')} || '.' END,
      coalesce(st.lacks, CASE WHEN g.row_id IS NULL THEN 'There is none, and all of ' || st.scopes || ' was read.' END))`,
    rest: alone(false),
  })}
  FROM batch l ${STANDS} LEFT JOIN LATERAL (
    SELECT k.row_id, k.identity_id, k.scope_id, k.gone_at, k.retired FROM join_key k
    WHERE l.match = 'exact' AND k.type = l.to_type AND k.value = l.value AND k.kind = l.to_kind AND k.sample = l.sample
      AND k.gone_at IS NOT NULL AND k.row_id <> l.row_id
    ORDER BY k.gone_at DESC, k.since DESC, k.row_id LIMIT 1
  ) g ON TRUE
  WHERE NOT EXISTS (SELECT 1 FROM counted c WHERE c.link_id = l.id)`
