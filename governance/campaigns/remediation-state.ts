// How far a removal or reduction is: told by people up to “applied”, and from there by later complete looks alone.
import { Prisma } from '@/prisma/generated/client'

export const REMEDIATION_STATES = [
  'decided',
  'signed',
  'applied',
  'verified-gone',
  'still-there',
  'cannot-verify',
  'dropped',
] as const
export type RemediationState = (typeof REMEDIATION_STATES)[number]

/** Days within which a source is expected to be looked at again, after something was applied. */
const PATIENCE_DAYS = 7
const KIND = Prisma.sql`CASE r.kind WHEN 'remove' THEN 'identity' ELSE 'grant' END`
/** Looks, at the place of the identity, that could tell: over `n` (identity) and `l` (look). */
const TELLING = Prisma.sql`identity n JOIN look l ON l.scope_id = n.scope_id AND l.kind = ${KIND}
  AND (l.stream = n.stream OR r.kind = 'reduce')`

/**
 * Over `r` (remediation). What is gone is gone only where a complete look did not see it, or the source said that it ended;
 * what is there is “still there” only where a complete look after it was applied saw the kind whole. A source that was taken
 * away, a look that fell short, and what names nothing that could be looked for cannot tell.
 */
export const remediationState = (now: Date): Prisma.Sql => Prisma.sql`CASE
  WHEN r.dropped_at IS NOT NULL THEN 'dropped'
  WHEN r.signed_at IS NULL THEN 'decided'
  WHEN r.kind = 'remove' AND EXISTS (SELECT 1 FROM identity n WHERE n.id = r.identity_id AND n.retired_at IS NOT NULL)
    THEN 'verified-gone'
  WHEN r.kind = 'reduce' AND cardinality(r.drops) > 0 AND NOT EXISTS (
    SELECT 1 FROM unnest(r.drops) dropped LEFT JOIN "grant" g ON g.id = dropped::uuid WHERE g.id IS NULL OR g.retired_at IS NULL)
    THEN 'verified-gone'
  WHEN r.applied_at IS NULL THEN 'signed'
  WHEN r.kind = 'reduce' AND cardinality(r.drops) = 0 THEN 'cannot-verify'
  WHEN r.kind = 'remove' AND EXISTS (
    SELECT 1 FROM ${TELLING} WHERE n.id = r.identity_id AND n.retired_at IS NULL AND l.complete_at > r.applied_at) THEN 'still-there'
  WHEN r.kind = 'reduce' AND EXISTS (
    SELECT 1 FROM unnest(r.drops) dropped JOIN "grant" g ON g.id = dropped::uuid
    JOIN look l ON l.scope_id = g.scope_id AND l.stream = g.stream AND l.kind = 'grant'
    WHERE g.retired_at IS NULL AND l.complete_at > r.applied_at) THEN 'still-there'
  WHEN EXISTS (SELECT 1 FROM identity n WHERE n.id = r.identity_id)
    AND NOT EXISTS (SELECT 1 FROM ${TELLING} WHERE n.id = r.identity_id AND l.at > r.applied_at)
    AND r.applied_at > ${now}::timestamptz - make_interval(days => ${PATIENCE_DAYS}::int) THEN 'applied'
  ELSE 'cannot-verify'
END`

/** Why it cannot be told, in words. */
export const REMEDIATION_WHY = Prisma.sql`CASE
  WHEN r.kind = 'reduce' AND cardinality(r.drops) = 0 THEN 'no grant was named that a look could miss'
  WHEN NOT EXISTS (SELECT 1 FROM identity n WHERE n.id = r.identity_id) THEN 'its source is not read any more'
  ELSE coalesce((SELECT 'looked at on ' || to_char(l.at AT TIME ZONE 'UTC', 'YYYY-MM-DD') || ', and not in full: '
      || concat_ws(', ', coalesce(l.why, 'not said why'), l.permission)
    FROM ${TELLING} WHERE n.id = r.identity_id AND l.state <> 'complete' AND l.at > r.applied_at ORDER BY l.at DESC LIMIT 1),
    'not collected since')
END`

/** Since when it is so, over `r` and its `state`: of what was looked at, when it was seen last; of what nobody can tell, since it was applied. */
export const REMEDIATION_SINCE = Prisma.sql`CASE state
  WHEN 'dropped' THEN r.dropped_at
  WHEN 'decided' THEN r.decided_at
  WHEN 'signed' THEN r.signed_at
  WHEN 'applied' THEN r.applied_at
  WHEN 'verified-gone' THEN CASE r.kind
    WHEN 'remove' THEN (SELECT n.retired_at FROM identity n WHERE n.id = r.identity_id)
    ELSE (SELECT max(g.retired_at) FROM unnest(r.drops) dropped JOIN "grant" g ON g.id = dropped::uuid) END
  WHEN 'still-there' THEN (
    SELECT max(l.complete_at) FROM ${TELLING} WHERE n.id = r.identity_id AND l.complete_at > r.applied_at)
  ELSE r.applied_at END`
