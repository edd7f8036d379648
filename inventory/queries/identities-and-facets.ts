// All that the page of identities shows, about the same scopes.
import type { IdentityFilter, IdentityRow } from '@/core/list'
import type { Actor } from '@/core/permissions'
import { askedScopes } from './asked-scopes'
import { identityFacets } from './identity-facets'
import { listIdentities } from './list-identities'
import type { FullPage, IdentityFacets } from './types'

type Answer = { page: FullPage<IdentityRow>; facets: IdentityFacets }

export async function identitiesAndFacets(actor: Actor, filter: IdentityFilter): Promise<Answer> {
  const asked = await askedScopes(filter.scope)
  const [page, facets] = await Promise.all([
    listIdentities(actor, filter, asked),
    identityFacets(actor, filter, { asked }),
  ])
  return { page, facets }
}
