// Where the second of two people decided otherwise than the first, and what was said of it.
import type { Tier } from '@/core/campaign'
import { TIERS } from '@/core/campaign'
import type { Instant } from '@/core/fact'
import type { Actor } from '@/core/permissions'
import { compact, iso, isoOr } from '@/inventory/queries/sql'
import { db } from '@/prisma/client'
import { authorise } from '../authorise'
import { mustFindCampaign } from './campaign-view'
import { personOf } from './reviewer'

const SHOWN_MAX = 200

export type Difference = {
  item: string
  name: string
  tier: Tier
  /** Of what is equivalent to an administrator somebody has to settle it before the close; the sample only tells how often. */
  why: 'administrator' | 'sample'
  first: { decision: string; by: string; reason?: string; at: Instant }
  second: { decision: string; by: string; reason?: string; at: Instant }
  settled?: { as: string; by: string; why: string; at: Instant }
  /** Whether the actor is one of the two, or has something at stake, and so cannot be the one to settle it. */
  involved: boolean
}
type Raw = {
  item: string
  name: string
  tier: number
  why: Difference['why']
  decision: string
  byName: string
  reason: string | null
  at: Date
  answer: string
  secondName: string
  secondReason: string | null
  secondAt: Date
  settledAs: string | null
  settledBy: string | null
  settledWhy: string | null
  settledAt: Date | null
  involved: boolean
}

const viewOf = (raw: Raw): Difference =>
  compact({
    item: raw.item,
    name: raw.name,
    tier: TIERS[raw.tier] ?? 'high',
    why: raw.why,
    first: compact({
      decision: raw.decision,
      by: raw.byName,
      reason: raw.reason ?? undefined,
      at: iso(raw.at),
    }),
    second: compact({
      decision: raw.answer,
      by: raw.secondName,
      reason: raw.secondReason ?? undefined,
      at: iso(raw.secondAt),
    }),
    settled: raw.settledAt
      ? {
          as: raw.settledAs ?? '',
          by: raw.settledBy ?? '',
          why: raw.settledWhy ?? '',
          at: isoOr(raw.settledAt) ?? '',
        }
      : undefined,
    involved: raw.involved,
  })

/**
 * Those that have to be settled first. What the actor has yet to look at themself is not among them.
 * @throws RollcallError `not-found`
 */
export async function differences(
  actor: Actor | null,
  id: string,
): Promise<{ rows: Difference[]; more: boolean }> {
  authorise(actor, 'campaign:read')
  await mustFindCampaign(id)
  const reader = (await personOf(actor))?.id ?? null
  const raw = await db.$queryRaw<Raw[]>`
    SELECT i.id AS item, i.name, i.tier, l.why, d.decision, d.by_name AS "byName", d.reason, d.at, l.answer,
      coalesce(p.name, 'somebody who is gone') AS "secondName", l.reason AS "secondReason", l.at AS "secondAt",
      l.settled_as AS "settledAs", l.settled_by AS "settledBy", l.settled_why AS "settledWhy", l.settled_at AS "settledAt",
      coalesce(${reader}::uuid IN (l.reviewer_id, i.reviewer_id, d.by_id), FALSE)
        OR EXISTS (SELECT 1 FROM jsonb_array_elements(i.interested) one WHERE one ->> 'personId' = ${reader}) AS involved
    FROM second_look l JOIN campaign_item i ON i.id = l.item_id JOIN decision d ON d.id = i.decision_id
      LEFT JOIN person p ON p.id = l.reviewer_id
    WHERE l.campaign_id = ${id}::uuid AND d.decision IN ('keep', 'reduce', 'remove') AND l.answer <> d.decision
      AND NOT EXISTS (SELECT 1 FROM second_look o WHERE o.item_id = i.id AND o.reviewer_id = ${reader}::uuid AND o.answer IS NULL)
    ORDER BY l.why = 'sample', l.settled_at NULLS FIRST, i.tier, i.name, i.id LIMIT ${SHOWN_MAX + 1}::int`
  return { rows: raw.slice(0, SHOWN_MAX).map(viewOf), more: raw.length > SHOWN_MAX }
}
