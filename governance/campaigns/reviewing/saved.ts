// What somebody has just decided, so that it can be told and taken back.
import type { ItemState } from '@/core/campaign'
import type { Actor } from '@/core/permissions'
import { isUuid } from '@/inventory/queries/sql'
import { db } from '@/prisma/client'
import { asReviewer } from './as-reviewer'

export type Saved = {
  id: string
  name: string
  version: number
  state: ItemState
  /** `undone` where it was taken back. */
  decision: string
  /** Whether it can be taken back: it is still one’s own, and not signed. */
  undoable: boolean
}

/** Undefined where the actor has decided nothing about it last. */
export async function savedOf(
  actor: Actor | null,
  itemId: string,
  now = new Date(),
): Promise<Saved | undefined> {
  const mine = await asReviewer(actor, now)
  if (!mine || !isUuid(itemId)) return undefined
  const item = await db.campaignItem.findUnique({
    where: { id: itemId },
    include: { decisions: { orderBy: [{ at: 'desc' }, { id: 'asc' }], take: 1 } },
  })
  const last = item?.decisions[0]
  if (!item || last?.byId !== mine.person.id) return undefined
  const isMine = item.reviewerId !== null && mine.places.includes(item.reviewerId)
  return {
    id: item.id,
    name: item.name,
    version: item.version,
    state: item.state as ItemState,
    decision: last.decision,
    undoable: isMine && (item.state === 'decided' || item.state === 'unclear'),
  }
}
