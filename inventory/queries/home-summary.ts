// The home page in one answer: counts with honest unknowns, what needs attention, what changed, and what it rests on.
import type { Instant } from '@/core/fact'
import type { FindingRow } from '@/core/list'
import { may, type Actor } from '@/core/permissions'
import { reader, readingNow } from '@/inventory/moment/at-moment'
import { Prisma } from '@/prisma/generated/client'
import { changesSince } from './changes-since'
import { completenessOf } from './completeness-of'
import { hasRealScope, scopesFor } from './counted-scopes'
import { exceptionsInForce, hasExceptions } from './finding-exceptions'
import { findingColumns, findingRows, type RawFinding } from './finding-row'
import { takenCareOf } from './finding-triage'
import { findingCounts, identityCounts, longLived, unjudgedScopes } from './home-counts'
import { homeNews } from './home-news'
import { weekOf, WEEK_MS } from './home-week'
import { scopeIds } from './scope-ids'
import { sourceRows } from './source-row'
import { NEEDS_ATTENTION } from './source-state'
import type { HomeSummary } from './types'
import { mustRead, ofOwned, ownedBy } from './visible'

const WORST_MAX = 5
const ATTENTION_MAX = 10

/** What does no harm as things are, is put off, or stands under an exception, is none of the worst. */
async function worstFindings(
  actor: Actor,
  scopes: Prisma.Sql,
  owned: Prisma.Sql,
  now: Date,
): Promise<FindingRow[]> {
  const excepted = (await hasExceptions())
    ? Prisma.sql`${(await exceptionsInForce()).covers} IS NOT TRUE`
    : Prisma.sql`TRUE`
  const rows = await reader.$queryRaw<RawFinding[]>(Prisma.sql`
    SELECT ${findingColumns(actor)} FROM finding f JOIN scope s ON s.id = f.scope_id
    WHERE f.state = 'open' AND f.verdict = 'fail' AND f.latent IS NULL AND ${scopes} AND ${owned}
      AND ${takenCareOf({ snoozed: ['no'] }, actor)} AND ${excepted}
    ORDER BY f.severity, f.id LIMIT ${WORST_MAX}::int`)
  return findingRows(rows, now)
}

/** Where the sources stand is told to those who may read them. */
async function sourcesOf(actor: Actor, now: Instant): Promise<HomeSummary['sources']> {
  if (!may(actor, 'source:read')) return { total: 0, lookedAt: 0, attention: [], attentionTotal: 0 }
  const since = new Date(Date.parse(now) - WEEK_MS)
  const [rows, [looked]] = await Promise.all([
    sourceRows({}, new Date(now)),
    reader.$queryRaw<{ count: number }[]>(Prisma.sql`
      SELECT count(DISTINCT r.connection_id)::int AS count FROM run r JOIN connection c ON c.id = r.connection_id
      WHERE r.ended_at >= ${since} AND r.state IN ('complete', 'partial')`),
  ])
  const attention = rows
    .filter((row) => NEEDS_ATTENTION.has(row.state))
    .map(({ id, name, state }) => ({ id, name, state }))
  return {
    total: rows.length,
    lookedAt: looked?.count ?? 0,
    attention: attention.slice(0, ATTENTION_MAX),
    attentionTotal: attention.length,
  }
}

async function weekSeen(
  actor: Actor,
  seen: { scopes: Prisma.Sql; owned: Prisma.Sql; ownFinding: Prisma.Sql },
  since: Instant,
): Promise<HomeSummary['week']> {
  const own = (column: string) => ofOwned(actor, column) ?? Prisma.sql`TRUE`
  const asked = {
    scopes: seen.scopes,
    ...{ ownIdentity: own('i.id'), ownCredential: own('c.identity_id'), ownHistory: own('h.identity_id') },
  }
  const [week, news, changes] = await Promise.all([
    weekOf(asked, since),
    homeNews(seen, since),
    changesSince(actor, seen.scopes, since),
  ])
  return { ...week, ...news, changes }
}

/** The sample organisation counts only while there is nothing else, or when it is asked for by its scope. */
export async function homeSummary(
  actor: Actor,
  asked: { scope?: string[]; now?: Instant } = {},
): Promise<HomeSummary> {
  mustRead(actor, 'identity:read')
  const now = asked.now ?? readingNow().toISOString()
  const chosen = await scopeIds(asked.scope)
  const real = await hasRealScope()
  const scopes = await scopesFor(actor, chosen)
  const everything = Prisma.sql`TRUE`
  const owned = ownedBy(actor) ?? everything
  const ofFinding = ofOwned(actor, 'f.identity_id') ?? everything
  const counted = await reader.$queryRaw<{ id: string; sample: boolean }[]>(
    Prisma.sql`SELECT s.id, s.sample FROM scope s WHERE ${scopes}`,
  )
  const since = new Date(Date.parse(now) - WEEK_MS).toISOString()
  const [identities, old, findings, unjudged, sources, week, worst, completeness, connections] =
    await Promise.all([
      identityCounts({ scopes, owned }),
      longLived({ scopes, owned }, now),
      findingCounts({ scopes, owned: ofFinding }),
      unjudgedScopes(scopes),
      sourcesOf(actor, now),
      weekSeen(actor, { scopes, owned, ownFinding: ofFinding }, since),
      worstFindings(actor, scopes, ofFinding, new Date(now)),
      completenessOf(actor, { now, scopeIds: chosen, realOnly: !chosen && real }),
      reader.connection.count(),
    ])
  return {
    empty: connections === 0,
    sample: !chosen && !real && counted.some((scope) => scope.sample),
    ...identities,
    longLived: old,
    findings,
    unjudged,
    sources,
    week,
    worst,
    completeness,
  }
}
