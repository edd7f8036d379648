// Tells everybody who is asked in a campaign that it has begun: each what they are asked, in a few statements.
import type { Tx } from '@/prisma/client'
import type { Campaign } from '@/prisma/generated/client'
import { Prisma } from '@/prisma/generated/client'
import { notify, notifyEach } from '../../notices/notify'
import { peopleOfDirectory } from '../../notices/recipients'
import { causeTitle } from '@/core/campaign'
import { OPEN, SECOND_OPEN } from './still-asked'

export type Asked = {
  personId: string
  /** What is theirs and not signed off, and of it what is decided. */
  open: number
  decided: number
  high: number
  riskiest: string[]
  second: number
}

export const aboutCampaign = (id: string): string => `campaign:${id}`
export const commonOf = ({ id, name, dueAt }: Pick<Campaign, 'id' | 'name' | 'dueAt'>) => ({
  campaignId: id,
  name,
  dueAt: dueAt.toISOString(),
})

/** Everybody who has yet to finish in a campaign, with what is open. One question, however many items there are. */
export const askedIn = (tx: Pick<Tx, '$queryRaw'>, campaignId: string): Promise<Asked[]> =>
  tx.$queryRaw<Asked[]>(Prisma.sql`
    WITH own AS (
      SELECT i.reviewer_id AS person_id, count(*)::int AS open, count(*) FILTER (WHERE i.state = 'decided')::int AS decided,
        count(*) FILTER (WHERE i.tier = 0)::int AS high
      FROM campaign_item i WHERE i.campaign_id = ${campaignId}::uuid AND i.reviewer_id IS NOT NULL AND ${OPEN} GROUP BY 1
    ), looks AS (
      SELECT l.reviewer_id AS person_id, count(*)::int AS second FROM second_look l JOIN campaign_item o ON o.id = l.item_id
      WHERE l.campaign_id = ${campaignId}::uuid AND l.reviewer_id IS NOT NULL AND ${SECOND_OPEN} GROUP BY 1
    )
    SELECT person_id AS "personId", coalesce(own.open, 0) AS open, coalesce(own.decided, 0) AS decided, coalesce(own.high, 0) AS high,
      coalesce(looks.second, 0) AS second, ARRAY(
        SELECT i.name FROM campaign_item i WHERE i.campaign_id = ${campaignId}::uuid AND i.reviewer_id = person_id
          AND i.state IN ('undecided', 'unclear') ORDER BY i.tier, i.name, i.id LIMIT 3) AS riskiest
    FROM own FULL JOIN looks USING (person_id) ORDER BY 1`)

/** In the transaction that publishes it. */
export async function tellBegin(tx: Tx, campaign: Campaign, now: Date): Promise<void> {
  const asked = await askedIn(tx, campaign.id)
  const people = await peopleOfDirectory(
    tx,
    asked.map(({ personId }) => personId),
  )
  const about = aboutCampaign(campaign.id)
  const common = commonOf(campaign)
  const reached = asked.flatMap((one) => {
    const to = people.get(one.personId)
    return to ? [{ ...one, to }] : []
  })
  const own = reached
    .filter(({ open }) => open > 0)
    .map(({ to, open, riskiest }) => ({ to, once: campaign.id, data: { ...common, items: open, riskiest } }))
  const { cause } = campaign
  if (cause === null) await notifyEach(tx, { kind: 'review.begins', about, each: own }, now)
  else {
    const each = own.map((one) => ({ ...one, data: { ...one.data, cause: causeTitle(cause) } }))
    await notifyEach(tx, { kind: 'review.event', about, each }, now)
  }
  const second = reached
    .filter((one) => one.second > 0)
    .map(({ to, second: items }) => ({ to, once: campaign.id, data: { ...common, items } }))
  await notifyEach(tx, { kind: 'review.second-look', about, each: second }, now)
  if (cause !== null) return
  const unreached = asked.length - reached.length
  const data = { ...common, items: campaign.rows ?? 0, reviewers: asked.length, unreached }
  await notify(tx, { kind: 'campaign.began', about, once: campaign.id, data, to: [] }, now)
}
