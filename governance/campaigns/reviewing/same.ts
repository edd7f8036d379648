// Items of one’s own that are the same in all that is compared, and are still open: what can be decided about together.
import { TIERS, type Card, type Sameness, type Tier } from '@/core/campaign'
import type { Actor } from '@/core/permissions'
import { isUuid } from '@/inventory/queries/sql'
import { db } from '@/prisma/client'
import { keptAlone } from '../risk-tiers'
import { asReviewer } from './as-reviewer'

const SHOWN_MAX = 50
const SAMPLE_MAX = 3

export type Alike = {
  key: string
  count: number
  type: string
  tier: Tier
  names: string[]
}

/** The largest groups first, 50 at most. */
export async function alike(actor: Actor | null, campaignId: string, now = new Date()): Promise<Alike[]> {
  const mine = await asReviewer(actor, now)
  if (!mine || !isUuid(campaignId)) return []
  const rows = await db.$queryRaw<(Omit<Alike, 'tier'> & { tier: number })[]>`
    SELECT i.cluster_key AS key, count(*)::int AS count, min(i.type) AS type, min(i.tier) AS tier,
      (array_agg(i.name ORDER BY i.name, i.id))[1:${SAMPLE_MAX}::int] AS names
    FROM campaign_item i JOIN campaign c ON c.id = i.campaign_id
    WHERE i.campaign_id = ${campaignId}::uuid AND i.reviewer_id = ANY(${mine.places}::uuid[]) AND i.cluster_key IS NOT NULL
      AND i.state IN ('undecided', 'unclear') AND c.state = 'running'
    GROUP BY 1 HAVING count(*) > 1 ORDER BY 2 DESC, 1 LIMIT ${SHOWN_MAX}::int`
  return rows.map(({ tier, ...row }) => ({ ...row, tier: TIERS[tier] ?? 'high' }))
}

export type AlikeItem = {
  id: string
  name: string
  scope: string
  version: number
  tier: Tier
  /** Why it is not kept together with others; unset where it can be. */
  alone?: string
}
export type AlikeView = { sameness: Sameness; items: AlikeItem[]; count: number }

/** So many are decided about in one request at most. */
const TOGETHER_MAX = 200

/** The open ones of a group, by name; undefined where there is none left. */
export async function alikeItems(
  actor: Actor | null,
  campaignId: string,
  key: string,
  now = new Date(),
): Promise<AlikeView | undefined> {
  const mine = await asReviewer(actor, now)
  if (!mine || !isUuid(campaignId)) return undefined
  const rows = await db.$queryRaw<
    { id: string; name: string; scope: string; version: number; tier: number; card: Card; count: number }[]
  >`
    SELECT i.id, i.name, i.scope_name AS scope, i.version, i.tier, jsonb_build_object('risk', i.card -> 'risk', 'sameness', i.card -> 'sameness') AS card,
      count(*) OVER ()::int AS count
    FROM campaign_item i JOIN campaign c ON c.id = i.campaign_id
    WHERE i.campaign_id = ${campaignId}::uuid AND i.reviewer_id = ANY(${mine.places}::uuid[]) AND i.cluster_key = ${key}
      AND i.state IN ('undecided', 'unclear') AND c.state = 'running'
    ORDER BY i.name, i.id LIMIT ${TOGETHER_MAX}::int`
  const [first] = rows
  if (first?.card.sameness.state !== 'known') return undefined
  return {
    sameness: first.card.sameness.value,
    count: first.count,
    items: rows.map(({ card, tier, count: _, ...row }) => {
      const alone = keptAlone(card.risk)
      return { ...row, tier: TIERS[tier] ?? 'high', ...(alone !== undefined && { alone }) }
    }),
  }
}
