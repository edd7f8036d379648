// How many cards there would have been within the last days, by cause: what somebody looks at before they turn it on. Worked out
// from the same changes that open cards, as far back as they are kept.
import { CAUSE_NAMES, CAUSES, type Cause } from '@/core/campaign'
import type { Instant } from '@/core/fact'
import type { Actor } from '@/core/permissions'
import { historyBegins } from '@/inventory/moment/history-begins'
import { db } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'
import { authorise } from '../../authorise'
import { REMEDIATION_SINCE, remediationState } from '../remediation-state'
import { OUTSIDE, rulesAsked } from './cause-rules'
import { FAILS, isChange, trustSeenBefore } from './is-change'

const DAYS = 30
const DAY_MS = 86_400_000
/** Changes of each sort that are looked at. Beyond, it is told that there are more. */
const READ_MAX = 20_000

export type ForeseenCards = {
  days: number
  /** Since when it is known: later than so many days ago where nothing was read before, or is kept no longer. */
  since: Instant
  /** Whether that is less than so many days. */
  short: boolean
  /** Whether there were more changes than were looked at. */
  more: boolean
  /** In the order in which cards are opened. Each identity is counted once for a cause. */
  causes: { cause: Cause; title: string; cards: number; busiestDay: number }[]
  /** Most in one day (UTC), over all causes. */
  busiestDay: number
}

/** What failed when it came to be known, and did not right before. */
const foundSince = (since: Date) => Prisma.sql`
  SELECT m.cause, f.identity_id, f.known_from AS at
  FROM version.finding f JOIN jsonb_to_recordset(${JSON.stringify(rulesAsked(CAUSE_NAMES))}::jsonb) AS m (rule text, cause text) ON m.rule = f.rule_id
    JOIN scope s ON s.id = f.scope_id
  WHERE f.known_from > ${since} AND ${FAILS('f')} AND f.identity_id IS NOT NULL AND ${isChange('f.known_from')}
    AND NOT EXISTS (SELECT 1 FROM version.finding b WHERE b.id = f.id AND b.known_from < f.known_from
      AND (b.known_to IS NULL OR b.known_to >= f.known_from) AND ${FAILS('b')})
  LIMIT ${READ_MAX + 1}::int`

const trustedSince = (since: Date) => Prisma.sql`
  SELECT 'external-trust' AS cause, t.identity_id, t.known_from AS at
  FROM version.trust t JOIN identity i ON i.id = t.identity_id AND i.class IN ('machine', 'unclear') JOIN scope s ON s.id = t.scope_id
  WHERE t.known_from > ${since} AND t.effect = 'allow' AND t.retired_at IS NULL AND t.principal_type = ANY(${[...OUTSIDE]}::text[])
    AND ${isChange('t.known_from')} AND ${trustSeenBefore}
    AND NOT EXISTS (SELECT 1 FROM version.trust b WHERE b.identity_id = t.identity_id AND b.principal_type = t.principal_type
      AND b.principal = t.principal AND b.effect = 'allow' AND b.retired_at IS NULL AND b.known_from < t.known_from
      AND (b.known_to IS NULL OR b.known_to >= t.known_from))
  LIMIT ${READ_MAX + 1}::int`

const stillThereSince = (since: Date, now: Date) => Prisma.sql`
  SELECT 'still-there' AS cause, one.identity_id, one.at FROM (
    SELECT r.identity_id, r.state, ${REMEDIATION_SINCE} AS at
    FROM (SELECT r.*, ${remediationState(now)} AS state FROM remediation r WHERE r.applied_at IS NOT NULL) r
  ) one WHERE one.state = 'still-there' AND one.at > ${since} LIMIT ${READ_MAX + 1}::int`

type Day = { cause: Cause; day: Date; cards: number; read: number }
const byDay = (since: Date, now: Date) =>
  db.$queryRaw<Day[]>(Prisma.sql`
    WITH happened AS (
      (${foundSince(since)}) UNION ALL (${trustedSince(since)}) UNION ALL (${stillThereSince(since, now)})
    ), cards AS (SELECT cause, identity_id, min(at) AS at FROM happened GROUP BY 1, 2)
    SELECT cause, (at AT TIME ZONE 'UTC')::date AS day, count(*)::int AS cards, (SELECT count(*)::int FROM happened) AS read
    FROM cards GROUP BY 1, 2`)

async function knownSince(now: Date): Promise<Date> {
  const wished = new Date(now.getTime() - DAYS * DAY_MS)
  const begins = await historyBegins()
  const [first] = await db.$queryRaw<{ at: Date | null }[]>`SELECT min(known_from) AS at FROM version.scope`
  const bounds = [wished, ...(begins ? [new Date(begins)] : []), first?.at ?? now]
  return new Date(Math.max(...bounds.map((one) => one.getTime())))
}

export async function foreseenCards(actor: Actor | null, now = new Date()): Promise<ForeseenCards> {
  authorise(actor, 'campaign:read')
  const since = await knownSince(now)
  const days = await byDay(since, now)
  const most = (rows: readonly Day[]): number => {
    const sums = new Map<number, number>()
    for (const { day, cards } of rows) sums.set(day.getTime(), (sums.get(day.getTime()) ?? 0) + cards)
    return Math.max(0, ...sums.values())
  }
  const causes = CAUSE_NAMES.map((cause) => {
    const own = days.filter((row) => row.cause === cause)
    const cards = own.reduce((sum, row) => sum + row.cards, 0)
    return { cause, title: CAUSES[cause], cards, busiestDay: most(own) }
  })
  return {
    days: DAYS,
    since: since.toISOString(),
    short: since.getTime() > now.getTime() - DAYS * DAY_MS + DAY_MS,
    more: (days[0]?.read ?? 0) > READ_MAX,
    causes,
    busiestDay: most(days),
  }
}
