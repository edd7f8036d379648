// The look of a second person, who is not told what the first one said; and the manager's word where the two differ.
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { RollcallError } from '@/core/errors'
import { VERDICTS, type Card } from '@/core/campaign'
import type { Tx } from '@/prisma/client'
import { command } from '../command'
import { runningCampaign } from './held-campaign'
import { linkRefusal } from './refuse-rows'
import { stepsFor } from './remediation-steps'
import { inPlaceOf, mustBePerson } from './reviewer'
import { stopWhenFinished } from './telling/tell-changes'

export const SecondLookBody = z.strictObject({
  answer: z.enum(VERDICTS),
  reason: z.string().trim().max(2000).optional(),
  dwellMs: z.int().min(0).max(86_400_000).optional(),
})

/** Whoever takes the place of the second person is not the first one, nor has anything at stake. */
async function ensureAnother(
  tx: Pick<Tx, 'decision'>,
  personId: string,
  item: { reviewerId: string | null; decisionId: string | null; interested: unknown },
): Promise<void> {
  const decision = item.decisionId ? await tx.decision.findUnique({ where: { id: item.decisionId } }) : null
  const interested = (item.interested as { personId: string }[]).map((one) => one.personId)
  if ([item.reviewerId, decision?.byId, ...interested].includes(personId))
    throw new RollcallError(
      'forbidden',
      'You decide about it yourself, or have something at stake: somebody else has to look.',
    )
}

/** Said once: an answer that could be changed after the first became known would not be blind. */
export const giveSecondLook = command({
  name: 'review.second-look',
  permission: 'review:decide',
  input: SecondLookBody.extend({ id: z.guid(), item: z.guid() }),
  async run({ actor, input: { id, item, answer, reason, dwellMs }, tx, now }) {
    const person = await mustBePerson(actor, tx, id)
    await runningCampaign(tx, id)
    const places = await inPlaceOf(tx, person.id, now, actor)
    await tx.$queryRaw`SELECT 1 FROM second_look WHERE item_id = ${item}::uuid FOR UPDATE`
    const look = await tx.secondLook.findFirst({
      where: { itemId: item, campaignId: id, reviewerId: { in: places } },
      include: {
        item: {
          select: { tier: true, administrator: true, reviewerId: true, decisionId: true, interested: true },
        },
      },
    })
    if (!look) throw new RollcallError('forbidden', 'You are not asked for a second look at it.')
    const risky = actor.kind === 'link' ? linkRefusal(look.item) : undefined
    if (risky) throw new RollcallError(risky.code, risky.message)
    await ensureAnother(tx, person.id, look.item)
    if (look.answer)
      throw new RollcallError('conflict', 'You have said so already: a second look is given once.')
    if (look.item.tier === 0 && answer === 'keep' && !reason?.trim())
      throw new RollcallError('invalid', 'It is of high risk: to keep it, give a reason.', [
        { path: 'reason', message: 'To keep what is of high risk, give a reason.' },
      ])
    await tx.secondLook.update({
      where: { itemId_why: { itemId: item, why: look.why } },
      data: { answer, reason: reason?.trim() || null, dwellMs: dwellMs ?? null, at: now },
    })
    await stopWhenFinished(tx, id, look.reviewerId ?? person.id, now)
    return { campaignId: id, item }
  },
  activity: (_, { campaignId, item }) => ({ object: `campaign:${campaignId}`, detail: { item } }),
})

/** Where two people differ about what is equivalent to an administrator, somebody who is neither of them says what holds. */
export const settleDifference = command({
  name: 'campaign.settle',
  permission: 'campaign:manage',
  input: z.strictObject({
    id: z.guid(),
    item: z.guid(),
    as: z.enum(VERDICTS),
    why: z.string().trim().min(1, 'Say why').max(2000),
  }),
  async run({ actor, input: { id, item, as, why }, tx, now }) {
    const person = await mustBePerson(actor, tx)
    await runningCampaign(tx, id)
    await tx.$queryRaw`SELECT 1 FROM second_look WHERE item_id = ${item}::uuid FOR UPDATE`
    const look = await tx.secondLook.findFirst({
      where: { itemId: item, campaignId: id, why: 'administrator' },
      include: { item: true },
    })
    const decision = look?.item.decisionId
      ? await tx.decision.findUnique({ where: { id: look.item.decisionId } })
      : null
    if (!look?.answer || !decision || look.answer === decision.decision || look.settledAt)
      throw new RollcallError('conflict', 'There is no difference to settle.')
    const interested = look.item.interested as { personId: string }[]
    const involved = [
      look.reviewerId,
      look.item.reviewerId,
      decision.byId,
      ...interested.map(({ personId }) => personId),
    ]
    if (involved.includes(person.id))
      throw new RollcallError(
        'forbidden',
        'You have looked at it, or have something at stake: somebody else has to settle it.',
      )
    await tx.secondLook.update({
      where: { itemId_why: { itemId: item, why: look.why } },
      data: { settledAs: as, settledBy: person.name, settledWhy: why, settledAt: now },
    })
    // The decision stays as it was made. Where something has to be done that it did not say, this says it.
    const held = await tx.remediation.findUnique({ where: { decisionId: decision.id } })
    if (as === 'keep' && held)
      await tx.remediation.update({ where: { id: held.id }, data: { droppedAt: now } })
    if (as !== 'keep' && !held)
      await tx.remediation.create({
        data: {
          id: randomUUID(),
          campaignId: id,
          itemId: item,
          decisionId: decision.id,
          identityId: look.item.identityId,
          kind: as,
          steps: stepsFor(as, look.item.card as unknown as Card, []),
          drops: [],
          decidedAt: now,
          signedAt: look.item.state === 'signed' ? now : null,
        },
      })
    return { campaignId: id, item }
  },
  activity: ({ as, why }, { campaignId, item }) => ({
    object: `campaign:${campaignId}`,
    detail: { item, as, why },
  }),
})
