// One page of the list of credentials and stored secrets.
import type { CredentialFilter, CredentialRow } from '@/core/list'
import type { Actor } from '@/core/permissions'
import { askedScopes, type AskedScopes } from './asked-scopes'
import { completenessOf } from './completeness-of'
import { credentialSlice, FEW_MAX, gatherCredentials } from './credential-slice'
import { credentialConditions, lookedAt } from './credential-where'
import type { FullPage } from './types'
import { mustRead } from './visible'

type Asked = Omit<CredentialFilter, 'size'> & { size: number }

/** What few rows fit is gathered and sorted; what many fit is soon met in the order of the list. */
async function pageOf(actor: Actor, filter: Asked, scopes: AskedScopes) {
  const conditions = await credentialConditions(actor, filter, scopes)
  const { total, slice } = await gatherCredentials(conditions, filter)
  if (slice) return { ...slice, total, totalIsMore: false }
  return { ...(await credentialSlice(conditions, filter)), total: FEW_MAX, totalIsMore: true }
}

/**
 * @param filter of any page size: pages offer three, programs ask for what they need
 * @param asked the scopes of the filter, where they are known already
 */
export async function listCredentials(
  actor: Actor,
  filter: Asked,
  asked?: AskedScopes,
): Promise<FullPage<CredentialRow>> {
  mustRead(actor, 'identity:read')
  const scopes = asked ?? (await askedScopes(filter.scope))
  const [page, completeness] = await Promise.all([
    pageOf(actor, filter, scopes),
    completenessOf(actor, {
      scopeIds: scopes.chosen,
      kinds: lookedAt(actor, filter),
      realOnly: scopes.hidden.length > 0,
    }),
  ])
  return { ...page, completeness }
}
