// All that the page of credentials shows, about the same scopes.
import type { CredentialFilter, CredentialRow } from '@/core/list'
import type { Actor } from '@/core/permissions'
import { askedScopes } from './asked-scopes'
import { credentialFacets, type CredentialFacets } from './credential-facets'
import { listCredentials } from './list-credentials'
import type { FullPage } from './types'

type Answer = { page: FullPage<CredentialRow>; facets: CredentialFacets }

export async function credentialsAndFacets(actor: Actor, filter: CredentialFilter): Promise<Answer> {
  const asked = await askedScopes(filter.scope)
  const [page, facets] = await Promise.all([
    listCredentials(actor, filter, asked),
    credentialFacets(actor, filter, asked),
  ])
  return { page, facets }
}
