// The home page in one answer: counts with honest unknowns, what needs attention, what changed, and what it rests on.
import type { Instant } from '@/core/fact'
import type { FindingRow } from '@/core/list'
import { may, type Actor } from '@/core/permissions'
import { reader, readingNow } from '@/inventory/moment/at-moment'
import { Prisma } from '@/prisma/generated/client'
import { completenessOf } from './completeness-of'
import { countedScopes, hasRealScope } from './counted-scopes'
import { FINDING_COLUMNS, findingRows, type RawFinding } from './finding-row'
import { findingCounts, identityCounts, longLived, unjudgedScopes } from './home-counts'
import { weekOf } from './home-week'
import { scopeIds } from './scope-ids'
import { sourceRows } from './source-row'
import { NEEDS_ATTENTION } from './source-state'
import type { HomeSummary } from './types'
import { mustRead, ofOwned, ownedBy } from './visible'

const WORST_MAX = 5
const ATTENTION_MAX = 10

async function worstFindings(scopes: Prisma.Sql, owned: Prisma.Sql, now: Date): Promise<FindingRow[]> {
  const rows = await reader.$queryRaw<RawFinding[]>(Prisma.sql`
    SELECT ${FINDING_COLUMNS} FROM finding f JOIN scope s ON s.id = f.scope_id
    WHERE f.state = 'open' AND f.verdict = 'fail' AND ${scopes} AND ${owned}
    ORDER BY f.severity, f.id LIMIT ${WORST_MAX}::int`)
  return findingRows(rows, now)
}

/** Where the sources stand is told to those who may read them. */
async function sourcesOf(actor: Actor, now: Instant): Promise<HomeSummary['sources']> {
  if (!may(actor, 'source:read')) return { total: 0, attention: [], attentionTotal: 0 }
  const rows = await sourceRows({}, new Date(now))
  const attention = rows
    .filter((row) => NEEDS_ATTENTION.has(row.state))
    .map(({ id, name, state }) => ({ id, name, state }))
  return {
    total: rows.length,
    attention: attention.slice(0, ATTENTION_MAX),
    attentionTotal: attention.length,
  }
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
  const scopes = chosen ? Prisma.sql`s.id = ANY(${chosen}::uuid[])` : countedScopes(real)
  const everything = Prisma.sql`TRUE`
  const owned = ownedBy(actor) ?? everything
  const ofFinding = ofOwned(actor, 'f.identity_id') ?? everything
  const counted = await reader.$queryRaw<{ id: string; sample: boolean }[]>(
    Prisma.sql`SELECT s.id, s.sample FROM scope s WHERE ${scopes}`,
  )
  const [identities, old, findings, unjudged, sources, week, worst, completeness, connections] =
    await Promise.all([
      identityCounts({ scopes, owned }),
      longLived({ scopes, owned }, now),
      findingCounts({ scopes, owned: ofFinding }),
      unjudgedScopes(scopes),
      sourcesOf(actor, now),
      weekOf(
        {
          scopes,
          ownIdentity: ofOwned(actor, 'i.id') ?? everything,
          ownCredential: ofOwned(actor, 'c.identity_id') ?? everything,
          ownFinding: ofFinding,
          ownHistory: ofOwned(actor, 'h.identity_id') ?? everything,
        },
        now,
      ),
      worstFindings(scopes, ofFinding, new Date(now)),
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
