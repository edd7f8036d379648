// What changed in the last seven days, each count up to a bound.
import { currentMoment, reader } from '@/inventory/moment/at-moment'
import { PROJECTIONS } from '@/inventory/projections'
import { Prisma } from '@/prisma/generated/client'
import { boundedCount } from './bounded-count'
import { COUNT_MAX } from './sql'
import type { Instant } from '@/core/fact'
import type { BoundedCount, WeekCounts } from './types'

export const WEEK_MS = 7 * 24 * 60 * 60_000

type Seen = {
  scopes: Prisma.Sql
  ownIdentity: Prisma.Sql
  ownCredential: Prisma.Sql
  ownHistory: Prisma.Sql
}

/** What the first look at a scope brought is not new, only new to us. */
const isNew = (alias: 'i' | 'c') => Prisma.raw(`${alias}.first_seen_at > s.first_seen_at`)

/** Versions looked at of each kind: beyond that the count is a lower bound. */
const ENDED_MAX = 20_000

/** Versions that ended since then because another one followed: of what says something else, or of what belongs to it and is gone. */
function changedSince(
  kind: 'identity' | 'credential' | 'grant' | 'trust' | 'owner-hint',
  since: Prisma.Sql,
): Prisma.Sql {
  const raw = Prisma.raw
  const { table } = PROJECTIONS[kind]
  const moment = currentMoment()
  // What ended later than the moment asked about had not ended then.
  const known = moment
    ? Prisma.sql`AND p.known_to <= ${moment.known}::timestamptz AND p.valid_to <= ${moment.valid}::timestamptz`
    : Prisma.empty
  return Prisma.sql`(
    SELECT ${raw(kind === 'identity' ? 'p.id' : 'p.identity_id')} AS identity_id, p.scope_id
    FROM ${raw(`past.${table}`)} p
    JOIN ${raw(`version.${table}`)} n ON n.id = p.id AND n.known_from = p.known_to AND n.valid_from = p.valid_to
    WHERE greatest(p.known_to, p.valid_to) >= ${since} AND p.valid_to >= ${since} ${known}
      AND ${raw(kind === 'identity' ? 'n.retired_at IS NULL' : 'TRUE')}
      AND (n.retired_at IS NOT NULL OR p.retired_at IS NOT NULL OR public.doc_difference(p.doc, n.doc) IS NOT NULL)
    LIMIT ${ENDED_MAX}::int)`
}

async function changedIdentities({ scopes, ownHistory }: Seen, since: Prisma.Sql): Promise<BoundedCount> {
  const kinds = ['identity', 'credential', 'grant', 'trust', 'owner-hint'] as const
  const ended = Prisma.join(
    kinds.map((kind) => changedSince(kind, since)),
    ' UNION ALL ',
  )
  const [row] = await reader.$queryRaw<{ count: number; ended: number }[]>(Prisma.sql`
    WITH h AS MATERIALIZED (${ended})
    SELECT (SELECT count(*)::int FROM h) AS ended, count(*)::int AS count FROM (
      SELECT DISTINCT h.identity_id FROM h JOIN scope s ON s.id = h.scope_id
      WHERE h.identity_id IS NOT NULL AND ${scopes} AND ${ownHistory} LIMIT ${COUNT_MAX + 1}::int
    ) changed`)
  const { count = 0, ended: looked = 0 } = row ?? {}
  return { count: Math.min(count, COUNT_MAX), more: count > COUNT_MAX || looked >= ENDED_MAX }
}

export async function weekOf(seen: Seen, since: Instant): Promise<WeekCounts> {
  const from = Prisma.sql`${since}::timestamptz`
  const { scopes, ownIdentity, ownCredential } = seen
  const identities = Prisma.sql`identity i JOIN scope s ON s.id = i.scope_id`
  const credentials = Prisma.sql`credential c JOIN scope s ON s.id = c.scope_id`
  const [newIdentities, retiredIdentities, changed, newCredentials] = await Promise.all([
    boundedCount(
      identities,
      Prisma.sql`i.first_seen_at >= ${from} AND ${isNew('i')} AND i.retired_at IS NULL AND ${scopes} AND ${ownIdentity}`,
    ),
    boundedCount(identities, Prisma.sql`i.retired_at >= ${from} AND ${scopes} AND ${ownIdentity}`),
    changedIdentities(seen, from),
    boundedCount(
      credentials,
      Prisma.sql`c.first_seen_at >= ${from} AND ${isNew('c')} AND c.retired_at IS NULL AND ${scopes} AND ${ownCredential}`,
    ),
  ])
  return {
    since,
    newIdentities,
    retiredIdentities,
    changedIdentities: changed,
    newCredentials,
  }
}
