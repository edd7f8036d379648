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
  /** Whether it is one’s second look at what somebody else decides about. */
  second: boolean
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
    include: { decisions: { orderBy: [{ at: 'desc' }, { id: 'asc' }], take: 1 }, secondLooks: true },
  })
  if (!item) return undefined
  const look = item.secondLooks.find(
    ({ reviewerId, answer }) => answer !== null && reviewerId !== null && mine.places.includes(reviewerId),
  )
  const { id, name, version } = item
  const state = item.state as ItemState
  // Nothing of what the first one did is told with it.
  if (look?.answer)
    return { id, name, version, state: 'undecided', decision: look.answer, undoable: false, second: true }
  const [last] = item.decisions
  if (last?.byId !== mine.person.id) return undefined
  const isMine = item.reviewerId !== null && mine.places.includes(item.reviewerId)
  return {
    ...{ id, name, version, state },
    decision: last.decision,
    undoable: isMine && (state === 'decided' || state === 'unclear'),
    second: false,
  }
}
