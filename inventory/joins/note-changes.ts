// After a scope was reconciled: what of its keys, links and completeness changed is written down, to be joined afterwards.
import type { Tx } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'
import { changedRows } from './changed-rows'
import { standingOf } from './standing'

type At = { scopeId: string; now: Date; rows: Prisma.Sql }

/**
 * Called inside the transaction that wrote the rows, after all of them and the looks were written. Reads only what that
 * transaction changed. Returns whether a `join-changes` job has to follow.
 * @param rows whether it wrote any row at all; looks it always did
 */
export async function noteJoinChanges(
  tx: Tx,
  { scopeId, rows: wrote = true }: { scopeId: string; rows?: boolean },
): Promise<boolean> {
  // Every look-up from here on goes row by row and by an index, at any size; reconciling hashes whole scopes instead.
  await tx.$executeRaw`SELECT set_config('enable_nestloop', 'on', true)`
  const [clock] = await tx.$queryRaw<{ now: Date }[]>`SELECT knowledge_now() AS now`
  if (!clock) throw new Error('the database has no clock')
  const at = { scopeId, now: clock.now, rows: changedRows(scopeId, clock.now) }
  const counts = wrote
    ? [await bearKeys(tx, at), await dropKeys(tx, at), await sayLinks(tx, at), await dropLinks(tx, at)]
    : []
  const authorities = await changedStanding(tx, at)
  if (!authorities && counts.every((count) => count === 0)) return false
  await tx.$executeRaw`
    INSERT INTO join_change (scope_id, at, authorities, links)
    VALUES (${scopeId}::uuid, ${at.now}::timestamptz, ${authorities ?? []}::text[], '{}')`
  return true
}

/** Keys of rows that are there. One that comes back is borne anew: somebody else may have had it in between. */
const bearKeys = (tx: Tx, { scopeId, now, rows }: At): Promise<number> => tx.$executeRaw`
  INSERT INTO join_key AS k (row_id, type, value, kind, scope_id, sample, identity_id, since, changed_at)
  SELECT DISTINCT c.id, key ->> 'type', key ->> 'value', c.kind, s.id, s.sample, c.identity_id, c.valid_from, ${now}::timestamptz
  FROM (${rows}) c JOIN scope s ON s.id = ${scopeId}::uuid CROSS JOIN LATERAL jsonb_array_elements(c.doc -> 'keys') key
  WHERE c.retired_at IS NULL AND c.doc ? 'keys'
  ON CONFLICT (row_id, type, value) DO UPDATE SET gone_at = NULL, retired = FALSE, identity_id = excluded.identity_id,
    since = CASE WHEN k.gone_at IS NULL THEN k.since ELSE excluded.since END, changed_at = excluded.changed_at
  WHERE k.gone_at IS NOT NULL OR k.identity_id IS DISTINCT FROM excluded.identity_id`

/** Keys of rows that are gone or are called otherwise now. */
const dropKeys = (tx: Tx, { scopeId, now, rows }: At): Promise<number> => tx.$executeRaw`
  UPDATE join_key k SET gone_at = lost.at, retired = lost.retired, changed_at = ${now}::timestamptz
  FROM (
    SELECT held.*, coalesce(c.retired_at, c.valid_from) AS at, c.retired_at IS NOT NULL AS retired
    FROM (${rows}) c CROSS JOIN LATERAL (
      SELECT row_id, type, value FROM join_key
      WHERE row_id = c.id AND gone_at IS NULL AND changed_at < ${now}::timestamptz OFFSET 0
    ) held
    WHERE ${wasNoted('join_key', scopeId, now)} AND (c.retired_at IS NOT NULL OR NOT coalesce(
      c.doc -> 'keys' @> jsonb_build_array(jsonb_build_object('type', held.type, 'value', held.value)), FALSE))
  ) lost WHERE k.row_id = lost.row_id AND k.type = lost.type AND k.value = lost.value`

const LINK_ID = Prisma.sql`rollcall_id(c.id, 'link', jsonb_build_array(link -> 'relation', link -> 'means', link -> 'kind',
  link -> 'to', link -> 'match', link -> 'value')::text)`

/** The id of a link is made from what it says: the same words of the same row are the same link, however the row changes. */
const sayLinks = (tx: Tx, { scopeId, now, rows }: At): Promise<number> => tx.$executeRaw`
  INSERT INTO join_link AS l (id, row_id, kind, scope_id, sample, identity_id, relation, means, to_kind, to_type, match,
    value, literal_prefix, like_value, authority, bound, reason, since, changed_at)
  SELECT DISTINCT ON (1) ${LINK_ID}, c.id, c.kind, s.id, s.sample, c.identity_id, link ->> 'relation', link ->> 'means',
    coalesce(link ->> 'kind', 'identity'), link ->> 'to', link ->> 'match', link ->> 'value',
    pattern_prefix(link ->> 'value'), pattern_like(link ->> 'value'), link ->> 'authority',
    coalesce((link ->> 'bound')::boolean, FALSE), link ->> 'reason', c.valid_from, ${now}::timestamptz
  FROM (${rows}) c JOIN scope s ON s.id = ${scopeId}::uuid CROSS JOIN LATERAL jsonb_array_elements(c.doc -> 'links') link
  WHERE c.retired_at IS NULL AND c.doc ? 'links'
  ORDER BY 1
  ON CONFLICT (id) DO UPDATE SET gone = FALSE, identity_id = excluded.identity_id, authority = excluded.authority,
    bound = excluded.bound, reason = excluded.reason, since = CASE WHEN l.gone THEN excluded.since ELSE l.since END,
    changed_at = excluded.changed_at
  WHERE l.gone OR (l.identity_id, l.authority, l.bound, l.reason)
    IS DISTINCT FROM (excluded.identity_id, excluded.authority, excluded.bound, excluded.reason)`

/** Links of rows that are gone or say so no longer. Their edges go when they are joined anew. */
const dropLinks = (tx: Tx, { scopeId, now, rows }: At): Promise<number> => tx.$executeRaw`
  UPDATE join_link l SET gone = TRUE, changed_at = ${now}::timestamptz
  FROM (
    SELECT held.id FROM (${rows}) c CROSS JOIN LATERAL (
      SELECT id FROM join_link WHERE row_id = c.id AND NOT gone AND changed_at < ${now}::timestamptz OFFSET 0
    ) held
    WHERE ${wasNoted('join_link', scopeId, now)} AND (c.retired_at IS NOT NULL OR c.doc -> 'links' IS NULL OR NOT EXISTS (
      SELECT 1 FROM jsonb_array_elements(c.doc -> 'links') link WHERE ${LINK_ID} = held.id))
  ) lost WHERE l.id = lost.id`

/** False for the first look at a scope, which then costs no question a row. */
const wasNoted = (
  table: 'join_key' | 'join_link',
  scopeId: string,
  now: Date,
): Prisma.Sql => Prisma.sql`EXISTS (
  SELECT 1 FROM ${Prisma.raw(table)} WHERE scope_id = ${scopeId}::uuid AND changed_at < ${now}::timestamptz)`

/** The authorities of the scope, where it became known or unknown in full, or where they are others now; else undefined. */
async function changedStanding(tx: Tx, { scopeId }: At): Promise<string[] | undefined> {
  const [row] = await tx.$queryRaw<{ authorities: string[] }[]>`
    WITH now AS (
      SELECT s.id, coalesce(s.authorities, '{}') AS authorities, ${standingOf(Prisma.sql`s.id`)} AS standing
      FROM scope s WHERE s.id = ${scopeId}::uuid
    ), was AS (SELECT * FROM join_scope WHERE scope_id = ${scopeId}::uuid), written AS (
      INSERT INTO join_scope AS j (scope_id, authorities, standing)
      SELECT * FROM now WHERE cardinality(authorities) > 0 OR EXISTS (SELECT 1 FROM was)
      ON CONFLICT (scope_id) DO UPDATE SET authorities = excluded.authorities, standing = excluded.standing
      WHERE (j.authorities, j.standing) IS DISTINCT FROM (excluded.authorities, excluded.standing)
      RETURNING j.authorities
    )
    SELECT ARRAY(SELECT unnest(w.authorities) UNION SELECT unnest(was.authorities) FROM was) AS authorities FROM written w`
  return row?.authorities
}
