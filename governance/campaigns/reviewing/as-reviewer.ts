// Whoever looks at a campaign as its reviewer: who of the directory they are, in whose place they decide, and the campaign.
import { RollcallError } from '@/core/errors'
import type { CampaignState } from '@/core/campaign'
import type { Instant } from '@/core/fact'
import { may, type Actor } from '@/core/permissions'
import { compact, iso, isoOr, isUuid } from '@/inventory/queries/sql'
import { db } from '@/prisma/client'
import type { Campaign, Person } from '@/prisma/generated/client'
import { authorise } from '../../authorise'
import type { StoredPolicy } from '../campaign-input'
import { inPlaceOf, personOf } from '../reviewer'

export type AsReviewer = {
  person: Person
  /** Ids of the people in whose place they decide now, themselves first. */
  places: string[]
}

/** Undefined for whoever is nobody of the directory: nothing is theirs to decide. */
export async function asReviewer(actor: Actor | null, now: Date): Promise<AsReviewer | undefined> {
  authorise(actor, 'review:decide')
  const person = await personOf(actor)
  return person ? { person, places: await inPlaceOf(db, person.id, now) } : undefined
}

export type ReviewedCampaign = {
  id: string
  name: string
  instructions: string
  state: CampaignState
  dueAt: Instant
  /** Every card speaks of this instant. */
  instant?: Instant
  manager: string
  keepDays: number
  /** Whether every decision needs a reason. */
  reasonAlways: boolean
  /** What reviewers are told about decoys, where there are some. */
  announced?: string
  closedAt?: Instant
}

async function isTheirs(campaignId: string, places: readonly string[]): Promise<boolean> {
  const reviewerId = { in: [...places] }
  const [own, second, handed] = await Promise.all([
    db.campaignItem.findFirst({ where: { campaignId, reviewerId }, select: { id: true } }),
    db.secondLook.findFirst({ where: { campaignId, reviewerId }, select: { itemId: true } }),
    db.itemHandover.findFirst({ where: { campaignId, fromId: reviewerId }, select: { id: true } }),
  ])
  return Boolean(own ?? second ?? handed)
}

const viewOf = (row: Campaign, manager: string): ReviewedCampaign => {
  const { keepDays, reasonAlways, control } = row.policy as StoredPolicy
  return compact({
    id: row.id,
    name: row.name,
    instructions: row.instructions,
    state: row.state as CampaignState,
    dueAt: iso(row.dueAt),
    instant: isoOr(row.instant),
    manager,
    keepDays,
    reasonAlways,
    announced: control?.announced,
    closedAt: isoOr(row.closedAt),
  })
}

/**
 * A campaign that was published, as whoever is asked in it sees it.
 * @throws RollcallError `not-found` where nothing of it is theirs and they do not read campaigns
 */
export async function reviewedCampaign(
  actor: Actor | null,
  id: string,
  now = new Date(),
): Promise<ReviewedCampaign> {
  const mine = await asReviewer(actor, now)
  const row = isUuid(id) ? await db.campaign.findUnique({ where: { id } }) : null
  const isSeen =
    row?.publishedAt &&
    ((actor && may(actor, 'campaign:read')) || (mine && (await isTheirs(id, mine.places))))
  if (!row || !isSeen)
    throw new RollcallError('not-found', 'There is no such campaign, or nothing of it is yours.')
  const manager = await db.person.findUnique({ where: { id: row.managerId }, select: { name: true } })
  return viewOf(row, manager?.name ?? row.managerId)
}
