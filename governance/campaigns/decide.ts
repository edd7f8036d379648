// Decides about one item or several, and takes a decision back. A request is carried out whole or not at all.
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { RollcallError } from '@/core/errors'
import type { Tx } from '@/prisma/client'
import type { Campaign } from '@/prisma/generated/client'
import { groupBy } from '@/core/group-by'
import { command } from '../command'
import type { StoredPolicy } from './campaign-input'
import { DecideBody, type DecisionRow } from './decision-input'
import type { Pace } from './decision-rules'
import { runningCampaign } from './held-campaign'
import { holdItems, type HeldItem } from './held-items'
import { linkRefusal, refusalsOf, standingRefusal, throwRefused } from './refuse-rows'
import { inPlaceOf, mustBePerson, personHere } from './reviewer'
import { pace } from './reviewing/pace'
import { tellHandedOver } from './telling/tell-changes'
import { dropRemediations, writeDecision, type Written } from './write-decisions'

async function ensureTargets(
  tx: Tx,
  rows: readonly DecisionRow[],
  items: ReadonlyMap<string, HeldItem>,
): Promise<void> {
  for (const [at, { to, item }] of rows.entries()) {
    if (to === undefined) continue
    const path = `decisions.${at}.to`
    const { name } = await personHere(tx, to, path)
    const message =
      items.get(item)?.reviewerId === to
        ? `It is ${name}’s already.`
        : items.get(item)?.secondId === to
          ? `${name} gives the second look at it.`
          : ''
    if (message) throw new RollcallError('invalid', message, [{ path, message }])
  }
}

type HandedOn = { rows: readonly DecisionRow[]; written: readonly Written[]; by: string }

async function tellHandedOn(
  tx: Tx,
  campaign: Campaign,
  { rows, written, by }: HandedOn,
  now: Date,
): Promise<void> {
  const reasons = new Map(rows.map(({ item, reason }) => [item, reason?.trim() ?? '']))
  const to = groupBy(
    written.filter(({ decision }) => decision === 'not-mine'),
    ({ reviewerId }) => reviewerId ?? '',
  )
  const handed = [...to].map(([toId, items]) => {
    const said = new Set(items.map(({ item }) => reasons.get(item) ?? ''))
    return { toId, items: items.length, by, reason: [...said].join(' / ') }
  })
  if (handed.length) await tellHandedOver(tx, campaign, handed, now)
}

export type Decided = { campaignId: string; rows: Written[]; pace: Pace }

/**
 * @throws RollcallError answering every row: `forbidden` where one is for somebody else, `conflict` where one was changed
 * meanwhile or cannot be decided any more, `invalid` where one lacks what it needs
 */
export const decide = command({
  name: 'review.decide',
  permission: 'review:decide',
  input: DecideBody.extend({ id: z.guid() }),
  timeoutMs: 60_000,
  async run({ actor, input: { id, decisions, paced }, tx, now }): Promise<Decided> {
    const person = await mustBePerson(actor, tx, id)
    const campaign = await runningCampaign(tx, id)
    const places = await inPlaceOf(tx, person.id, now, actor)
    const rows = decisions.map((row) => ({ ...row, item: row.item.toLowerCase() }))
    const items = await holdItems(
      tx,
      id,
      rows.map(({ item }) => item),
    )
    const policy = campaign.policy as StoredPolicy
    throwRefused(
      rows,
      refusalsOf(rows, items, { person, places, policy, now, byLink: actor.kind === 'link' }),
    )
    await ensureTargets(tx, rows, items)
    const at = {
      campaign,
      person,
      byLink: actor.kind === 'link',
      requestId: randomUUID(),
      size: rows.length,
      paced,
      now,
    }
    const written: Written[] = []
    for (const row of rows) written.push(await writeDecision(tx, items.get(row.item) as HeldItem, row, at))
    await tellHandedOn(tx, campaign, { rows, written, by: person.name }, now)
    return { campaignId: id, rows: written, pace: await pace(tx, id, person.id) }
  },
  activity: ({ decisions }, { campaignId, rows }) => ({
    object: `campaign:${campaignId}`,
    detail: { items: rows.length, decisions: [...new Set(decisions.map(({ decision }) => decision))] },
  }),
})

export const UndoBody = z.strictObject({
  items: z
    .array(z.strictObject({ item: z.guid(), version: z.int() }))
    .min(1)
    .max(200),
})

/** Before the sign-off: what was decided is open again. The record keeps that it was decided, and that it was taken back. */
export const undoDecision = command({
  name: 'review.undo',
  permission: 'review:decide',
  input: UndoBody.extend({ id: z.guid() }),
  timeoutMs: 60_000,
  async run({ actor, input: { id, items: asked }, tx, now }) {
    const person = await mustBePerson(actor, tx, id)
    await runningCampaign(tx, id)
    const places = await inPlaceOf(tx, person.id, now, actor)
    const rows = asked.map(({ item, version }) => ({ item: item.toLowerCase(), version }))
    const items = await holdItems(
      tx,
      id,
      rows.map(({ item }) => item),
    )
    const refused = new Map(
      rows.flatMap(({ item, version }) => {
        const held = items.get(item)
        const open = held && held.state !== 'decided' && held.state !== 'unclear'
        const refusal =
          standingRefusal(held, version, { places }) ??
          (held && actor.kind === 'link' ? linkRefusal(held) : undefined) ??
          (open
            ? { code: 'conflict' as const, message: 'There is no decision of a person to take back.' }
            : undefined)
        return refusal ? [[item, refusal] as const] : []
      }),
    )
    throwRefused(rows, refused)
    const held = rows.map(({ item }) => items.get(item) as HeldItem)
    const requestId = randomUUID()
    await tx.decision.createMany({
      data: held.map((item) => ({
        id: randomUUID(),
        campaignId: id,
        itemId: item.id,
        decision: 'undone',
        drops: [],
        byId: person.id,
        byName: person.name,
        source: 'human',
        opened: [],
        requestId,
        requestSize: held.length,
        byLink: actor.kind === 'link',
        at: now,
        supersedesId: item.decisionId,
      })),
    })
    await dropRemediations(
      tx,
      held.map(({ decisionId }) => decisionId),
      now,
    )
    await tx.campaignItem.updateMany({
      where: { id: { in: held.map((item) => item.id) } },
      data: { state: 'undecided', decisionId: null, version: { increment: 1 } },
    })
    return { campaignId: id, items: held.length }
  },
  activity: (_, { campaignId, items }) => ({ object: `campaign:${campaignId}`, detail: { items } }),
})
