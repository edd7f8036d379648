// Makes the draft of a campaign, changes it, and throws it away.
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { RollcallError } from '@/core/errors'
import type { Tx } from '@/prisma/client'
import type { Prisma } from '@/prisma/generated/client'
import { command, invalid } from '../command'
import {
  CreateInput,
  EditBody,
  storedFilter,
  type CampaignPolicy,
  type ChainStep,
  type StoredPolicy,
} from './campaign-input'
import { campaignToChange, ensureState, ensureVersion } from './held-campaign'
import { personHere, personOf } from './reviewer'

async function ensurePeople(
  tx: Tx,
  { chain, policy }: { chain?: ChainStep[]; policy?: CampaignPolicy },
): Promise<void> {
  for (const [at, step] of (chain ?? []).entries())
    if (step.by === 'person') await personHere(tx, step.person, `chain.${at}.person`)
  for (const [at, id] of (policy?.secondReviewers ?? []).entries())
    await personHere(tx, id, `policy.secondReviewers.${at}`)
  if (policy?.reminders?.accountable)
    await personHere(tx, policy.reminders.accountable, 'policy.reminders.accountable')
}

function ensureLater(dueAt: string | undefined, now: Date): void {
  if (dueAt !== undefined && Date.parse(dueAt) <= now.getTime())
    throw invalid([{ path: 'dueAt', message: 'is in the past' }])
}

export const createCampaign = command({
  name: 'campaign.create',
  permission: 'campaign:manage',
  input: CreateInput,
  async run({ actor, input: { manager, filter, policy, ...given }, tx, now }) {
    ensureLater(given.dueAt, now)
    await ensurePeople(tx, { chain: given.chain, policy })
    const person = manager ? await personHere(tx, manager, 'manager') : await personOf(actor, tx)
    if (!person)
      throw invalid([
        { path: 'manager', message: 'Say who manages it: nobody of the directory has your address.' },
      ])
    const { id } = await tx.campaign.create({
      data: {
        ...given,
        filter: storedFilter(filter),
        policy: { ...policy, seed: randomBytes(16).toString('hex') } satisfies StoredPolicy,
        managerId: person.id,
        createdBy: actor.id,
        createdByName: actor.name,
        createdAt: now,
        changedAt: now,
      },
    })
    return { id, version: 1 }
  },
  activity: ({ name, dueAt }, { id }) => ({ object: `campaign:${id}`, detail: { name, dueAt } }),
})

/** What was frozen before is frozen no more: the next preparation does it anew. */
export async function unfreeze(tx: Tx, id: string, now: Date): Promise<void> {
  await tx.campaignItem.deleteMany({ where: { campaignId: id } })
  await tx.campaign.update({
    where: { id },
    data: {
      state: 'draft',
      version: { increment: 1 },
      changedAt: now,
      instant: null,
      preparedTo: null,
      prepared: 0,
      failure: null,
      populationHash: null,
      rows: null,
      preparedAt: null,
    },
  })
}

/** @throws RollcallError `conflict` where it was published, or changed by somebody else meanwhile */
export const editCampaign = command({
  name: 'campaign.edit',
  permission: 'campaign:manage',
  input: EditBody.extend({ id: z.guid() }),
  timeoutMs: 60_000,
  async run({ input: { id, version, manager, filter, policy, ...given }, tx, now }) {
    const held = await campaignToChange(tx, id)
    ensureState(held, ['draft', 'ready'])
    ensureVersion(held, version)
    ensureLater(given.dueAt, now)
    await ensurePeople(tx, { ...(given.chain && { chain: given.chain }), ...(policy && { policy }) })
    if (manager) await personHere(tx, manager, 'manager')
    if (held.state === 'ready') await unfreeze(tx, id, now)
    const { seed, reminders } = held.policy as StoredPolicy
    const data: Prisma.CampaignUpdateInput = {
      ...(Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as object),
      ...(manager && { managerId: manager }),
      ...(filter && { filter: storedFilter(filter) }),
      ...(policy && {
        policy: { ...policy, ...(reminders && { reminders: policy.reminders ?? reminders }), seed },
      }),
    }
    const saved = await tx.campaign.update({
      where: { id },
      data: { ...data, changedAt: now, ...(held.state === 'draft' && { version: { increment: 1 } }) },
    })
    return { id, version: saved.version, state: saved.state }
  },
  activity: (input, { id }) => ({
    object: `campaign:${id}`,
    detail: { fields: Object.keys(input).filter((key) => key !== 'id' && key !== 'version') },
  }),
})

/** @throws RollcallError `conflict` where it was published */
export const discardCampaign = command({
  name: 'campaign.discard',
  permission: 'campaign:manage',
  input: z.strictObject({ id: z.guid() }),
  timeoutMs: 60_000,
  async run({ input: { id }, tx }) {
    const held = await campaignToChange(tx, id)
    if (!['draft', 'preparing', 'ready'].includes(held.state))
      throw new RollcallError('conflict', 'It was published: what was asked and decided is kept.')
    await tx.campaign.delete({ where: { id } })
    return { id, name: held.name }
  },
  activity: (_, { id, name }) => ({ object: `campaign:${id}`, detail: { name } }),
})
