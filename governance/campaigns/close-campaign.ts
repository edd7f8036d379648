// Closes a campaign. What nobody decided is settled by name: never kept in silence, never taken away in silence.
import { z } from 'zod'
import { TIERS } from '@/core/campaign'
import { RollcallError } from '@/core/errors'
import type { Tx } from '@/prisma/client'
import { command, invalid } from '../command'
import { campaignToChange, ensureState, ensureVersion } from './held-campaign'
import { personHere } from './reviewer'
import { tellOver } from './telling/tell-changes'

const reason = z.string().trim().min(1, 'Say why').max(2000)
const Exception = z.strictObject({
  choice: z.literal('exception'),
  person: z.guid('is not the id of a person'),
  reason,
})
const Next = z.strictObject({ choice: z.literal('next'), reason })
const Left = z.discriminatedUnion('choice', [Exception, Next])
type Left = z.infer<typeof Left>

export const CloseBody = z.strictObject({
  version: z.int(),
  /** What becomes of what nobody decided, or nobody signed, by tier: somebody answers for it, or the next campaign asks again. */
  choices: z
    .strictObject({ high: Left.optional(), medium: Left.optional(), low: Left.optional() })
    .default({}),
  /** Who answers for what lacks the second look that it needs. */
  second: Exception.optional(),
})

export type OpenItems = { high: number; medium: number; low: number; second: number; differing: number }

/** What stands in the way of closing, in numbers. */
export async function openItems(tx: Pick<Tx, '$queryRaw'>, id: string): Promise<OpenItems> {
  const [row] = await tx.$queryRaw<OpenItems[]>`
    SELECT count(*) FILTER (WHERE open AND tier = 0)::int AS high, count(*) FILTER (WHERE open AND tier = 1)::int AS medium,
      count(*) FILTER (WHERE open AND tier = 2)::int AS low, count(*) FILTER (WHERE NOT open AND lacking)::int AS second,
      count(*) FILTER (WHERE NOT open AND differing)::int AS differing
    FROM (
      SELECT i.tier, i.state IN ('undecided', 'unclear', 'decided') AS open,
        d.decision = 'keep' AND l.answer IS NULL AND l.item_id IS NOT NULL AS lacking,
        l.answer <> d.decision AND l.settled_at IS NULL AS differing
      FROM campaign_item i LEFT JOIN decision d ON d.id = i.decision_id
      LEFT JOIN second_look l ON l.item_id = i.id AND l.why = 'administrator'
      WHERE i.campaign_id = ${id}::uuid AND NOT i.control
    ) one`
  return row ?? { high: 0, medium: 0, low: 0, second: 0, differing: 0 }
}

function ensureChosen(open: OpenItems, { choices, second }: z.output<typeof CloseBody>): void {
  const missing = TIERS.filter((tier) => open[tier] && !choices[tier]).map((tier) => ({
    path: `choices.${tier}`,
    message: `${open[tier]} of ${tier} risk ${open[tier] === 1 ? 'is' : 'are'} open: name somebody who answers for them, or carry them to the next campaign.`,
  }))
  const alone =
    open.second && !second
      ? [
          {
            path: 'second',
            message: `${open.second} kept by one person alone need a second look: name somebody who answers for them.`,
          },
        ]
      : []
  const wrong = [...missing, ...alone]
  if (wrong.length) throw invalid(wrong)
  if (open.differing)
    throw new RollcallError(
      'conflict',
      `About ${open.differing} two people differ, and nobody has settled it.`,
    )
}

async function settle(tx: Tx, id: string, tier: number, left: Left): Promise<void> {
  const [state, person] = left.choice === 'exception' ? ['excepted', left.person] : ['moved', null]
  await tx.$executeRaw`
    UPDATE campaign_item SET state = ${state}, exception_person_id = ${person}::uuid, exception_reason = ${left.reason}, version = version + 1
    WHERE campaign_id = ${id}::uuid AND tier = ${tier}::int AND state IN ('undecided', 'unclear', 'decided')`
}

export const closeCampaign = command({
  name: 'campaign.close',
  permission: 'campaign:manage',
  input: CloseBody.extend({ id: z.guid() }),
  timeoutMs: 120_000,
  async run({ actor, input, tx, now }) {
    const { id, version, choices, second } = input
    const held = await campaignToChange(tx, id)
    ensureState(held, ['running'])
    ensureVersion(held, version)
    const open = await openItems(tx, id)
    ensureChosen(open, input)
    for (const tier of TIERS) {
      const left = choices[tier]
      if (!left) continue
      if (left.choice === 'exception') await personHere(tx, left.person, `choices.${tier}.person`)
      await settle(tx, id, TIERS.indexOf(tier), left)
    }
    if (second) {
      const { name } = await personHere(tx, second.person, 'second.person')
      await tx.secondLook.updateMany({
        where: { campaignId: id, why: 'administrator', answer: null },
        data: { settledAs: 'excepted', settledBy: name, settledWhy: second.reason, settledAt: now },
      })
    }
    await tx.remediation.updateMany({
      where: { campaignId: id, signedAt: null, droppedAt: null },
      data: { droppedAt: now },
    })
    const saved = await tx.campaign.update({
      where: { id },
      data: {
        state: 'closed',
        closedAt: now,
        closedBy: actor.name,
        changedAt: now,
        version: { increment: 1 },
      },
    })
    await tellOver(tx, id, 'The campaign is closed.', now)
    return { id, version: saved.version, open }
  },
  activity: ({ choices }, { id, open }) => ({
    object: `campaign:${id}`,
    detail: Object.fromEntries(
      TIERS.map((tier) => [tier, `${open[tier]} ${choices[tier]?.choice ?? 'none open'}`]),
    ),
  }),
})
