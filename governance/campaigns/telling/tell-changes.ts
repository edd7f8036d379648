// Tells people what changes for them while a campaign runs: what they have now, what somebody has signed, that it is over.
import type { Tx } from '@/prisma/client'
import type { Campaign, Person } from '@/prisma/generated/client'
import { Prisma } from '@/prisma/generated/client'
import { dropNotices } from '../../notices/drop-notices'
import { notifyEach } from '../../notices/notify'
import { peopleOfDirectory } from '../../notices/recipients'
import { REVIEW_KINDS } from '../../notices/templates/kinds'
import { aboutCampaign, commonOf } from './tell-begin'
import { OPEN, SECOND_OPEN } from './still-asked'

type Named = Pick<Campaign, 'id' | 'name' | 'dueAt'>
type Handed = { toId: string; items: number; by: string; reason: string }

/** Each new reviewer once, whatever the number of items. */
export async function tellHandedOver(
  tx: Tx,
  campaign: Named,
  handed: readonly Handed[],
  now: Date,
): Promise<void> {
  const people = await peopleOfDirectory(
    tx,
    handed.map(({ toId }) => toId),
  )
  const each = handed.flatMap(({ toId, items, by, reason }) => {
    const to = people.get(toId)
    const once = `${campaign.id} ${now.toISOString()} ${by}`
    return to ? [{ to, once, data: { ...commonOf(campaign), items, by, reason } }] : []
  })
  await notifyEach(tx, { kind: 'review.handed-over', about: aboutCampaign(campaign.id), each }, now)
}

export async function tellSecond(
  tx: Tx,
  campaign: Named,
  toId: string,
  items: number,
  now: Date,
): Promise<void> {
  const to = (await peopleOfDirectory(tx, [toId])).get(toId)
  if (!to || !items) return
  const once = `${campaign.id} ${now.toISOString()}`
  const each = [{ to, once, data: { ...commonOf(campaign), items } }]
  await notifyEach(tx, { kind: 'review.second-look', about: aboutCampaign(campaign.id), each }, now)
}

/** Whoever has nothing left to do hears no more of it. */
export async function stopWhenFinished(
  tx: Tx,
  campaignId: string,
  personId: string,
  now: Date,
): Promise<void> {
  const [row] = await tx.$queryRaw<{ asked: boolean }[]>(Prisma.sql`
    SELECT EXISTS (SELECT 1 FROM campaign_item i WHERE i.campaign_id = ${campaignId}::uuid AND i.reviewer_id = ${personId}::uuid AND ${OPEN})
      OR EXISTS (SELECT 1 FROM second_look l JOIN campaign_item o ON o.id = l.item_id
        WHERE l.campaign_id = ${campaignId}::uuid AND l.reviewer_id = ${personId}::uuid AND ${SECOND_OPEN}) AS asked`)
  const to = row?.asked ? undefined : (await peopleOfDirectory(tx, [personId])).get(personId)
  if (!to) return
  const why = 'They have finished.'
  await dropNotices(tx, { about: aboutCampaign(campaignId), kind: REVIEW_KINDS, to, why }, now)
}

type Signed = { person: Person; signOff: string; items: number }

export async function tellSigned(tx: Tx, campaign: Campaign, signed: Signed, now: Date): Promise<void> {
  await stopWhenFinished(tx, campaign.id, signed.person.id, now)
  if (campaign.managerId === signed.person.id) return
  const to = (await peopleOfDirectory(tx, [campaign.managerId])).get(campaign.managerId)
  if (!to) return
  const left = await tx.campaignItem.count({
    where: { campaignId: campaign.id, state: { in: ['undecided', 'unclear', 'decided'] } },
  })
  const data = { ...commonOf(campaign), by: signed.person.name, items: signed.items, left }
  const each = [{ to, once: signed.signOff, data }]
  await notifyEach(tx, { kind: 'campaign.signed', about: aboutCampaign(campaign.id), each }, now)
}

/** A campaign that is over says nothing more, and opens for nobody. */
export async function tellOver(tx: Tx, campaignId: string, why: string, now: Date): Promise<void> {
  await dropNotices(tx, { about: aboutCampaign(campaignId), why }, now)
  await tx.reviewLink.updateMany({
    where: { campaignId, revokedAt: null },
    data: { revokedAt: now, revokedWhy: why },
  })
}
