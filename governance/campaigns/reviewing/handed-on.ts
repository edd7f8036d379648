// What one has said not to be one's own: to whom it went, and how far it is.
import type { Instant } from '@/core/fact'
import type { Actor } from '@/core/permissions'
import { isUuid } from '@/inventory/queries/sql'
import { db } from '@/prisma/client'
import { asReviewer } from './as-reviewer'

export const HANDED_MAX = 100

export type HandedOn = {
  id: string
  name: string
  scope: string
  to: string
  reason: string
  at: Instant
  /** Whether somebody has decided it since; not what. */
  open: boolean
}

/** Newest first, 100 at most. */
export async function handedOn(
  actor: Actor | null,
  campaignId: string,
  now = new Date(),
): Promise<{ rows: HandedOn[]; count: number }> {
  const mine = await asReviewer(actor, now)
  if (!mine || !isUuid(campaignId)) return { rows: [], count: 0 }
  const rows = await db.$queryRaw<(Omit<HandedOn, 'at'> & { at: Date; count: number })[]>`
    SELECT i.id, i.name, i.scope_name AS scope, p.name AS to, h.reason, h.at, i.state IN ('undecided', 'unclear') AS open,
      count(*) OVER ()::int AS count
    FROM item_handover h JOIN campaign_item i ON i.id = h.item_id JOIN person p ON p.id = h.to_id
    WHERE h.campaign_id = ${campaignId}::uuid AND h.from_id = ANY(${mine.places}::uuid[]) AND h.hop
    ORDER BY h.at DESC, h.id LIMIT ${HANDED_MAX}::int`
  return {
    rows: rows.map(({ count: _, at, ...row }) => ({ ...row, at: at.toISOString() })),
    count: rows[0]?.count ?? 0,
  }
}
