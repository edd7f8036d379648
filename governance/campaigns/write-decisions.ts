// Writes decisions, what follows from each, and who has an item next. All rows were asked before.
import { randomUUID } from 'node:crypto'
import { HOPS_MAX } from '@/core/campaign'
import type { Tx } from '@/prisma/client'
import type { Campaign, Person } from '@/prisma/generated/client'
import type { DecisionRow } from './decision-input'
import { endOfDay } from './decision-rules'
import type { HeldItem } from './held-items'
import { stepsFor } from './remediation-steps'

export type Writing = {
  campaign: Campaign
  person: Person
  requestId: string
  size: number
  paced: boolean
  byLink: boolean
  now: Date
}
export type Written = {
  item: string
  decision: string
  state: string
  version: number
  reviewerId: string | null
}

const rowOf = (id: string, item: HeldItem, row: DecisionRow, at: Writing) => ({
  id,
  campaignId: at.campaign.id,
  itemId: item.id,
  decision: row.decision,
  reasonCode: row.reasonCode ?? null,
  reason: row.reason?.trim() || null,
  keepUntil: row.keepUntil === undefined ? null : endOfDay(row.keepUntil),
  lacking: row.lacking ?? null,
  drops: row.drops ?? [],
  byId: at.person.id,
  byName: at.person.name,
  forId: item.reviewerId === at.person.id ? null : item.reviewerId,
  forName: item.reviewerId === at.person.id ? null : item.reviewerName,
  source: 'human',
  dwellMs: row.dwellMs ?? null,
  opened: row.opened ?? [],
  paced: at.paced,
  requestId: at.requestId,
  requestSize: at.size,
  byLink: at.byLink,
  at: at.now,
  supersedesId: item.decisionId,
})

/** What the decision before had led to is dropped: it was not signed. */
export async function dropRemediations(
  tx: Tx,
  decisionIds: readonly (string | null)[],
  now: Date,
): Promise<void> {
  const ids = decisionIds.filter((id) => id !== null)
  if (!ids.length) return
  await tx.remediation.updateMany({
    where: { decisionId: { in: ids }, signedAt: null, droppedAt: null },
    data: { droppedAt: now },
  })
}

/** Whom an item goes to: those named, and after so many hops the manager of the campaign. */
export const nextReviewer = (item: HeldItem, to: string | undefined, managerId: string): string =>
  item.hops >= HOPS_MAX ? managerId : (to ?? managerId)

async function handOn(tx: Tx, item: HeldItem, row: DecisionRow, at: Writing): Promise<Written> {
  const toId = nextReviewer(item, row.to, at.campaign.managerId)
  await tx.itemHandover.create({
    data: {
      campaignId: at.campaign.id,
      itemId: item.id,
      fromId: item.reviewerId,
      toId,
      reason: row.reason?.trim() ?? '',
      byName: at.person.name,
      hop: true,
      at: at.now,
    },
  })
  await dropSecond(tx, item.id, toId)
  const why = `was asked by ${at.person.name}, who said that it is not theirs`
  const next = {
    state: 'undecided',
    decisionId: null,
    reviewerId: toId,
    reviewerWhy: why,
    hops: item.hops + 1,
  }
  const saved = await tx.campaignItem.update({
    where: { id: item.id },
    data: { ...next, version: { increment: 1 } },
  })
  return {
    item: item.id,
    decision: row.decision,
    state: saved.state,
    version: saved.version,
    reviewerId: toId,
  }
}

/** Whoever decides does not give the second look as well: somebody else has to be named. */
export async function dropSecond(tx: Tx, itemId: string, reviewerId: string): Promise<void> {
  await tx.secondLook.updateMany({ where: { itemId, reviewerId, answer: null }, data: { reviewerId: null } })
}

export async function writeDecision(tx: Tx, item: HeldItem, row: DecisionRow, at: Writing): Promise<Written> {
  const id = randomUUID()
  await tx.decision.create({ data: rowOf(id, item, row, at) })
  await dropRemediations(tx, [item.decisionId], at.now)
  if (row.decision === 'not-mine') return handOn(tx, item, row, at)
  const isVerdict = row.decision !== 'cannot-tell'
  const saved = await tx.campaignItem.update({
    where: { id: item.id },
    data: { state: isVerdict ? 'decided' : 'unclear', decisionId: id, version: { increment: 1 } },
  })
  if ((row.decision === 'remove' || row.decision === 'reduce') && !item.control)
    await tx.remediation.create({
      data: {
        id: randomUUID(),
        campaignId: at.campaign.id,
        itemId: item.id,
        decisionId: id,
        identityId: item.identityId,
        kind: row.decision,
        steps: stepsFor(row.decision, item.card, row.drops ?? []),
        drops: row.drops ?? [],
        decidedAt: at.now,
      },
    })
  return {
    item: item.id,
    decision: row.decision,
    state: saved.state,
    version: saved.version,
    reviewerId: item.reviewerId,
  }
}
