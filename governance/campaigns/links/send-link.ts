// Sends somebody a new link to what they are asked: because whoever manages the campaign wants it, or because the one they had
// is used up.
import { z } from 'zod'
import { RollcallError } from '@/core/errors'
import { db, type Tx } from '@/prisma/client'
import { command } from '../../command'
import { notifyEach } from '../../notices/notify'
import { peopleOfDirectory } from '../../notices/recipients'
import { runningCampaign } from '../held-campaign'
import { personHere } from '../reviewer'
import { stillAsked } from '../telling/still-asked'
import { aboutCampaign, commonOf } from '../telling/tell-begin'
import type { Campaign } from '@/prisma/generated/client'
import { mayTry } from './attempts'
import type { Trying } from './open-link'
import { hashOf, isSigned } from './token'

/** One person asks for no more than one within that time. */
const AGAIN_MS = 10 * 60_000

async function tell(tx: Tx, campaign: Campaign, personId: string, once: string, now: Date): Promise<boolean> {
  const to = (await peopleOfDirectory(tx, [personId])).get(personId)
  if (!to) return false
  const asked = await stillAsked(campaign.id, {
    userId: to.userId ?? null,
    email: to.email,
    personId,
  })
  if (!asked) return false
  const each = [{ to, once: `${campaign.id} ${once}`, data: commonOf(campaign) }]
  await notifyEach(tx, { kind: 'review.link', about: aboutCampaign(campaign.id), each }, now)
  return true
}

export const LinkBody = z.strictObject({ person: z.guid('is not the id of a person') })

/** @throws RollcallError `conflict` where they have nothing to do in it, or no address */
export const sendLink = command({
  name: 'review.send-link',
  permission: 'campaign:manage',
  input: LinkBody.extend({ id: z.guid() }),
  async run({ input: { id, person }, tx, now }) {
    const campaign = await runningCampaign(tx, id)
    const { name } = await personHere(tx, person, 'person')
    if (!(await tell(tx, campaign, person, now.toISOString(), now)))
      throw new RollcallError('conflict', `${name} is not asked about anything any more, or has no address.`)
    return { id, name }
  },
  activity: (_, { id, name }) => ({ object: `campaign:${id}`, detail: { person: name } }),
})

/** Whoever holds a link that was theirs once gets another one, where what is theirs alone is sent. Says nothing else. */
export async function askForLink(token: string, { address, now = new Date() }: Trying): Promise<void> {
  if (!(await mayTry('ask', address, now)) || !isSigned(token)) return
  const link = await db.reviewLink.findUnique({
    where: { tokenHash: hashOf(token) },
    include: { campaign: true },
  })
  if (link?.campaign.state !== 'running') return
  const bucket = `again ${Math.floor(now.getTime() / AGAIN_MS)}`
  await db.$transaction((tx) => tell(tx, link.campaign, link.personId, bucket, now))
}
