// What happened to identities and findings since an instant, as counts with a few names. What a first look brought is no news.
import type { Instant } from '@/core/fact'
import type { PrivilegeClass } from '@/core/subject'
import { reader } from '@/inventory/moment/at-moment'
import { Prisma } from '@/prisma/generated/client'
import { trueAt, type Named } from './changes-since'
import { OURS } from './score-counts'
import { settledScopes } from './settled-scopes'

const NAMED_MAX = 3
const RULES_MAX = 50

export type Became = { count: number; named: Named[] }
export type RuleNews = { ruleId: string; count: number; severity: number }
export type HomeNews = {
  /** Of whom that is known now and was not. */
  administrators: Became
  escalating: Became
  /** Of whom an owner was known, and of whom it is known now that there is none. */
  ownerless: Became
  /** By rule, the worst first. Latent ones are not told. */
  opened: RuleNews[]
  closed: RuleNews[]
}

type Asked = {
  /** Condition over `scope s`. */
  scopes: Prisma.Sql
  /** Conditions that leave what the actor may see: over `posture p`, and over `finding f`. */
  owned: Prisma.Sql
  ownFinding: Prisma.Sql
}

/** Since when it is looked for: what was so when a scope had settled is what it is compared with. */
const sinceOf = (from: Prisma.Sql) => Prisma.sql`greatest(${from}, s.settled_at)`

async function became(
  { scopes, owned }: Asked,
  from: Prisma.Sql,
  is: Prisma.Sql,
  was: Prisma.Sql,
): Promise<Became> {
  const since = sinceOf(from)
  const rows = await reader.$queryRaw<(Named & { of: number })[]>(Prisma.sql`
    SELECT i.id, i.name, (count(*) OVER ())::int AS of
    FROM posture p JOIN identity i ON i.id = p.identity_id JOIN ${settledScopes(scopes, from)} s ON s.id = i.scope_id
    WHERE ${is} AND i.retired_at IS NULL AND i.class = ${OURS} AND ${owned} AND p.valid_from > ${since} AND ${was}
    ORDER BY 2, 1 LIMIT ${NAMED_MAX}::int`)
  return { count: rows[0]?.of ?? 0, named: rows.map(({ id, name }) => ({ id, name })) }
}

function gained(asked: Asked, from: Prisma.Sql, privilege: PrivilegeClass): Promise<Became> {
  const before = Prisma.sql`SELECT 1 FROM version.posture v WHERE v.identity_id = p.identity_id AND ${trueAt('v', sinceOf(from))}`
  return became(
    asked,
    from,
    Prisma.sql`p.privilege_class = ${privilege}`,
    Prisma.sql`NOT EXISTS (${before} AND v.privilege_class = ${privilege})
      AND (i.first_seen_at > s.first_seen_at OR EXISTS (${before}))`,
  )
}

const orphaned = (asked: Asked, from: Prisma.Sql): Promise<Became> =>
  became(
    asked,
    from,
    Prisma.sql`p.owner_state = 'absent'`,
    Prisma.sql`EXISTS (SELECT 1 FROM version.posture v WHERE v.identity_id = p.identity_id
      AND ${trueAt('v', sinceOf(from))} AND v.owner_state = 'known')`,
  )

const byRule = ({ scopes, ownFinding }: Asked, from: Prisma.Sql, at: 'opened_at' | 'resolved_at') =>
  reader.$queryRaw<RuleNews[]>(Prisma.sql`
    SELECT f.rule_id AS "ruleId", count(*)::int AS count, min(f.severity) AS severity
    FROM finding f JOIN ${settledScopes(scopes, from)} s ON s.id = f.scope_id
    WHERE ${isNews(at, from)} AND f.latent IS NULL AND ${ownFinding}
    GROUP BY 1 ORDER BY 3, 2 DESC, 1 LIMIT ${RULES_MAX}::int`)

/** Over `finding f` and a settled `s`: what was opened and stands, or was seen to be over and not only asked no more. */
export const isNews = (at: 'opened_at' | 'resolved_at', from: Prisma.Sql): Prisma.Sql => {
  const state =
    at === 'opened_at'
      ? Prisma.sql`f.state = 'open'`
      : Prisma.sql`f.state = 'resolved' AND f.resolved_why NOT LIKE 'the rule is %'`
  const column = Prisma.raw(`f.${at}`)
  return Prisma.sql`${column} >= ${from} AND ${column} >= s.settled_at AND f.verdict = 'fail' AND ${state}`
}

export async function homeNews(asked: Asked, since: Instant): Promise<HomeNews> {
  const from = Prisma.sql`${since}::timestamptz`
  const [administrators, escalating, ownerless, opened, closed] = await Promise.all([
    gained(asked, from, 'administrator'),
    gained(asked, from, 'escalates'),
    orphaned(asked, from),
    byRule(asked, from, 'opened_at'),
    byRule(asked, from, 'resolved_at'),
  ])
  return { administrators, escalating, ownerless, opened, closed }
}
