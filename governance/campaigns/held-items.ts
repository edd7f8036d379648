// Items to be decided about, held so that of two people at once the second one sees what the first has done.
import type { Card, ItemState } from '@/core/campaign'
import type { Tx } from '@/prisma/client'

export type HeldItem = {
  id: string
  identityId: string
  name: string
  tier: number
  administrator: boolean
  control: boolean
  interested: { personId: string; why: string }[]
  reviewerId: string | null
  reviewerName: string | null
  hops: number
  state: ItemState
  version: number
  decisionId: string | null
  card: Card
  /** The decision that counts. */
  decision: string | null
  decidedBy: string | null
  decidedById: string | null
  decidedAt: Date | null
  decidedReason: string | null
  /** Who gives the second look that a keep needs, where it needs one. */
  secondId: string | null
  /** Since when the identity is known to be gone. A source that is no longer read tells nothing. */
  goneAt: Date | null
}

/** In the order of their ids, so that two requests never wait for each other. */
export async function holdItems(
  tx: Tx,
  campaignId: string,
  ids: readonly string[],
): Promise<Map<string, HeldItem>> {
  await tx.$queryRaw`
    SELECT 1 FROM campaign_item WHERE campaign_id = ${campaignId}::uuid AND id = ANY(${[...ids]}::uuid[]) ORDER BY id FOR UPDATE`
  return readItems(tx, campaignId, ids)
}

/** The same without holding them: for what is only asked. */
export async function readItems(
  tx: Pick<Tx, '$queryRaw'>,
  campaignId: string,
  ids: readonly string[],
): Promise<Map<string, HeldItem>> {
  const rows = await tx.$queryRaw<HeldItem[]>`
    SELECT i.id, i.identity_id AS "identityId", i.name, i.tier, i.administrator, i.control, i.interested, i.reviewer_id AS "reviewerId",
      r.name AS "reviewerName", i.hops, i.state, i.version, i.decision_id AS "decisionId", i.card, d.decision, d.by_name AS "decidedBy",
      d.by_id AS "decidedById", d.at AS "decidedAt", d.reason AS "decidedReason", l.reviewer_id AS "secondId", n.retired_at AS "goneAt"
    FROM campaign_item i LEFT JOIN person r ON r.id = i.reviewer_id LEFT JOIN decision d ON d.id = i.decision_id
    LEFT JOIN second_look l ON l.item_id = i.id AND l.why = 'administrator' LEFT JOIN identity n ON n.id = i.identity_id
    WHERE i.campaign_id = ${campaignId}::uuid AND i.id = ANY(${[...ids]}::uuid[])`
  return new Map(rows.map((row) => [row.id, row]))
}
