// Shares the items of a reviewer of whom too much is asked with those beside them, as it was proposed: whole or not at all.
import { z } from 'zod'
import { RollcallError } from '@/core/errors'
import type { Tx } from '@/prisma/client'
import { command } from '../command'
import { campaignToChange, ensureState } from './held-campaign'
import type { Split } from './load'
import { handOver } from './reassign'
import { reviewersOf } from './reviewers'

export const SplitBody = z.strictObject({
  /** Of whom too much is asked. */
  person: z.guid('is not the id of a person'),
  /** Who takes how many, as the proposal says that was looked at. */
  shares: z
    .array(z.strictObject({ person: z.guid('is not the id of a person'), items: z.int().min(1) }))
    .min(1, 'Say who takes some')
    .max(200),
})
type Share = z.output<typeof SplitBody>['shares'][number]

const textOf = (shares: readonly Share[]) =>
  shares
    .map(({ person, items }) => `${person.toLowerCase()} ${items}`)
    .sort()
    .join()

/** What is proposed now, where that is what was looked at. */
async function proposed(tx: Tx, id: string, input: z.output<typeof SplitBody>): Promise<Split> {
  const { splits } = await reviewersOf(id, tx)
  const split = splits.find(({ person }) => person.id === input.person.toLowerCase())
  const takers = (split?.shares.slice(1) ?? []).map(({ person, items }) => ({ person: person.id, items }))
  if (!split || textOf(takers) !== textOf(input.shares))
    throw new RollcallError(
      'conflict',
      'Something else is proposed by now, and nothing was handed over. Look at it again.',
    )
  return split
}

/**
 * The least risky first, and what is in one place together: the riskiest stays with who was asked first. Nobody is given what
 * they look at a second time, or have something at stake in.
 */
async function fitting(tx: Tx, id: string, from: string, { person, items }: Share): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT i.id FROM campaign_item i
    WHERE i.campaign_id = ${id}::uuid AND i.reviewer_id = ${from}::uuid AND i.state = 'undecided' AND i.carries_id IS NULL AND NOT i.control
      AND NOT EXISTS (SELECT 1 FROM second_look l WHERE l.item_id = i.id AND l.reviewer_id = ${person}::uuid)
      AND NOT EXISTS (SELECT 1 FROM jsonb_array_elements(i.interested) one WHERE one ->> 'personId' = ${person})
    ORDER BY i.tier DESC, i.scope_name, i.name, i.id LIMIT ${items}::int FOR UPDATE OF i`
  if (rows.length < items)
    throw new RollcallError(
      'conflict',
      `Nothing was handed over: only ${rows.length} of ${items} are open and can be given to one of them.`,
    )
  return rows.map((row) => row.id)
}

/** @throws RollcallError `conflict` where the proposal is another by now, or not all of it can be carried out */
export const splitLoad = command({
  name: 'campaign.split',
  permission: 'campaign:manage',
  input: SplitBody.extend({ id: z.guid() }),
  timeoutMs: 60_000,
  async run({ actor, input, tx, now }) {
    const { id } = input
    const campaign = await campaignToChange(tx, id)
    ensureState(campaign, ['ready', 'running'])
    const split = await proposed(tx, id, input)
    for (const share of split.shares.slice(1)) {
      const toId = share.person.id
      const ids = await fitting(tx, id, split.person.id, { person: toId, items: share.items })
      await handOver(tx, {
        campaignId: id,
        ids,
        toId,
        reason: `${split.person.name} had ${split.items} items`,
        byName: actor.name,
        now,
        published: campaign.state === 'running',
      })
    }
    const taken = split.shares.slice(1).reduce((sum, { items }) => sum + items, 0)
    return { campaignId: id, person: split.person.name, items: taken }
  },
  activity: (_, { campaignId, person, items }) => ({
    object: `campaign:${campaignId}`,
    detail: { of: person, items },
  }),
})
