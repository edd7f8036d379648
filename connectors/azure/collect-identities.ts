// User-assigned identities: whose tokens they accept, and who answers for them. The identities themselves are told among the
// service principals of the directory.
import type { Stream, StreamAt } from '@/core/connector'
import { unknown } from '@/core/fact'
import type { Observation } from '@/core/observation'
import { FEDERATED, IDENTITIES } from './arm-calls'
import { federatedTrust } from './entra/map-federated'
import { look, permits, readable } from './estate'
import { ownerTags } from './owner-tags'
import { gatherOf } from './pages'
import { rows } from './resource-graph'
import { FederatedCredential, ManagedIdentity } from './shapes-arm'

const KINDS = ['owner-hint', 'trust'] as const
const QUERY =
  "resources | where type =~ 'microsoft.managedidentity/userassignedidentities' | project id, name, tags, principalId = properties.principalId, clientId = properties.clientId"

async function* trusts(at: StreamAt, one: ManagedIdentity): AsyncGenerator<Observation> {
  const params = { path: `${one.id}/federatedIdentityCredentials` }
  const listed = await gatherOf(at.session, FEDERATED, params, FederatedCredential)
  at.lacking(['trust'], listed)
  if (listed.state !== 'known') return
  for (const { name, properties } of listed.value) {
    const { issuer, subject, audiences } = properties
    const row = { identity: one.principalId, object: one.id, id: name, name, audiences }
    if (issuer !== undefined) yield federatedTrust({ ...row, issuer, subject })
    else at.lacking(['trust'], unknown('malformed', FEDERATED, 'a federated credential has no issuer'))
  }
}

const subscriptionOf = (id: string): string => id.split('/')[2] ?? ''

export const managedIdentities: Stream = {
  kinds: KINDS,
  async *collect(at) {
    const { estate, subscriptions } = await look(at, IDENTITIES, KINDS)
    const { gap } = readable(estate, FEDERATED)
    if (gap) at.lacking(['trust'], gap)
    for await (const one of rows(at.session, IDENTITIES, { subscriptions, query: QUERY }, ManagedIdentity)) {
      yield* ownerTags({ identity: one.principalId }, one.tags, { name: one.name, id: one.id })
      const rights = estate.rights.get(subscriptionOf(one.id))
      // Where it is plain that it is not permitted, asking for each identity tells nothing more.
      if (rights?.state === 'known' && !permits(rights.value, FEDERATED)) continue
      yield* trusts(at, one)
    }
  },
}
