// How the rules answered at the end of each of the last days, as it was known then: from the versions of what is counted.
import type { Actor } from '@/core/permissions'
import type { Instant } from '@/core/fact'
import { reader, readingNow } from '@/inventory/moment/at-moment'
import { historyBegins } from '@/inventory/moment/history-begins'
import { Prisma } from '@/prisma/generated/client'
import { scopesFor } from './counted-scopes'
import { iso } from './sql'
import { mustRead } from './visible'

export const TREND_DAYS = 30
const DAY_MS = 24 * 60 * 60_000

export type RulePoint = { ruleId: string; pass: number; fail: number; unknown: number }
/** An instant with the answers of the rules that had been asked by then; those that had not are not among them. */
export type TrendPoint = { at: Instant; rules: RulePoint[] }

/** The last moment of each day (UTC) before the moment read at, and that moment itself. */
export function trendInstants(now: Date, begins?: Instant): Instant[] {
  const midnight = Math.floor(now.getTime() / DAY_MS) * DAY_MS
  const days = Array.from({ length: TREND_DAYS }, (_, day) =>
    iso(new Date(midnight - (TREND_DAYS - 1 - day) * DAY_MS - 1)),
  )
  return [...days.filter((at) => !begins || at >= begins), iso(now)]
}

/**
 * The oldest instant first. Scopes that are no longer there are not counted at any instant, so that what was removed is
 * no improvement. Undefined for readers who see only what they own: what is counted is whole scopes.
 */
export async function ruleTrend(actor: Actor): Promise<TrendPoint[] | undefined> {
  mustRead(actor, 'finding:read')
  if (actor.role === 'owner') return undefined
  const [begins, scopes] = await Promise.all([historyBegins(), scopesFor(actor)])
  const instants = trendInstants(readingNow(), begins)
  const rows = await reader.$queryRaw<(RulePoint & { at: Date })[]>(Prisma.sql`
    SELECT d.at, v.rule_id AS "ruleId", sum(v.pass)::int AS pass, sum(v.fail)::int AS fail, sum(v.unknown)::int AS unknown
    FROM unnest(${instants}::timestamptz[]) d(at)
    JOIN version.tally v ON v.known_from <= d.at AND v.valid_from <= d.at
      AND (v.known_to IS NULL OR v.known_to > d.at OR v.valid_to > d.at)
    JOIN scope s ON s.id = v.scope_id
    WHERE v.off IS NULL AND ${scopes} GROUP BY d.at, v.rule_id ORDER BY d.at, v.rule_id`)
  const points = new Map<Instant, RulePoint[]>(instants.map((at) => [at, []]))
  for (const { at, ...point } of rows) points.get(iso(at))?.push(point)
  return [...points].map(([at, rules]) => ({ at, rules }))
}
