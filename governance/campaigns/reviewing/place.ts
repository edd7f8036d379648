// Where in one's queue an item is, and which comes next: the riskiest first, and within what was chosen to be looked at.
import { z } from 'zod'
import type { Actor } from '@/core/permissions'
import { isUuid } from '@/inventory/queries/sql'
import { db } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'
import { asReviewer } from './as-reviewer'

/** The part of the queue that is gone through. */
export const Part = z.object({
  scope: z.guid().optional().catch(undefined),
  type: z.string().max(200).optional().catch(undefined),
})
export type Part = z.infer<typeof Part>

export type Place = {
  /** From 1; 0 where it is not among them. */
  at: number
  of: number
  before?: string
  after?: string
  /** What is open after it, or where nothing is, before it. */
  nextOpen?: string
}

const ORDER = Prisma.sql`i.tier, i.scope_name, i.name, i.id`
const DOWN = Prisma.sql`i.tier DESC, i.scope_name DESC, i.name DESC, i.id DESC`
const IS_OPEN = Prisma.sql`i.state IN ('undecided', 'unclear')`

const mineOf = (campaignId: string, places: readonly string[], { scope, type }: Part): Prisma.Sql =>
  Prisma.sql`i.campaign_id = ${campaignId}::uuid AND i.reviewer_id = ANY(${[...places]}::uuid[]) AND i.state <> 'carried'
    ${scope ? Prisma.sql`AND i.scope_id = ${scope}::uuid` : Prisma.empty} ${type ? Prisma.sql`AND i.type = ${type}` : Prisma.empty}`

/** Undefined where there is no such item, or the actor is nobody of the directory. */
export async function placeOf(
  actor: Actor | null,
  itemId: string,
  part: Part = {},
  now = new Date(),
): Promise<Place | undefined> {
  const reviewer = await asReviewer(actor, now)
  const item = isUuid(itemId) ? await db.campaignItem.findUnique({ where: { id: itemId } }) : null
  if (!reviewer || !item) return undefined
  const mine = mineOf(item.campaignId, reviewer.places, part)
  const here = Prisma.sql`(${item.tier}::int, ${item.scopeName}, ${item.name}, ${item.id}::uuid)`
  const [row] = await db.$queryRaw<
    { at: number; of: number; before: string | null; after: string | null; nextOpen: string | null }[]
  >(Prisma.sql`
    SELECT (SELECT count(*)::int FROM campaign_item i WHERE ${mine} AND (${ORDER}) <= ${here}) AS at,
      (SELECT count(*)::int FROM campaign_item i WHERE ${mine}) AS of,
      (SELECT i.id FROM campaign_item i WHERE ${mine} AND (${ORDER}) < ${here} ORDER BY ${DOWN} LIMIT 1) AS before,
      (SELECT i.id FROM campaign_item i WHERE ${mine} AND (${ORDER}) > ${here} ORDER BY ${ORDER} LIMIT 1) AS after,
      coalesce((SELECT i.id FROM campaign_item i WHERE ${mine} AND ${IS_OPEN} AND (${ORDER}) > ${here} ORDER BY ${ORDER} LIMIT 1),
        (SELECT i.id FROM campaign_item i WHERE ${mine} AND ${IS_OPEN} AND (${ORDER}) < ${here} ORDER BY ${ORDER} LIMIT 1)) AS "nextOpen"`)
  if (!row) return undefined
  return {
    at: row.at,
    of: row.of,
    ...(row.before && { before: row.before }),
    ...(row.after && { after: row.after }),
    ...(row.nextOpen && { nextOpen: row.nextOpen }),
  }
}
