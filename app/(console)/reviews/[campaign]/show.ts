// Which part of one's queue a page shows, and in which view: one schema for its address.
import { z } from 'zod'
import { oneOf } from '@/core/list'
import { TIERS } from '@/core/campaign'
import type { ItemFilter } from '@/governance/campaigns/campaign-items'

export const SHOWS = ['open', 'decided', 'second', 'handed'] as const
export type Show = (typeof SHOWS)[number]
const VIEWS = ['system', 'kind', 'flat'] as const

/** Items of one set: what one goes through in a sitting. */
export const SET = 10

export const QueueFilter = z.object({
  show: z.enum(SHOWS).default('open'),
  view: z.enum(VIEWS).default('system'),
  q: z.string().trim().max(300).optional(),
  tier: oneOf(TIERS),
  scope: z.guid().optional(),
  type: z.string().max(200).optional(),
  after: z.string().max(4000).optional(),
  /** The item that was decided last: what can be taken back. */
  done: z.guid().optional(),
})
export type QueueFilter = z.infer<typeof QueueFilter>

const STATES: Record<Show, ItemFilter['state']> = {
  open: ['undecided', 'unclear'],
  decided: ['decided', 'unclear', 'signed'],
  second: undefined,
  handed: undefined,
}

/** The same as the filter of items asks it. */
export const itemsOf = ({ show, q, tier, scope, type, after }: QueueFilter): Partial<ItemFilter> => ({
  ...(STATES[show] && { state: STATES[show] }),
  ...(q && { q }),
  ...(tier && { tier }),
  ...(scope && { scope }),
  ...(type && { type }),
  ...(after && { after }),
})

/** The same as the address of the API has it. */
export const paramsOf = (filter: QueueFilter): Record<string, string> => ({
  ...Object.fromEntries(
    Object.entries(itemsOf(filter)).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(',') : String(value),
    ]),
  ),
  ...(filter.show === 'second' && { second: 'yes' }),
})
