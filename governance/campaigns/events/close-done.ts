// Closes what was asked about by itself, once all of it is signed off or settled by name: there is nothing left to decide.
import { db } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'
import { recordActivity } from '../../activity/record-activity'
import { openItems } from '../close-campaign'
import { campaignToChange } from '../held-campaign'
import { CAMPAIGNS } from '../population'
import { OPEN } from '../telling/still-asked'
import { tellOver } from '../telling/tell-changes'

const AT_ONCE = 200

export async function closeDone(now: Date): Promise<number> {
  const done = await db.$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT c.id FROM campaign c WHERE c.kind = 'event' AND c.state = 'running'
      AND NOT EXISTS (SELECT 1 FROM campaign_item i WHERE i.campaign_id = c.id AND ${OPEN})
      AND NOT EXISTS (SELECT 1 FROM second_look l WHERE l.campaign_id = c.id AND l.answer IS NULL AND l.settled_at IS NULL)
    ORDER BY c.created_at, c.id LIMIT ${AT_ONCE}::int`)
  let closed = 0
  for (const { id } of done)
    closed += await db.$transaction(async (tx) => {
      const held = await campaignToChange(tx, id)
      const open = await openItems(tx, id)
      if (held.state !== 'running' || Object.values(open).some((count) => count > 0)) return 0
      await tx.campaign.update({
        where: { id },
        data: {
          state: 'closed',
          closedAt: now,
          closedBy: CAMPAIGNS.name,
          changedAt: now,
          version: { increment: 1 },
        },
      })
      await tellOver(tx, id, 'Nothing of it is open any more.', now)
      await recordActivity(tx, CAMPAIGNS, { action: 'review.close-cards', object: `campaign:${id}` }, now)
      return 1
    })
  return closed
}
