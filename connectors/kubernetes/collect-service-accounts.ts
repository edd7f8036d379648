// Service accounts with their owners, nodes, and the issuer of the cluster's tokens.
import type { Stream } from '@/core/connector'
import { absent, unknown, valueOf } from '@/core/fact'
import type { Kind } from '@/core/observation'
import { gather, tryList } from './list'
import { issuerAuthority, type KnownAs } from './map-joins'
import { namespaceHints, ownerHints } from './map-owner'
import { nodeIdentity, serviceAccountIdentity } from './map-service-account'
import { DISCOVERY, KUBECONFIG, LIST } from './permissions'
import { clusterOf, issuerOf, meshOf, placeOf } from './place'
import { Bare, Node, ServiceAccount } from './shapes'

const ACCOUNT_KINDS = ['identity', 'owner-hint'] as const satisfies readonly Kind[]
export const serviceAccounts: Stream = {
  kinds: ACCOUNT_KINDS,
  async *collect(at) {
    const { uid, params } = placeOf(at.scope)
    const cluster = await clusterOf(at)
    const issuer = await issuerOf(at.session, cluster)
    const mesh = await meshOf(at, cluster)
    const knownAs: KnownAs = {
      ...cluster,
      uid,
      issuer: valueOf(issuer),
      isInMesh: mesh.state === 'known',
      areNamesUnseen: issuer.state === 'unknown' || mesh.state === 'unknown',
    }
    const namespaces = await gather(at, {
      permission: LIST.namespaces,
      params,
      item: Bare,
      kinds: ['owner-hint'],
    })
    at.lacking(['owner-hint'], namespaces)
    const byName = new Map(valueOf(namespaces)?.map(({ metadata }) => [metadata.name, metadata]))
    const accounts = await tryList(at, {
      permission: LIST.serviceAccounts,
      params,
      item: ServiceAccount,
      kinds: ACCOUNT_KINDS,
    })
    if (accounts.state !== 'known') return at.lacking(ACCOUNT_KINDS, accounts)
    for await (const account of accounts.value) {
      const { metadata } = account
      yield serviceAccountIdentity(account, knownAs)
      yield* ownerHints(metadata.uid, metadata)
      const namespace = byName.get(metadata.namespace)
      if (namespace) yield* namespaceHints(metadata.uid, namespace)
    }
  },
}

const NODE_KINDS = ['identity'] as const satisfies readonly Kind[]
export const nodes: Stream = {
  kinds: NODE_KINDS,
  async *collect(at) {
    const { params } = placeOf(at.scope)
    const listed = await tryList(at, { permission: LIST.nodes, params, item: Node, kinds: NODE_KINDS })
    at.lacking(NODE_KINDS, listed)
    if (listed.state === 'known') for await (const node of listed.value) yield nodeIdentity(node)
  },
}

export const tokenIssuer: Stream = {
  kinds: ['issuer'],
  async *collect(at) {
    const { namespace } = placeOf(at.scope)
    // It belongs to the cluster, not to one namespace of it.
    if (namespace !== undefined)
      return at.lacking(
        ['issuer'],
        unknown('not-offered', KUBECONFIG, 'only a namespace of the cluster is read'),
      )
    const issuer = await issuerOf(at.session, await clusterOf(at))
    at.lacking(['issuer'], issuer)
    if (issuer.state !== 'known') return
    const notTold = unknown('not-offered', DISCOVERY, 'the cluster does not tell it')
    yield {
      kind: 'issuer',
      nativeId: issuer.value,
      aliases: [issuerAuthority(issuer.value)],
      keys: [{ type: 'oidc.issuer', value: issuer.value }],
      type: 'kubernetes.token-issuer',
      name: issuer.value,
      audiences: notTold,
      createdAt: notTold,
      expiresAt: absent(DISCOVERY, 'it has no end date'),
    }
  },
}
