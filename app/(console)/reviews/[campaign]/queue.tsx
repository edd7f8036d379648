// What is open, in sets of about ten: by system, by kind, or as one list.
import { reviewQueue, type ItemPage } from '@/governance/campaigns/campaign-items'
import { groupsOf, type Counted, type Group } from '@/governance/campaigns/reviewing/tally'
import type { Actor } from '@/core/permissions'
import { itemsOf, SET, type QueueFilter } from './show'

/** Groups whose first set is shown; the others are named, with a link to them. */
const GROUPS_SHOWN = 6

export type Shown = { group?: Group; part: Record<string, string>; page: ItemPage }
export type Queue = { shown: Shown[]; others: Group[] }

const partOf = (view: 'system' | 'kind', key: string): { scope: string } | { type: string } =>
  view === 'system' ? { scope: key } : { type: key }

/** What the filter narrows beside its group is not counted by group: groups without any of it are left out. */
async function byGroup(
  actor: Actor,
  id: string,
  filter: QueueFilter,
  tally: readonly Counted[],
): Promise<Queue> {
  const view = filter.view === 'kind' ? 'kind' : 'system'
  const groups = groupsOf(tally, view).filter(({ sum }) => sum.open > 0)
  const first = groups.slice(0, GROUPS_SHOWN)
  const shown = await Promise.all(
    first.map(async (group) => {
      const part = partOf(view, group.key)
      return { group, part, page: await reviewQueue(actor, id, { ...itemsOf(filter), ...part, size: SET }) }
    }),
  )
  return { shown: shown.filter(({ page }) => page.rows.length > 0), others: groups.slice(GROUPS_SHOWN) }
}

export async function readQueue(
  actor: Actor,
  id: string,
  filter: QueueFilter,
  tally: readonly Counted[],
): Promise<Queue> {
  const { show, view, scope, type } = filter
  if (show === 'open' && view !== 'flat' && !scope && !type) return byGroup(actor, id, filter, tally)
  const size = show === 'open' ? SET : 50
  const page = await reviewQueue(actor, id, {
    ...itemsOf(filter),
    size,
    ...(show === 'second' && { second: true }),
  })
  return { shown: [{ part: { ...(scope && { scope }), ...(type && { type }) }, page }], others: [] }
}
