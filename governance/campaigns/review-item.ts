// One item as its reviewer sees it: the card as it was frozen, what happened since, and what was said about it so far.
import type { Card } from '@/core/campaign'
import { RollcallError } from '@/core/errors'
import type { Instant } from '@/core/fact'
import { may, type Actor } from '@/core/permissions'
import { identityTimeline } from '@/inventory/queries/identity-timeline'
import { compact, iso, isoOr, isUuid } from '@/inventory/queries/sql'
import type { TimelineEvent } from '@/inventory/queries/types'
import { db } from '@/prisma/client'
import type { Campaign, CampaignItem, Decision, Person } from '@/prisma/generated/client'
import { authorise } from '../authorise'
import { causeOfCard, type CardCause } from './events/told-on-card'
import type { StoredPolicy } from './campaign-input'
import { CAMPAIGNS } from './population'
import { keptAlone } from './risk-tiers'
import { inPlaceOf, personOf } from './reviewer'

const SINCE_MAX = 20

export type DecisionView = {
  id: string
  decision: string
  reasonCode?: string
  reason?: string
  keepUntil?: Instant
  lacking?: string
  drops: string[]
  by: string
  for?: string
  source: string
  dwellMs?: number
  at: Instant
  requestSize: number
  /** It came by a link, without an account. */
  byLink?: boolean
}
export type ReviewItem = {
  campaign: {
    id: string
    name: string
    instructions: string
    state: string
    dueAt: Instant
    keepDays: number
    /** Whether every decision needs a reason. */
    reasonAlways: boolean
    announced?: string
  }
  id: string
  version: number
  state: string
  cardHash: string
  card: Card
  /** Why it is asked about by itself: what has happened, and whether it still is so. */
  cause?: CardCause
  /** Whether the actor decides, looks a second time without being told what was decided, or only reads. */
  role: 'reviewer' | 'second' | 'reader'
  reviewer?: { id: string; name: string; why: string }
  /** Newest first; the first counts. Empty for a second look. */
  decisions: DecisionView[]
  handovers: { from?: string; to: string; reason: string; by: string; at: Instant }[]
  hops: number
  /** Why it is never kept together with others, in words. */
  alone?: string
  /** How many others of the campaign are the same in all that is compared. */
  same: number
  /** What happened to the identity since the population was frozen. Gone and unread are not the same. */
  since: { standing: 'there' | 'gone' | 'not-read'; goneAt?: Instant; events: TimelineEvent[] }
  /** Told to the manager and after the sign-off; never to who has yet to look. */
  secondLook?: {
    why: string
    by?: string
    answer?: string
    at?: Instant
    settledAs?: string
    settledBy?: string
  }
}

const decisionView = (row: Decision): DecisionView =>
  compact({
    id: row.id,
    decision: row.decision,
    reasonCode: row.reasonCode ?? undefined,
    reason: row.reason ?? undefined,
    keepUntil: isoOr(row.keepUntil),
    lacking: row.lacking ?? undefined,
    drops: row.drops,
    by: row.byName,
    for: row.forName ?? undefined,
    source: row.source,
    dwellMs: row.dwellMs ?? undefined,
    at: iso(row.at),
    requestSize: row.requestSize,
    byLink: row.byLink || undefined,
  })

async function sinceOf({ identityId, control }: CampaignItem, instant: Date): Promise<ReviewItem['since']> {
  // A decoy is gone: whoever looks it up finds that out, the card does not say it.
  if (control) return { standing: 'there', events: [] }
  const row = await db.identity.findUnique({ where: { id: identityId }, select: { retiredAt: true } })
  if (!row) return { standing: 'not-read', events: [] }
  const { events } = await identityTimeline(CAMPAIGNS, identityId)
  const later = events.filter(({ at }) => at > instant.toISOString()).slice(0, SINCE_MAX)
  return compact({
    standing: row.retiredAt ? ('gone' as const) : ('there' as const),
    goneAt: isoOr(row.retiredAt),
    events: later,
  })
}

type Found = CampaignItem & {
  campaign: Campaign
  secondLooks: {
    why: string
    reviewerId: string | null
    answer: string | null
    at: Date | null
    settledAs: string | null
    settledBy: string | null
  }[]
}

/** What is for somebody else to decide is not found by whoever may not read campaigns. */
async function roleOf(
  actor: Actor,
  person: Person | null,
  item: Found,
  now: Date,
): Promise<ReviewItem['role']> {
  const places = person ? await inPlaceOf(db, person.id, now, actor) : []
  const isSecond = item.secondLooks.some(
    ({ reviewerId }) => reviewerId !== null && places.includes(reviewerId),
  )
  if (item.campaign.publishedAt && isSecond && item.secondLooks.some(({ answer }) => answer === null))
    return 'second'
  if (item.campaign.publishedAt && item.reviewerId !== null && places.includes(item.reviewerId))
    return 'reviewer'
  if (may(actor, 'campaign:read') || (item.campaign.publishedAt && isSecond)) return 'reader'
  throw new RollcallError('not-found', 'There is no such item, or it is not yours.')
}

async function historyOf(item: Found): Promise<Pick<ReviewItem, 'decisions' | 'handovers'>> {
  const [decisions, handovers] = await Promise.all([
    db.decision.findMany({ where: { itemId: item.id }, orderBy: [{ at: 'desc' }, { id: 'asc' }], take: 100 }),
    db.itemHandover.findMany({ where: { itemId: item.id }, orderBy: { at: 'asc' }, take: 100 }),
  ])
  const ids = handovers.flatMap(({ fromId, toId }) => [fromId, toId].filter((id) => id !== null))
  const people = await db.person.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } })
  const names = new Map(people.map(({ id, name }) => [id, name]))
  return {
    decisions: decisions.map(decisionView),
    handovers: handovers.map(({ fromId, toId, reason, byName, at }) =>
      compact({
        from: fromId ? (names.get(fromId) ?? fromId) : undefined,
        to: names.get(toId) ?? toId,
        reason,
        by: byName,
        at: iso(at),
      }),
    ),
  }
}

async function mustFind(id: string): Promise<Found> {
  const item = isUuid(id)
    ? await db.campaignItem.findUnique({ where: { id }, include: { campaign: true, secondLooks: true } })
    : null
  if (!item) throw new RollcallError('not-found', 'There is no such item, or it is not yours.')
  return item
}

async function secondOf(
  { secondLooks: [look] }: Found,
  role: ReviewItem['role'],
): Promise<ReviewItem['secondLook']> {
  if (!look || role !== 'reader') return undefined
  const by = look.reviewerId ? await db.person.findUnique({ where: { id: look.reviewerId } }) : null
  return compact({
    why: look.why,
    by: by?.name,
    answer: look.answer ?? undefined,
    at: isoOr(look.at),
    settledAs: look.settledAs ?? undefined,
    settledBy: look.settledBy ?? undefined,
  })
}

const campaignOf = ({ id, name, instructions, state, dueAt, policy }: Campaign): ReviewItem['campaign'] => {
  const { keepDays, reasonAlways, control } = policy as StoredPolicy
  return compact({
    id,
    name,
    instructions,
    state,
    dueAt: iso(dueAt),
    keepDays,
    reasonAlways,
    announced: control?.announced,
  })
}

/** @throws RollcallError `not-found` */
export async function reviewItem(actor: Actor | null, id: string, now = new Date()): Promise<ReviewItem> {
  authorise(actor, actor && may(actor, 'campaign:read') ? 'campaign:read' : 'review:decide')
  const item = await mustFind(id)
  const role = await roleOf(actor, await personOf(actor, db, item.campaignId), item, now)
  const card = item.card as unknown as Card
  const [history, same, since, reviewer, secondLook, cause] = await Promise.all([
    role === 'second' ? { decisions: [], handovers: [] } : historyOf(item),
    item.clusterKey
      ? db.campaignItem.count({
          where: { campaignId: item.campaignId, clusterKey: item.clusterKey, id: { not: id } },
        })
      : 0,
    sinceOf(item, item.campaign.instant ?? now),
    item.reviewerId ? db.person.findUnique({ where: { id: item.reviewerId } }) : null,
    secondOf(item, role),
    item.cause === null ? undefined : causeOfCard(id, item.cause, now),
  ])
  return compact({
    campaign: campaignOf(item.campaign),
    id,
    version: item.version,
    state: role === 'second' ? 'undecided' : item.state,
    cardHash: item.cardHash,
    card,
    cause,
    role,
    reviewer: reviewer ? { id: reviewer.id, name: reviewer.name, why: item.reviewerWhy } : undefined,
    ...history,
    hops: item.hops,
    alone: keptAlone(card.risk),
    same,
    since,
    secondLook,
  })
}
