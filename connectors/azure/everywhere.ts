// One list of Azure authorization at every scope there is: the root, the management groups below it and the subscriptions.
import type { StreamAt } from '@/core/connector'
import type { Kind } from '@/core/observation'
import type { z } from 'zod'
import { groupScope, look, rootGroup, type Estate } from './estate'
import { tryPages } from './pages'

type Query = Readonly<Record<string, string>>
/** At the root, at the groups below it, and at subscriptions. */
type Queries = { root: Query; group: Query; subscription: Query }
export type Asked<T> = {
  permission: string
  list: string
  item: z.ZodType<T>
  kinds: readonly Kind[]
  queries: Queries
  /** Codes by which the service says that there can be none. */
  absentOn?: readonly string[]
}

export function scopesOf(estate: Estate, queries: Queries): { scope: string; query: Query }[] {
  const groups = estate.groups.state === 'known' ? estate.groups.value : []
  return [
    { scope: rootGroup(estate), query: queries.root },
    ...groups.map((id) => ({ scope: groupScope(id), query: queries.group })),
    ...[...estate.rights.keys()].map((id) => ({
      scope: `/subscriptions/${id}`,
      query: queries.subscription,
    })),
  ]
}

/** What applies to a scope shows at every scope below it as well: each thing comes once. A refusal anywhere is said. */
export async function* everywhere<T extends { id: string }>(
  at: StreamAt,
  { permission, list, item, kinds, queries, absentOn = [] }: Asked<T>,
): AsyncGenerator<T> {
  const { estate } = await look(at, permission, kinds)
  at.lacking(kinds, estate.groups)
  const seen = new Set<string>()
  for (const { scope, query } of scopesOf(estate, queries)) {
    const params = { path: `${scope}/providers/Microsoft.Authorization/${list}`, query }
    const listed = await tryPages(at.session, permission, params, item, absentOn)
    at.lacking(kinds, listed)
    if (listed.state !== 'known') continue
    for await (const one of listed.value) {
      if (seen.has(one.id)) continue
      seen.add(one.id)
      yield one
    }
  }
}
