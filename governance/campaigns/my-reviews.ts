// What the actor is asked for now, over all campaigns that run.
import { z } from 'zod'
import { causeTitle, type CampaignKind } from '@/core/campaign'
import type { Instant } from '@/core/fact'
import type { Actor } from '@/core/permissions'
import { db } from '@/prisma/client'
import { authorise } from '../authorise'
import { inPlaceOf, personOf } from './reviewer'

export type MyCampaign = {
  id: string
  name: string
  instructions: string
  dueAt: Instant
  state: string
  kind: CampaignKind
  /** Of what is asked about by itself: what has happened, in words. */
  cause?: string
  items: number
  decided: number
  signed: number
  high: number
  /** Second looks that are asked for and not given; of what is over, all that were one’s own. */
  second: number
  /** The riskiest that are open, by name. */
  riskiest: string[]
}

const SHOWN_MAX = 100

/** Of campaigns that run, or of those that are over and in which one had a part. */
export const ReviewsFilter = z.object({ show: z.enum(['running', 'over']).default('running') })
export type ReviewsFilter = z.infer<typeof ReviewsFilter>

const STATES: Record<ReviewsFilter['show'], readonly string[]> = {
  running: ['running'],
  over: ['closed', 'sealed'],
}

/**
 * Those due first, first; of what is over the last, first. A campaign in which everything is signed is told until it is closed.
 * At most a hundred: `more` says whether there are others.
 */
export async function myReviewsPage(
  actor: Actor | null,
  { show = 'running' }: Partial<ReviewsFilter> = {},
  now = new Date(),
): Promise<{ rows: MyCampaign[]; more: boolean }> {
  authorise(actor, 'review:decide')
  const only = actor.link?.campaignId ?? null
  const person = await personOf(actor, db, only ?? undefined)
  if (!person) return { rows: [], more: false }
  const places = await inPlaceOf(db, person.id, now, actor)
  const over = show === 'over'
  const found = await db.$queryRaw<
    (Omit<MyCampaign, 'dueAt' | 'cause'> & { dueAt: Date; cause: string | null })[]
  >`
    SELECT c.id, c.name, c.kind, c.cause, c.instructions, c.due_at AS "dueAt", c.state, coalesce(i.items, 0) AS items, coalesce(i.decided, 0) AS decided,
      coalesce(i.signed, 0) AS signed, coalesce(i.high, 0) AS high, coalesce(i.riskiest, '{}') AS riskiest, coalesce(l.second, 0) AS second
    FROM campaign c LEFT JOIN LATERAL (
      SELECT count(*)::int AS items, count(*) FILTER (WHERE i.state = 'decided')::int AS decided,
        count(*) FILTER (WHERE i.state = 'signed')::int AS signed,
        count(*) FILTER (WHERE i.tier = 0 AND i.state IN ('undecided', 'unclear'))::int AS high,
        (array_agg(i.name ORDER BY i.tier, i.name) FILTER (WHERE i.state IN ('undecided', 'unclear')))[1:3] AS riskiest
      FROM campaign_item i WHERE i.campaign_id = c.id AND i.reviewer_id = ANY(${places}::uuid[]) AND i.state <> 'carried'
    ) i ON TRUE LEFT JOIN LATERAL (
      SELECT count(*)::int AS second FROM second_look l JOIN campaign_item o ON o.id = l.item_id
      WHERE l.campaign_id = c.id AND l.reviewer_id = ANY(${places}::uuid[]) AND (l.answer IS NULL OR ${over}) AND o.state <> 'carried'
    ) l ON TRUE
    WHERE c.state = ANY(${[...STATES[show]]}::text[]) AND (${only}::uuid IS NULL OR c.id = ${only}::uuid) AND (i.items > 0 OR l.second > 0) ORDER BY CASE WHEN ${over} THEN c.closed_at END DESC, c.due_at, c.id LIMIT ${SHOWN_MAX + 1}::int`
  const rows = found.slice(0, SHOWN_MAX).map(({ cause, ...row }) => ({
    ...row,
    dueAt: row.dueAt.toISOString(),
    ...(cause !== null && { cause: causeTitle(cause) }),
  }))
  return { rows, more: found.length > SHOWN_MAX }
}

export const myReviews = async (actor: Actor | null, now = new Date()): Promise<MyCampaign[]> =>
  (await myReviewsPage(actor, {}, now)).rows
