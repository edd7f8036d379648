// Issuers of AKS clusters: whose tokens federated credentials accept.
import type { Stream } from '@/core/connector'
import { absent, unknown } from '@/core/fact'
import type { Of } from '@/core/observation'
import { CLUSTERS } from './arm-calls'
import { look } from './estate'
import { issuerName, OIDC_ISSUER, oidcAuthority, resourceIdKey } from './keys'
import { rows } from './resource-graph'
import { Cluster } from './shapes-arm'

const KINDS = ['issuer'] as const
const QUERY =
  "resources | where type =~ 'microsoft.containerservice/managedclusters' | project id, name, issuer = properties.oidcIssuerProfile.issuerURL"

const row = ({ id, name }: Cluster, issuer: string): Of<'issuer'> => ({
  kind: 'issuer',
  nativeId: `aks-issuer/${id}`,
  aliases: [issuerName(issuer)],
  keys: [resourceIdKey(id)],
  links: [
    {
      relation: 'declared',
      means: 'same',
      kind: 'issuer',
      to: OIDC_ISSUER,
      match: 'exact',
      value: issuerName(issuer),
      authority: oidcAuthority(issuer),
      reason: 'The cluster issues its tokens by this address.',
    },
  ],
  type: 'azure.aks-issuer',
  name: `${name} (${issuerName(issuer)})`,
  audiences: absent(CLUSTERS, 'a cluster issues for any audience'),
  createdAt: unknown('not-offered', CLUSTERS, 'Azure Resource Graph does not tell when a cluster was made'),
  expiresAt: absent(CLUSTERS, 'it has no end date'),
})

export const clusterIssuers: Stream = {
  kinds: KINDS,
  async *collect(at) {
    const { subscriptions } = await look(at, CLUSTERS, KINDS)
    for await (const one of rows(at.session, CLUSTERS, { subscriptions, query: QUERY }, Cluster))
      if (one.issuer !== undefined) yield row(one, one.issuer)
  },
}
