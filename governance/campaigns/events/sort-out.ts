// What is to become of what has happened: a card, or why there is none.
import type { Tx } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'
import { remediationState } from '../remediation-state'
import { OPEN } from '../telling/still-asked'
import { exceptedNow } from './excepted'

/** unasked: the rule that told of it is not asked any more, which says nothing about it. */
export type Held = 'holds' | 'over' | 'unasked' | 'unknown'

/**
 * Over `e` (review_event): whether it still is as it was noted. That a look fell short meanwhile, or that its source was taken
 * out of the inventory with all that was held of it, says nothing about it.
 */
export const holdsNow = (now: Date): Prisma.Sql => Prisma.sql`CASE
  WHEN e.finding_id IS NOT NULL THEN coalesce((
    SELECT CASE WHEN f.resolved_why LIKE 'the rule is %' AND f.state <> 'open' THEN 'unasked'
      WHEN f.state <> 'open' OR f.latent IS NOT NULL THEN 'over' WHEN f.verdict = 'fail' THEN 'holds' ELSE 'unknown' END
    FROM finding f WHERE f.id = e.finding_id), 'unknown')
  WHEN e.trust_id IS NOT NULL THEN coalesce((
    SELECT CASE WHEN t.retired_at IS NULL AND t.effect = 'allow' THEN 'holds' ELSE 'over' END FROM trust t WHERE t.id = e.trust_id), 'unknown')
  ELSE coalesce((
    SELECT CASE one.state WHEN 'still-there' THEN 'holds' WHEN 'verified-gone' THEN 'over' ELSE 'unknown' END
    FROM (SELECT ${remediationState(now)} AS state FROM remediation r WHERE r.id = e.remediation_id) one), 'unknown')
END`

export type Sorted = {
  id: string
  identityId: string
  holds: Held
  gone: boolean
  /** Nothing is held of it: its source was taken out. */
  takenOut: boolean
  /** The campaign that asks about it already. */
  askedIn: string | null
  /** The open card of the same cause. */
  itemId: string | null
}

/** The oldest that wait, held for this transaction. What is excepted, or cannot be told any more, goes on waiting. */
export async function oldestWaiting(tx: Tx, cause: string, limit: number, now: Date): Promise<Sorted[]> {
  const excepted = await exceptedNow(now)
  return tx.$queryRaw<Sorted[]>(Prisma.sql`
    WITH held AS (
      SELECT e.* FROM review_event e WHERE e.state = 'waiting' AND e.cause = ${cause}
        AND (${holdsNow(now)} <> 'unknown' OR NOT EXISTS (SELECT 1 FROM identity n WHERE n.id = e.identity_id))
        AND NOT (${excepted} AND ${holdsNow(now)} = 'holds')
      ORDER BY e.noticed_at, e.id LIMIT ${limit}::int FOR UPDATE SKIP LOCKED
    )
    SELECT e.id, e.identity_id AS "identityId", ${holdsNow(now)} AS holds, n.retired_at IS NOT NULL AS gone, n.id IS NULL AS "takenOut", (
        SELECT c.name FROM campaign_item i JOIN campaign c ON c.id = i.campaign_id
        WHERE i.identity_id = e.identity_id AND NOT i.control AND ${OPEN} AND c.kind = 'campaign' AND c.state = 'running' LIMIT 1
      ) AS "askedIn", (
        SELECT i.id FROM campaign_item i WHERE i.identity_id = e.identity_id AND i.cause = e.cause AND ${OPEN}
      ) AS "itemId"
    FROM held e LEFT JOIN identity n ON n.id = e.identity_id ORDER BY e.noticed_at, e.id`)
}

/** Why there is no card; undefined where there has to be one. */
export function whyNone({ holds, gone, takenOut, askedIn }: Sorted): string | undefined {
  if (takenOut) return 'Its source was taken out of the inventory: whether it still is so is not known.'
  if (gone) return 'It is gone.'
  if (holds === 'unasked') return 'The rule that told of it is not asked any more.'
  if (holds === 'over') return 'It was over before anybody could be asked.'
  return askedIn === null ? undefined : `The campaign ${askedIn} asks about it.`
}
