// Which rules cost a score how much: for each rule, whose worst finding is its, and what their worst would be without it.
import { NO_SEVERITY, type ScoreCount } from '@/core/score'
import { reader } from '@/inventory/moment/at-moment'
import { Prisma } from '@/prisma/generated/client'
import { exceptionsInForce, hasExceptions } from './finding-exceptions'
import { OURS, type Scored } from './score-counts'

/** Failing findings looked at, the worst first: beyond that the mildest are left out, and what comes next is unknown. */
const FINDINGS_MAX = 500_000

export type WorstByRule = {
  ruleId: string
  privilege: ScoreCount['privilege']
  worst: number
  /** The worst of other rules; `NO_SEVERITY` for none. The same as `worst` where another rule is as bad. */
  next: number
  /** How many rules are that bad. */
  ties: number
  count: number
}

export async function worstByRule({ scopes, owned }: Scored): Promise<WorstByRule[]> {
  const excepted = (await hasExceptions())
    ? Prisma.sql`${(await exceptionsInForce()).covers} IS NOT TRUE`
    : Prisma.sql`TRUE`
  return reader.$queryRaw<WorstByRule[]>(Prisma.sql`
    WITH failing AS MATERIALIZED (
      SELECT f.identity_id, f.rule_id, f.severity FROM finding f
      WHERE f.state = 'open' AND f.verdict = 'fail' AND f.identity_id IS NOT NULL AND ${excepted}
      ORDER BY f.severity LIMIT ${FINDINGS_MAX}::int
    ), by_rule AS (
      SELECT identity_id, rule_id, min(severity) AS severity FROM failing GROUP BY 1, 2
    ), ranked AS (
      SELECT *, min(severity) OVER it AS worst, lead(severity) OVER (PARTITION BY identity_id ORDER BY severity, rule_id) AS next,
        count(*) OVER (PARTITION BY identity_id, severity) AS ties
      FROM by_rule WINDOW it AS (PARTITION BY identity_id)
    )
    SELECT r.rule_id AS "ruleId", p.privilege_class AS privilege, r.worst,
      CASE WHEN r.ties > 1 THEN r.worst ELSE coalesce(r.next, ${NO_SEVERITY}::int) END AS next, r.ties::int AS ties,
      count(*)::int AS count
    FROM ranked r JOIN identity i ON i.id = r.identity_id JOIN scope s ON s.id = i.scope_id
      JOIN posture p ON p.identity_id = i.id
    WHERE r.severity = r.worst AND i.retired_at IS NULL AND i.class = ${OURS} AND ${scopes}
      AND ${owned ?? Prisma.sql`TRUE`}
    GROUP BY 1, 2, 3, 4, 5`)
}
