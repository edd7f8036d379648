// Has somebody else decide, or look a second time. The due date does not move.
import { z } from 'zod'
import { RollcallError } from '@/core/errors'
import type { Tx } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'
import { command, invalid } from '../command'
import { campaignToChange, ensureState } from './held-campaign'
import { personHere } from './reviewer'
import { tellHandedOver, tellSecond } from './telling/tell-changes'

const ITEMS_MAX = 1000

export const ReassignBody = z.strictObject({
  items: z.array(z.guid()).min(1).max(ITEMS_MAX).optional(),
  /** Instead of naming items: all for which there is nobody. */
  without: z.literal(true).optional(),
  /** What the person is asked for. */
  as: z.enum(['reviewer', 'second']).default('reviewer'),
  to: z.guid('is not the id of a person'),
  reason: z.string().trim().min(1, 'Say why').max(2000),
})

/** Items still open that are meant; of those named, all have to be. */
async function meant(
  tx: Tx,
  id: string,
  items: readonly string[] | undefined,
  as: 'reviewer' | 'second',
): Promise<string[]> {
  const nobody =
    as === 'reviewer'
      ? Prisma.sql`(i.reviewer_id IS NULL OR NOT EXISTS (SELECT 1 FROM person p WHERE p.id = i.reviewer_id AND p.standing = 'here'))`
      : Prisma.sql`EXISTS (SELECT 1 FROM second_look l LEFT JOIN person p ON p.id = l.reviewer_id
          WHERE l.item_id = i.id AND l.answer IS NULL AND (p.id IS NULL OR p.standing <> 'here'))`
  const which = items ? Prisma.sql`i.id = ANY(${[...items]}::uuid[])` : nobody
  const open =
    as === 'reviewer'
      ? Prisma.sql`i.state IN ('undecided', 'unclear', 'decided', 'carried')`
      : Prisma.sql`EXISTS (SELECT 1 FROM second_look l WHERE l.item_id = i.id AND l.answer IS NULL)`
  const rows = await tx.$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT i.id FROM campaign_item i WHERE i.campaign_id = ${id}::uuid AND ${which} AND ${open} ORDER BY i.id FOR UPDATE`)
  const found = new Set(rows.map((row) => row.id))
  const lacking = (items ?? []).map((one) => one.toLowerCase()).filter((one) => !found.has(one))
  if (lacking.length)
    throw new RollcallError(
      'conflict',
      `Nothing was handed over: ${lacking.length} of ${items?.length ?? 0} cannot be.`,
      lacking.map((path) => ({
        path,
        message: 'It is not of this campaign, or was signed off, or needs nobody.',
      })),
    )
  return [...found]
}

type Handing = {
  campaignId: string
  ids: string[]
  toId: string
  reason: string
  byName: string
  now: Date
  published: boolean
}

/** A decision that was not signed is open again: whoever signs has decided. */
export async function handOver(
  tx: Tx,
  { campaignId, ids, toId, reason, byName, now, published }: Handing,
): Promise<void> {
  if (!ids.length) return
  if (published)
    await tx.$executeRaw`
      INSERT INTO item_handover (id, campaign_id, item_id, from_id, to_id, reason, by_name, hop, at)
      SELECT gen_random_uuid(), campaign_id, id, reviewer_id, ${toId}::uuid, ${reason}, ${byName}, FALSE, ${now}
      FROM campaign_item WHERE id = ANY(${ids}::uuid[])`
  await tx.$executeRaw`
    UPDATE second_look SET reviewer_id = NULL WHERE item_id = ANY(${ids}::uuid[]) AND reviewer_id = ${toId}::uuid AND answer IS NULL`
  await tx.$executeRaw`
    UPDATE remediation SET dropped_at = ${now} WHERE campaign_id = ${campaignId}::uuid AND signed_at IS NULL AND dropped_at IS NULL
      AND item_id IN (SELECT id FROM campaign_item WHERE id = ANY(${ids}::uuid[]) AND state = 'decided')`
  await tx.$executeRaw`
    UPDATE campaign_item SET reviewer_id = ${toId}::uuid, reviewer_why = ${`was named by ${byName}: ${reason}`}, version = version + 1,
      decision_id = CASE WHEN state = 'carried' THEN decision_id END, state = CASE WHEN state = 'carried' THEN state ELSE 'undecided' END
    WHERE id = ANY(${ids}::uuid[])`
}

/** Of those named all have to fit; of those for which there is nobody, the ones that do not fit are left for somebody else. */
async function nameSecond(
  tx: Tx,
  ids: readonly string[],
  { to, named }: { to: { id: string; name: string }; named: boolean },
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string; own: boolean }[]>`
    SELECT i.id, i.reviewer_id IS NOT DISTINCT FROM ${to.id}::uuid
      OR EXISTS (SELECT 1 FROM jsonb_array_elements(i.interested) one WHERE one ->> 'personId' = ${to.id}) AS own
    FROM campaign_item i WHERE i.id = ANY(${[...ids]}::uuid[]) ORDER BY i.id`
  const own = rows.filter((row) => row.own).length
  const fit = rows.filter((row) => !row.own).map(({ id }) => id)
  if (own && (named || !fit.length))
    throw invalid([
      {
        path: 'to',
        message: `${to.name} decides about ${own} of these, or has something at stake: name somebody else.`,
      },
    ])
  await tx.secondLook.updateMany({
    where: { itemId: { in: fit }, answer: null },
    data: { reviewerId: to.id },
  })
  return fit
}

export const reassign = command({
  name: 'campaign.reassign',
  permission: 'campaign:manage',
  input: ReassignBody.extend({ id: z.guid() }),
  timeoutMs: 120_000,
  async run({ actor, input: { id, items, without, as, to, reason }, tx, now }) {
    if ((items === undefined) === (without === undefined))
      throw invalid([{ path: 'items', message: 'Say either which items, or all without anybody.' }])
    const campaign = await campaignToChange(tx, id)
    ensureState(campaign, ['ready', 'running'])
    const person = await personHere(tx, to, 'to')
    let ids = await meant(tx, id, items, as)
    if (as === 'second') ids = await nameSecond(tx, ids, { to: person, named: items !== undefined })
    else
      await handOver(tx, {
        campaignId: id,
        ids,
        toId: to,
        reason,
        byName: actor.name,
        now,
        published: campaign.state === 'running',
      })
    if (campaign.state === 'running' && ids.length) {
      if (as === 'second') await tellSecond(tx, campaign, person.id, ids.length, now)
      else await tellHandedOver(tx, campaign, [{ toId: to, items: ids.length, by: actor.name, reason }], now)
    }
    return { campaignId: id, items: ids.length, to: person.name }
  },
  activity: ({ as, reason }, { campaignId, items, to }) => ({
    object: `campaign:${campaignId}`,
    detail: { items, to, as, reason },
  }),
})
