// Gives reviewers more time, and adds words to what is locked.
import { z } from 'zod'
import { RollcallError } from '@/core/errors'
import { command, invalid } from '../command'
import { campaignToChange, ensureState, ensureVersion } from './held-campaign'
import { mustBePerson } from './reviewer'

const Reason = z.string().trim().min(1, 'Say why').max(2000)
export type Extension = { from: string; to: string; reason: string; by: string; at: string }
export const ExtendBody = z.strictObject({
  version: z.int(),
  dueAt: z.iso.datetime({ error: 'must be an instant in UTC, such as 2026-03-31T17:00:00Z' }),
  reason: Reason,
})

export const extendCampaign = command({
  name: 'campaign.extend',
  permission: 'campaign:manage',
  input: ExtendBody.extend({ id: z.guid() }),
  async run({ actor, input: { id, version, dueAt, reason }, tx, now }) {
    const held = await campaignToChange(tx, id)
    ensureState(held, ['running'])
    ensureVersion(held, version)
    const to = new Date(dueAt)
    if (to <= held.dueAt || to <= now)
      throw invalid([{ path: 'dueAt', message: 'has to be later than it is due now' }])
    const one: Extension = {
      from: held.dueAt.toISOString(),
      to: to.toISOString(),
      reason,
      by: actor.name,
      at: now.toISOString(),
    }
    const saved = await tx.campaign.update({
      where: { id },
      data: {
        dueAt: to,
        changedAt: now,
        version: { increment: 1 },
        extensions: [...(held.extensions as Extension[]), one],
      },
    })
    return { id, version: saved.version, from: one.from, to: one.to }
  },
  activity: ({ reason }, { id, from, to }) => ({ object: `campaign:${id}`, detail: { from, to, reason } }),
})

export const AddendumBody = z.strictObject({
  item: z.guid().optional(),
  text: z.string().trim().min(1, 'Say what is to be added').max(5000),
})

/** Beside what was signed: by whoever reviewed it, or manages campaigns. */
export const addAddendum = command({
  name: 'review.addendum',
  permission: 'review:decide',
  input: AddendumBody.extend({ id: z.guid() }),
  async run({ actor, input: { id, item, text }, tx, now }) {
    const campaign = await campaignToChange(tx, id)
    ensureState(campaign, ['running', 'closed', 'sealed'])
    const person = actor.role === 'owner' ? await mustBePerson(actor, tx) : null
    const where = { campaignId: id, ...(item && { id: item }), ...(person && { reviewerId: person.id }) }
    const about =
      item || person
        ? await tx.campaignItem.findFirst({ where, select: { state: true } })
        : { state: 'signed' }
    if (!about) throw new RollcallError('forbidden', 'It is not yours to add to.')
    if (item && about.state !== 'signed' && campaign.state === 'running')
      throw new RollcallError('conflict', 'It is not signed off yet: decide instead.')
    const { id: addendum } = await tx.addendum.create({
      data: { campaignId: id, itemId: item ?? null, text, byId: actor.id, byName: actor.name, at: now },
    })
    return { id, addendum }
  },
  activity: ({ item }, { id, addendum }) => ({
    object: `campaign:${id}`,
    detail: { addendum, ...(item && { item }) },
  }),
})
