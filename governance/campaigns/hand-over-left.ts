// Whose reviewer has left goes to somebody who is there: their manager, else the manager of the campaign.
import { db, type Tx } from '@/prisma/client'
import { recordActivity } from '../activity/record-activity'
import { CAMPAIGNS } from './population'
import { handOver } from './reassign'
import { tellHandedOver } from './telling/tell-changes'

/** Items handed over in one transaction: more of them wait for the next minute. */
const ITEMS_MAX = 1000

type Left = {
  campaignId: string
  name: string
  dueAt: Date
  fromId: string
  from: string
  toId: string
  to: string
  ids: string[]
}

async function leftBehind(tx: Tx): Promise<Left[]> {
  return tx.$queryRaw<Left[]>`
    SELECT "campaignId", name, "dueAt", "fromId", "from", "toId", "to", array_agg(id ORDER BY id) AS ids FROM (
      SELECT i.id, c.id AS "campaignId", c.name, c.due_at AS "dueAt", p.id AS "fromId", p.name AS "from", n.id AS "toId", n.name AS "to"
      FROM campaign c JOIN campaign_item i ON i.campaign_id = c.id JOIN person p ON p.id = i.reviewer_id
      LEFT JOIN person m ON m.id = p.manager_id AND m.standing = 'here'
      JOIN person n ON n.id = coalesce(m.id, c.manager_id) AND n.standing = 'here'
      WHERE c.state = 'running' AND p.standing <> 'here' AND i.state IN ('undecided', 'unclear', 'decided')
      ORDER BY c.id, p.id, i.id LIMIT ${ITEMS_MAX}::int
    ) one GROUP BY 1, 2, 3, 4, 5, 6, 7`
}

/** Second looks of whoever left wait for somebody to be named: that they lack one is told, and keeps the campaign open. */
export async function handOverLeft(now: Date): Promise<number> {
  return db.$transaction(
    async (tx) => {
      const left = await leftBehind(tx)
      for (const { campaignId, name, dueAt, ids, toId, to, from } of left) {
        const reason = `${from} has left`
        await handOver(tx, { campaignId, ids, toId, reason, byName: CAMPAIGNS.name, now, published: true })
        const handed = [{ toId, items: ids.length, by: CAMPAIGNS.name, reason }]
        await tellHandedOver(tx, { id: campaignId, name, dueAt }, handed, now)
        const detail = { from, to, items: ids.length }
        await recordActivity(
          tx,
          CAMPAIGNS,
          { action: 'campaign.hand-over', object: `campaign:${campaignId}`, detail },
          now,
        )
      }
      await tx.$executeRaw`
        UPDATE second_look l SET reviewer_id = NULL FROM campaign c, person p
        WHERE c.id = l.campaign_id AND c.state = 'running' AND p.id = l.reviewer_id AND p.standing <> 'here' AND l.answer IS NULL`
      await tx.$executeRaw`
        UPDATE review_link l SET revoked_at = ${now}, revoked_why = 'They have left.' FROM person p, campaign c
        WHERE p.id = l.person_id AND p.standing <> 'here' AND l.revoked_at IS NULL AND c.id = l.campaign_id AND c.state = 'running'`
      return left.reduce((sum, { ids }) => sum + ids.length, 0)
    },
    { timeout: 60_000 },
  )
}
