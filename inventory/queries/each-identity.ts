// Every identity of a list, in batches: the same rows in the same order as its pages, in bounded memory.
import type { IdentityFilter, IdentityRow } from '@/core/list'
import type { Actor } from '@/core/permissions'
import { identitySlice } from './identity-slice'
import { identityConditions } from './identity-where'
import { mustRead } from './visible'

const BATCH = 1000

/** Starts at the filter's `after`, where it has one. */
export async function* eachIdentity(
  actor: Actor,
  filter: Omit<IdentityFilter, 'size'>,
): AsyncGenerator<IdentityRow[]> {
  mustRead(actor, 'identity:read')
  const conditions = await identityConditions(actor, filter)
  let after = filter.after
  do {
    const { rows, next } = await identitySlice(conditions, { sort: filter.sort, after, size: BATCH })
    if (rows.length) yield rows
    after = next
  } while (after !== undefined)
}
