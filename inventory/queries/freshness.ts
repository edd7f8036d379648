// When what was seen is out of date: the one place that says how long a look counts, for sources, scopes, verdicts and facts.
import type { Instant } from '@/core/fact'
import type { Stale } from '@/core/list'
import type { Kind } from '@/core/observation'
import { reader, readingNow } from '@/inventory/moment/at-moment'
import { Prisma } from '@/prisma/generated/client'
import { iso } from './sql'

/** A look is out of date after so many intervals. */
const INTERVALS_STALE = 2
const MINUTE_MS = 60_000

/**
 * Joins to `scope s` how often it is meant to be read, as `expected.minutes`: by the connection that reads it most often.
 * One that is held back or no longer lists it counts only where no other reads it: what it saw grows old all the same.
 * An interval of 0 expects nothing; the sample organisation never grows old.
 */
const EXPECTED = Prisma.sql`JOIN LATERAL (
  SELECT coalesce(
    min(c.interval_minutes) FILTER (WHERE cs.gone_at IS NULL AND (c.mode = 'import' OR NOT c.paused)),
    min(c.interval_minutes)) AS minutes
  FROM connection_scope cs JOIN connection c ON c.id = cs.connection_id
  WHERE cs.scope_id = s.id AND c.mode <> 'sample' AND c.interval_minutes > 0
) expected ON expected.minutes > 0`

const overdue = (seenAt: Prisma.Sql, now: Date) => Prisma.sql`
  ${seenAt} < ${iso(now)}::timestamptz - make_interval(mins => ${INTERVALS_STALE}::int * expected.minutes)`

/** Since when something seen then is out of date, if it is. Exactly twice the interval is still in time. */
export function staleSince(seenAt: Instant, minutes: number | undefined, now: Date): Instant | undefined {
  if (!minutes) return undefined
  const until = Date.parse(seenAt) + INTERVALS_STALE * minutes * MINUTE_MS
  return until < now.getTime() ? new Date(until).toISOString() : undefined
}

const staleOf = ({ seenAt, minutes }: { seenAt: Date; minutes: number }, now: Date): Stale => ({
  since: staleSince(iso(seenAt), minutes, now) ?? iso(now),
  seenAt: iso(seenAt),
})

export type OverdueScope = Stale & { scopeId: string; scope: string }

/**
 * Scopes of which the oldest of the newest complete looks is out of date, the oldest first.
 * @param looks condition over `look l` and `scope s`
 */
export async function overdueScopes(
  looks: Prisma.Sql,
  { now = readingNow(), max }: { now?: Date; max?: number } = {},
): Promise<OverdueScope[]> {
  return overdueOf(await reader.$queryRaw<RawOverdue[]>(overdueSql(looks, now, max)), now)
}

export type RawOverdue = { scope: string; scopeId: string; seenAt: Date; minutes: number }
const overdueSql = (looks: Prisma.Sql, now: Date, max?: number): Prisma.Sql => Prisma.sql`
    SELECT s.name AS scope, s.id AS "scopeId", min(l.complete_at) AS "seenAt", expected.minutes
    FROM look l JOIN scope s ON s.id = l.scope_id ${EXPECTED}
    WHERE ${looks} GROUP BY s.id, s.name, expected.minutes
    HAVING ${overdue(Prisma.sql`min(l.complete_at)`, now)}
    ORDER BY min(l.complete_at), s.id ${max ? Prisma.sql`LIMIT ${max}::int` : Prisma.empty}`
/** The same over `seen`, which has the oldest of the newest complete looks (`at`) of each scope already. */
export const overdueSeen = (now: Date, max: number): Prisma.Sql => Prisma.sql`
    SELECT s.name AS scope, s.id AS "scopeId", seen.at AS "seenAt", expected.minutes
    FROM seen JOIN scope s ON s.id = seen.scope_id ${EXPECTED}
    WHERE ${overdue(Prisma.sql`seen.at`, now)} ORDER BY seen.at, s.id LIMIT ${max}::int`
export const overdueOf = (rows: readonly RawOverdue[], now: Date): OverdueScope[] =>
  rows.map((row) => ({ scopeId: row.scopeId, scope: row.scope, ...staleOf(row, now) }))

/** How often `scope s` is meant to be read, in minutes; null where nothing is expected. */
export const EXPECTED_MINUTES = Prisma.sql`(SELECT expected.minutes FROM (SELECT s.id) s ${EXPECTED})`

/** What is looked at to judge a subject: the kinds its facts come from. Chosen by kind of subject, for any rule about it. */
const RESTS_ON: Readonly<Record<string, readonly Kind[]>> = {
  identity: ['identity', 'owner-hint', 'grant', 'entitlement'],
  credential: ['credential', 'identity'],
  secret: ['secret'],
  scope: ['identity'],
}
export const SUBJECT_KINDS = Object.keys(RESTS_ON)

/** Which verdicts rest on looks that are out of date, by scope and kind of subject. */
export type StaleVerdicts = {
  of: (scopeId: string, subjectKind: string) => Stale | undefined
  /** The same as a set for SQL: rows of (scope_id, subject_kind). */
  pairs: Prisma.Sql
}

/** @param scopeIds the scopes asked about; all of them, unless given */
export async function staleVerdicts(
  scopeIds?: readonly string[],
  now = readingNow(),
): Promise<StaleVerdicts> {
  const within = scopeIds ? Prisma.sql`l.scope_id = ANY(${[...new Set(scopeIds)]}::uuid[])` : Prisma.sql`TRUE`
  const rows =
    scopeIds?.length === 0
      ? []
      : await reader.$queryRaw<{ scopeId: string; kind: Kind; seenAt: Date; minutes: number }[]>(Prisma.sql`
        SELECT s.id AS "scopeId", l.kind, min(l.complete_at) AS "seenAt", expected.minutes
        FROM look l JOIN scope s ON s.id = l.scope_id ${EXPECTED}
        WHERE ${within} GROUP BY s.id, l.kind, expected.minutes
        HAVING ${overdue(Prisma.sql`min(l.complete_at)`, now)}
        ORDER BY min(l.complete_at), s.id, l.kind`)
  const stale = new Map<string, Stale>()
  for (const row of rows)
    for (const subject of SUBJECT_KINDS) {
      const key = `${row.scopeId} ${subject}`
      // The oldest comes first.
      if (RESTS_ON[subject]?.includes(row.kind) && !stale.has(key)) stale.set(key, staleOf(row, now))
    }
  const keys = [...stale.keys()].map((key) => key.split(' '))
  return {
    of: (scopeId, subjectKind) => stale.get(`${scopeId} ${subjectKind}`),
    pairs: Prisma.sql`(SELECT * FROM unnest(${keys.map(([scope]) => scope)}::uuid[], ${keys.map(([, kind]) => kind)}::text[]))`,
  }
}
