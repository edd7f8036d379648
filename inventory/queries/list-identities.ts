// One page of the list of identities.
import type { IdentityFilter, IdentityRow } from '@/core/list'
import type { Actor } from '@/core/permissions'
import { boundedCount } from './bounded-count'
import { completenessOf } from './completeness-of'
import { identitySlice } from './identity-slice'
import { IDENTITY_FROM, identityConditions } from './identity-where'
import { hiddenSamples } from './counted-scopes'
import { scopeIds } from './scope-ids'
import { allOf } from './sql'
import type { FullPage } from './types'
import { mustRead } from './visible'

/** @param filter of any page size: pages offer three, programs ask for what they need */
export async function listIdentities(
  actor: Actor,
  filter: Omit<IdentityFilter, 'size'> & { size: number },
): Promise<FullPage<IdentityRow>> {
  mustRead(actor, 'identity:read')
  const conditions = await identityConditions(actor, filter)
  const slice = await identitySlice(conditions, filter)
  const [total, completeness] = await Promise.all([
    boundedCount(IDENTITY_FROM, allOf(Object.values(conditions))),
    completenessOf(actor, {
      scopeIds: await scopeIds(filter.scope),
      realOnly: (await hiddenSamples(filter.scope)).length > 0,
    }),
  ])
  return { ...slice, total: total.count, totalIsMore: total.more, completeness }
}
