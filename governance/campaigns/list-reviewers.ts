// Who is asked in a campaign, page by page: the busiest first, and for whom it is too much.
import { z } from 'zod'
import { oneOf } from '@/core/list'
import type { Actor } from '@/core/permissions'
import { db } from '@/prisma/client'
import { authorise } from '../authorise'
import { mustFindCampaign } from './campaign-view'
import type { Split } from './load'
import { reviewerRows, reviewersOf, type ReviewerRow } from './reviewers'

const SHOWN_MAX = 1000
const FROM_MAX = 1_000_000
/** People that a menu offers. */
const NAMED_MAX = 50

export const ReviewerFilter = z.object({
  /** Part of a name. */
  q: z.string().trim().max(200).optional(),
  /** `open`: who has not decided or not signed something; `many`: who is asked about more than 40. */
  only: oneOf(['open', 'many']),
  /** How many come before. */
  from: z.coerce.number().int().min(0).max(FROM_MAX).default(0),
  size: z.coerce.number().int().min(1).max(SHOWN_MAX).default(50),
})
export type ReviewerFilter = z.infer<typeof ReviewerFilter>

export type ReviewerPage = {
  rows: ReviewerRow[]
  total: number
  /** Where the next page begins. */
  next?: number
  /** For those of the page of whom too much is asked. */
  splits: Split[]
}

/** @throws RollcallError `not-found` */
export async function listReviewers(
  actor: Actor | null,
  id: string,
  filter: Partial<ReviewerFilter> = {},
): Promise<ReviewerPage> {
  authorise(actor, 'campaign:read')
  await mustFindCampaign(id)
  const { q, only, from = 0, size = 50 } = filter
  const [{ rows, total }, { splits }] = await Promise.all([
    reviewerRows(db, id, { from, size, ...(q && { q }), ...(only && { only }) }),
    reviewersOf(id),
  ])
  const shown = new Set(rows.map(({ person }) => person?.id))
  return {
    rows,
    total,
    ...(total > from + size && { next: from + size }),
    splits: splits.filter(({ person }) => shown.has(person.id)),
  }
}

/** All of them, page by page. */
export async function* eachReviewer(
  actor: Actor | null,
  id: string,
  filter: Partial<ReviewerFilter> = {},
): AsyncGenerator<ReviewerRow[]> {
  authorise(actor, 'campaign:read')
  await mustFindCampaign(id)
  const { q, only } = filter
  for (let from = 0; ; from += SHOWN_MAX) {
    const asked = { from, size: SHOWN_MAX, ...(q && { q }), ...(only && { only }) }
    const { rows } = await reviewerRows(db, id, asked)
    if (rows.length) yield rows
    if (rows.length < SHOWN_MAX) return
  }
}

export type NamedReviewer = { person: { id: string; name: string } | null; items: number }

/**
 * Only their names and how much they are asked about, the busiest first: for a menu.
 * @param also somebody who is among them in any case
 */
export async function namedReviewers(
  actor: Actor | null,
  id: string,
  also?: string,
): Promise<{ rows: NamedReviewer[]; more: boolean }> {
  authorise(actor, 'campaign:read')
  await mustFindCampaign(id)
  const rows = await db.$queryRaw<{ id: string | null; name: string | null; items: number }[]>`
    SELECT i.reviewer_id AS id, p.name, i.items FROM (
      SELECT reviewer_id, count(*)::int AS items FROM campaign_item
      WHERE campaign_id = ${id}::uuid AND NOT control AND carries_id IS NULL GROUP BY 1
    ) i LEFT JOIN person p ON p.id = i.reviewer_id
    ORDER BY i.reviewer_id::text = ${also ?? ''} DESC NULLS LAST, i.items DESC, p.name LIMIT ${NAMED_MAX + 1}::int`
  return {
    rows: rows.slice(0, NAMED_MAX).map((row) => ({
      person: row.id === null ? null : { id: row.id, name: row.name ?? row.id },
      items: row.items,
    })),
    more: rows.length > NAMED_MAX,
  }
}
