// One page of the list of identities.
import type { IdentityFilter, IdentityRow } from '@/core/list'
import type { Actor } from '@/core/permissions'
import { beyondFacets, keptTotal } from '@/inventory/facets/facet-source'
import { askedScopes, type AskedScopes } from './asked-scopes'
import { completenessOf } from './completeness-of'
import {
  FEW_BY_CREDENTIAL_MAX,
  FEW_IN_POSTURE_MAX,
  FEW_MAX,
  gatherIdentities,
  identitySlice,
} from './identity-slice'
import { identityConditions } from './identity-where'
import { unknownIds } from './judged-conditions'
import { allOf } from './sql'
import type { FullPage } from './types'
import { mustRead } from './visible'

type Asked = Omit<IdentityFilter, 'size'> & { size: number }

/** How many are put in order where the kept counts tell how many there are. */
function boundOf({ sort, owner, privilege }: Asked): number {
  if (sort === 'oldestCredential') return FEW_BY_CREDENTIAL_MAX
  if (sort === 'worst') return FEW_IN_POSTURE_MAX
  const [by, what] = [owner ?? 'any', privilege ?? ['any']]
  return by === 'any' && what.includes('any') ? FEW_MAX : FEW_IN_POSTURE_MAX
}

/**
 * What few rows fit is gathered and sorted; what many fit is soon met in the order of the list. Which of the two it is,
 * is what the total says, so no estimate has to be right about it.
 */
async function pageOf(actor: Actor, filter: Asked, scopes: AskedScopes) {
  const conditions = await identityConditions(actor, filter, scopes)
  const count = async () => (beyondFacets(filter) ? undefined : keptTotal(allOf(Object.values(conditions))))
  const bound = boundOf(filter)
  const told = bound > FEW_MAX ? await count() : undefined
  if (told === 0) return { rows: [], total: 0, totalIsMore: false }
  if (told === undefined || told <= bound) {
    const [most, few] = told === undefined ? [FEW_MAX] : [bound, unknownIds(filter)]
    const { total, slice } = await gatherIdentities(conditions, filter, most, few)
    if (slice) return { ...slice, total, totalIsMore: false }
  }
  const [many, kept] = await Promise.all([identitySlice(conditions, filter), told ?? count()])
  return { ...many, total: kept ?? FEW_MAX, totalIsMore: kept === undefined }
}

/**
 * @param filter of any page size: pages offer three, programs ask for what they need
 * @param asked the scopes of the filter, where they are known already
 */
export async function listIdentities(
  actor: Actor,
  filter: Asked,
  asked?: AskedScopes,
): Promise<FullPage<IdentityRow>> {
  mustRead(actor, 'identity:read')
  const scopes = asked ?? (await askedScopes(filter.scope))
  const [page, completeness] = await Promise.all([
    pageOf(actor, filter, scopes),
    completenessOf(actor, { scopeIds: scopes.chosen, realOnly: scopes.hidden.length > 0 }),
  ])
  return { ...page, completeness }
}
