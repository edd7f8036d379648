// In which state a campaign is, and how far the freezing of its population: a small answer that can be asked for again and again.
import { z } from 'zod'
import { CAMPAIGN_STATES } from '@/core/campaign'
import { Instant } from '@/core/fact'
import type { Actor } from '@/core/permissions'
import { compact, iso } from '@/inventory/queries/sql'
import { db } from '@/prisma/client'
import type { Campaign } from '@/prisma/generated/client'
import { authorise } from '../authorise'
import { mustFindCampaign } from './campaign-view'

const SHOWN = 6
const RECENT_MS = 60 * 60_000

export const Preparation = z.object({
  id: z.guid(),
  name: z.string(),
  state: z.enum(CAMPAIGN_STATES),
  dueAt: Instant,
  /** Identities frozen so far. How many there will be is known at the end. */
  prepared: z.int(),
  failure: z.string().optional(),
})
export type Preparation = z.infer<typeof Preparation>

const viewOf = ({ id, name, state, dueAt, prepared, failure }: Campaign): Preparation =>
  compact({
    id,
    name,
    state: state as Preparation['state'],
    dueAt: iso(dueAt),
    prepared,
    failure: failure ?? undefined,
  })

/** @throws RollcallError `not-found` */
export async function preparationOf(actor: Actor | null, id: string): Promise<Preparation> {
  authorise(actor, 'campaign:read')
  return viewOf(await mustFindCampaign(id))
}

/** Those under way, and those that have just ended. */
export async function preparations(actor: Actor | null, now = new Date()): Promise<Preparation[]> {
  authorise(actor, 'campaign:read')
  const recent = { gte: new Date(now.getTime() - RECENT_MS) }
  const rows = await db.campaign.findMany({
    where: {
      OR: [
        { state: 'preparing' },
        { state: 'ready', preparedAt: recent },
        { state: 'draft', failure: { not: null }, changedAt: recent },
      ],
    },
    orderBy: [{ changedAt: 'desc' }, { id: 'asc' }],
    take: SHOWN,
  })
  return rows.map(viewOf)
}
