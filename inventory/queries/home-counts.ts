// The counts of the home page: each over what the actor may see, each with how many cannot be told.
import { SEVERITIES, type Severity } from '@/core/rule'
import { facetFrom, facetsFit } from '@/inventory/facets/facet-source'
import { reader } from '@/inventory/moment/at-moment'
import { Prisma } from '@/prisma/generated/client'
import { IDENTITY_FROM } from './identity-where'
import type { HomeSummary } from './types'

/** Conditions over `scope s`, and over `posture p` where the actor sees only what is theirs. */
export type Seen = { scopes: Prisma.Sql; owned: Prisma.Sql }

const LONG_LIVED_DAYS = 365
/** Forms that do not renew themselves. */
const STATIC_FORMS = ['static-key', 'password', 'ssh-key']

type Identities = Record<'machine' | 'human' | 'provider' | 'unclear', number> & {
  ownerless: number
  ownerUnknown: number
  administrator: number
  conditional: number
  privilegeUnknown: number
}

/** How many identities a condition leaves; its text is constant. */
const sumOf = (condition: string) => Prisma.raw(`(coalesce(sum(n) FILTER (WHERE ${condition}), 0))::int`)

/** From the kept counts where they say the same as counting. */
export async function identityCounts(
  { scopes, owned }: Seen,
  byRow = false,
): Promise<Pick<HomeSummary, 'identities' | 'ownerless' | 'administrators'>> {
  const kept = !byRow && (await facetsFit())
  const [row] = await reader.$queryRaw<Identities[]>(Prisma.sql`
    WITH seen AS (
      SELECT i.class, i.class IN ('machine', 'unclear') AS ours, coalesce(p.owner_state, 'unknown') AS owner,
        coalesce(p.privilege_class, 'unknown') AS privilege, ${kept ? Prisma.sql`fc.count` : Prisma.sql`1`} AS n
      FROM ${kept ? facetFrom(scopes, owned) : IDENTITY_FROM} JOIN scope s ON s.id = i.scope_id
      WHERE i.retired_at IS NULL AND ${scopes} AND ${owned}
    )
    SELECT ${sumOf("class = 'machine'")} AS machine, ${sumOf("class = 'human'")} AS human,
      ${sumOf("class = 'provider'")} AS provider, ${sumOf("class = 'unclear'")} AS unclear,
      ${sumOf("ours AND owner = 'absent'")} AS ownerless, ${sumOf("ours AND owner = 'unknown'")} AS "ownerUnknown",
      ${sumOf("ours AND privilege = 'administrator'")} AS administrator,
      ${sumOf("ours AND privilege = 'conditional'")} AS conditional,
      ${sumOf("ours AND privilege = 'unknown'")} AS "privilegeUnknown"
    FROM seen`)
  const { machine = 0, human = 0, provider = 0, unclear = 0, ...rest } = row ?? {}
  return {
    identities: {
      total: machine + human + provider + unclear,
      byClass: { machine, human, provider, unclear },
    },
    ownerless: { count: rest.ownerless ?? 0, unknown: rest.ownerUnknown ?? 0 },
    administrators: {
      count: rest.administrator ?? 0,
      conditional: rest.conditional ?? 0,
      unknown: rest.privilegeUnknown ?? 0,
    },
  }
}

/** An age is known only where both answers are: when it was made, and whether it was rotated since. */
export async function longLived({ scopes, owned }: Seen, now: string): Promise<HomeSummary['longLived']> {
  const [row] = await reader.$queryRaw<{ count: number; unknown: number }[]>(Prisma.sql`
    WITH seen AS (
      SELECT c.doc -> 'enabled' ->> 'state' AS "enabledState", c.enabled, coalesce(c.rotated_at, c.created_at) AS made,
        c.doc -> 'rotatedAt' ->> 'state' AS "rotatedState", c.created_at
      FROM credential c JOIN scope s ON s.id = c.scope_id
      LEFT JOIN identity i ON i.id = c.identity_id LEFT JOIN posture p ON p.identity_id = c.identity_id
      WHERE c.retired_at IS NULL AND c.form = ANY(${STATIC_FORMS}::text[])
        AND coalesce(i.class, 'unclear') IN ('machine', 'unclear') AND ${scopes} AND ${owned}
    ), judged AS (
      SELECT CASE
        WHEN enabled IS FALSE THEN 'young'
        WHEN made >= ${now}::timestamptz - make_interval(days => ${LONG_LIVED_DAYS}::int) THEN 'young'
        WHEN made IS NULL OR "rotatedState" = 'unknown' OR "enabledState" = 'unknown' THEN 'unknown'
        ELSE 'old' END AS age
      FROM seen
    )
    SELECT (count(*) FILTER (WHERE age = 'old'))::int AS count, (count(*) FILTER (WHERE age = 'unknown'))::int AS unknown
    FROM judged`)
  return { count: row?.count ?? 0, unknown: row?.unknown ?? 0, days: LONG_LIVED_DAYS }
}

/** @param owned condition over `finding f` */
export async function findingCounts({ scopes, owned }: Seen): Promise<HomeSummary['findings']> {
  const rows = await reader.$queryRaw<{ verdict: string; severity: number; count: number }[]>(Prisma.sql`
    SELECT f.verdict, f.severity, count(*)::int AS count FROM finding f JOIN scope s ON s.id = f.scope_id
    WHERE f.state = 'open' AND ${scopes} AND ${owned} GROUP BY f.verdict, f.severity`)
  const bySeverity: Record<Severity, number> = { critical: 0, high: 0, medium: 0, low: 0, info: 0 }
  let unknown = 0
  for (const { verdict, severity, count } of rows) {
    const word = SEVERITIES[severity]
    if (verdict === 'unknown') unknown += count
    else if (word) bySeverity[word] += count
  }
  return { failing: Object.values(bySeverity).reduce((a, b) => a + b, 0), unknown, bySeverity }
}

/** Scopes that no rule was asked about yet, of those that hold anything. @param scopes condition over `scope s` */
export async function unjudgedScopes(scopes: Prisma.Sql): Promise<HomeSummary['unjudged']> {
  const [row] = await reader.$queryRaw<{ scopes: number; of: number }[]>(Prisma.sql`
    SELECT (count(*) FILTER (WHERE NOT EXISTS (SELECT 1 FROM tally t WHERE t.scope_id = s.id)))::int AS scopes, count(*)::int AS of
    FROM scope s WHERE ${scopes} AND EXISTS (SELECT 1 FROM identity i WHERE i.scope_id = s.id)`)
  return row ?? { scopes: 0, of: 0 }
}
