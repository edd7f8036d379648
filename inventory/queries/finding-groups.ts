// Findings by rule: how many fail, how many cannot be judged, and how bad it gets.
import type { FindingFilter } from '@/core/list'
import type { Actor } from '@/core/permissions'
import { SEVERITIES } from '@/core/rule'
import { reader } from '@/inventory/moment/at-moment'
import { Prisma } from '@/prisma/generated/client'
import { askedScopes } from './asked-scopes'
import { completenessOf } from './completeness-of'
import { findingWhere } from './finding-where'
import { exceptionsInForce } from './finding-exceptions'
import { staleVerdicts } from './freshness'
import { iso } from './sql'
import type { FindingGroups } from './types'
import { mustRead } from './visible'

type Raw = {
  ruleId: string
  fail: number
  unknown: number
  stale: number
  excepted: number
  worst: number
  newestAt: Date
}

/** Rules are few, so all groups come at once: those that fail before those that only cannot be judged, worst first. */
export async function findingGroups(
  actor: Actor,
  filter: Omit<FindingFilter, 'size'>,
): Promise<FindingGroups> {
  mustRead(actor, 'finding:read')
  const scopes = await askedScopes(filter.scope)
  const [where, { pairs }, { covers }] = await Promise.all([
    findingWhere(actor, filter, scopes),
    staleVerdicts(),
    exceptionsInForce(),
  ])
  const [rows, completeness] = await Promise.all([
    reader.$queryRaw<Raw[]>(Prisma.sql`
      SELECT f.rule_id AS "ruleId", (count(*) FILTER (WHERE f.verdict = 'fail'))::int AS fail,
        (count(*) FILTER (WHERE f.verdict = 'unknown'))::int AS unknown,
        (count(*) FILTER (WHERE f.state = 'open' AND (f.scope_id, f.subject_kind) IN ${pairs}))::int AS stale,
        (count(*) FILTER (WHERE f.state = 'open' AND ${covers}))::int AS excepted,
        coalesce(min(f.severity) FILTER (WHERE f.verdict = 'fail'), min(f.severity)) AS worst,
        max(f.opened_at) AS "newestAt"
      FROM finding f WHERE ${where} GROUP BY f.rule_id
      ORDER BY (count(*) FILTER (WHERE f.verdict = 'fail')) = 0, worst, 2 DESC, 3 DESC, f.rule_id`),
    completenessOf(actor, { scopeIds: scopes.chosen, realOnly: scopes.hidden.length > 0 }),
  ])
  const groups = rows.map((row) => ({
    ...row,
    worst: SEVERITIES[row.worst] ?? 'info',
    newestAt: iso(row.newestAt),
  }))
  return { groups, completeness }
}
