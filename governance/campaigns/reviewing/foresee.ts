// What a request about several items would do, without doing it: which rows would be refused, what stops, and what has to be done.
import { z } from 'zod'
import type { Section } from '@/core/campaign'
import { RollcallError } from '@/core/errors'
import type { Actor } from '@/core/permissions'
import { db } from '@/prisma/client'
import { parseInput } from '../../command'
import type { StoredPolicy } from '../campaign-input'
import { DecideBody, type DecisionRow } from '../decision-input'
import { readItems, type HeldItem } from '../held-items'
import { refusalsOf } from '../refuse-rows'
import { asReviewer } from './as-reviewer'

export type Foreseen = {
  item: string
  name: string
  /** Why it would be refused; unset where it would be carried out. */
  refused?: string
  /** What would stop, as the card says. */
  removing?: Section
}

const Asked = DecideBody.pick({ decisions: true }).extend({ id: z.guid() })

const foreseenOf = ({ item }: DecisionRow, held: HeldItem | undefined, refused?: string): Foreseen => ({
  item,
  name: held?.name ?? item,
  ...(refused !== undefined && { refused }),
  ...(held && { removing: held.card.removing }),
})

/**
 * Row by row, in the order of the request. Where one would be refused, nothing of it would be done.
 * @throws RollcallError `forbidden` for whoever is nobody of the directory, `not-found`
 */
export async function foresee(
  actor: Actor | null,
  asked: z.input<typeof Asked>,
  now = new Date(),
): Promise<Foreseen[]> {
  const mine = await asReviewer(actor, now)
  const { id, decisions } = parseInput(Asked, asked)
  const campaign = await db.campaign.findUnique({ where: { id } })
  if (!mine || !campaign)
    throw new RollcallError('not-found', 'There is no such campaign, or nothing of it is yours.')
  const rows = decisions.map((row) => ({ ...row, item: row.item.toLowerCase() }))
  const items = await readItems(
    db,
    id,
    rows.map(({ item }) => item),
  )
  const policy = campaign.policy as StoredPolicy
  const refused = refusalsOf(rows, items, { ...mine, policy, now })
  // What is somebody else's is refused, and nothing else is told of it.
  return rows.map((row) => {
    const refusal = refused.get(row.item)
    const hidden = refusal && (refusal.code === 'forbidden' || refusal.code === 'not-found')
    return foreseenOf(row, hidden ? undefined : items.get(row.item), refusal?.message)
  })
}
