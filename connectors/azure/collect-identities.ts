// User-assigned identities: whose tokens they accept, and who answers for them. The identities themselves are among the
// service principals of the directory; only a file without those tells them here.
import type { Stream, StreamAt } from '@/core/connector'
import { absent, known, unknown } from '@/core/fact'
import type { Observation, Of } from '@/core/observation'
import { FEDERATED, IDENTITIES } from './arm-calls'
import { connection } from './connection'
import { federatedTrust } from './entra/map-federated'
import { estateOf, look, permits, readable } from './estate'
import { clientIdKey, objectIdKey, resourceIdKey } from './keys'
import { ownerTags } from './owner-tags'
import { gather } from './pages'
import { rows } from './resource-graph'
import { FederatedCredential, ManagedIdentity } from './shapes-arm'

const KINDS = ['owner-hint', 'trust'] as const
const QUERY =
  "resources | where type =~ 'microsoft.managedidentity/userassignedidentities' | project id, name, tags, principalId = properties.principalId, clientId = properties.clientId"

async function* trusts(at: StreamAt, one: ManagedIdentity): AsyncGenerator<Observation> {
  const params = { path: `${one.id}/federatedIdentityCredentials` }
  const listed = await gather(at.session, FEDERATED, params, FederatedCredential)
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

const NOT_TOLD = 'the file does not tell'
function identity({ id, name, tags, principalId, clientId }: ManagedIdentity): Of<'identity'> {
  const notTold = unknown('not-offered', IDENTITIES, NOT_TOLD)
  return {
    kind: 'identity',
    nativeId: principalId,
    aliases: clientId === undefined ? [] : [clientId],
    keys: [
      objectIdKey(principalId),
      ...(clientId === undefined ? [] : [clientIdKey(clientId)]),
      resourceIdKey(id),
    ],
    type: 'azure.managed-identity',
    name,
    class: 'machine',
    classReason: 'Azure hands tokens for it to the resources that have it.',
    createdAt: notTold,
    enabled: notTold,
    lastUsedAt: notTold,
    description: notTold,
    maxSessionSeconds: notTold,
    tags: known(tags, IDENTITIES),
    vendor: absent(IDENTITIES, 'it is of this tenant'),
    neverHasCredentials: true,
  }
}

export const identityList: Stream = {
  kinds: ['identity'],
  neverWhole:
    'A file holds the identities of one subscription; those of a tenant are read from its directory.',
  async *collect(at) {
    const { file } = await connection(at.session)
    if (file !== 'identities') return
    const { rights } = await estateOf(at.session)
    const subscriptions = [...rights.keys()]
    for await (const one of rows(at.session, IDENTITIES, { subscriptions, query: QUERY }, ManagedIdentity))
      yield identity(one)
  },
}
