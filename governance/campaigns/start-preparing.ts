// Has the population of a campaign frozen, and takes that back.
import { z } from 'zod'
import { send } from '@/jobs/queue'
import { command } from '../command'
import { unfreeze } from './create-campaign'
import { campaignToChange, ensureState, ensureVersion } from './held-campaign'

const Input = z.strictObject({ id: z.guid(), version: z.int() })

/** A population that was frozen before is frozen anew, at another instant. */
export const prepareCampaign = command({
  name: 'campaign.prepare',
  permission: 'campaign:manage',
  input: Input,
  timeoutMs: 60_000,
  async run({ input: { id, version }, tx, now }) {
    const held = await campaignToChange(tx, id)
    ensureState(held, ['draft', 'ready'])
    ensureVersion(held, version)
    await unfreeze(tx, id, now)
    const { version: next } = await tx.campaign.update({ where: { id }, data: { state: 'preparing' } })
    await send('prepare-campaign', { campaignId: id }, tx)
    return { id, version: next }
  },
  activity: (_, { id }) => ({ object: `campaign:${id}` }),
})

/** Makes a draft again of what is being frozen, or was frozen and not published. */
export const redraftCampaign = command({
  name: 'campaign.redraft',
  permission: 'campaign:manage',
  input: Input,
  timeoutMs: 60_000,
  async run({ input: { id }, tx, now }) {
    const held = await campaignToChange(tx, id)
    ensureState(held, ['preparing', 'ready'])
    await unfreeze(tx, id, now)
    return { id, version: held.version + 1 }
  },
  activity: (_, { id }) => ({ object: `campaign:${id}` }),
})
