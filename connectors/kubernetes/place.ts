// Where in which cluster a scope reads, and by which addresses that cluster is known.
import type { Scope, StreamAt } from '@/core/connector'
import { absent, known, mapFact, unknown, type Fact } from '@/core/fact'
import type { Session } from '@/core/session'
import { NOT_FOUND, NOT_SERVED } from './explain'
import type { Params } from './list'
import { DISCOVERY, GROUPS, ISTIO, ISTIO_VERSIONS, KUBECONFIG } from './permissions'
import { Clusters, Groups, Issuing, type Cluster } from './shapes'
import type { z } from 'zod'

export const CLUSTER_TYPE = 'kubernetes.cluster'
export const NAMESPACE_TYPE = 'kubernetes.namespace'
/** The UID of kube-system, and where only one namespace is read its name. */
export const scopeId = (uid: string, namespace?: string): string =>
  namespace === undefined ? uid : `${uid}/${namespace}`

/** A repository of manifests is a scope of its own: it says what should be, not what is. */
const MANIFESTS = 'manifests:'
export const manifestsId = (name: string): string => `${MANIFESTS}${name}`
export const isOfManifests = (uid: string): boolean => uid.startsWith(MANIFESTS)

export type Place = { uid: string; namespace: string | undefined; params: Params }
export function placeOf({ nativeId, name }: Pick<Scope, 'nativeId' | 'name'>): Place {
  const [uid = nativeId, namespace] = nativeId.split('/')
  if (namespace === undefined) return { uid, namespace, params: { cluster: name } }
  return { uid, namespace, params: { cluster: name.slice(0, -namespace.length - 1), namespace } }
}

export async function clustersOf(session: Session): Promise<Cluster[]> {
  const { clusters } = await session.call(KUBECONFIG, {}, Clusters)
  return clusters
}
/** The cluster of a scope, with the names it is known by. */
export async function clusterOf({ session, scope }: StreamAt): Promise<Cluster> {
  const { cluster } = placeOf(scope).params
  const found = (await clustersOf(session)).find(({ name }) => name === cluster)
  return found ?? { name: scope.name, addresses: [] }
}

/** `https://oidc.example/id/1/` → `oidc.example/id/1`, as clouds name it. */
export const bareIssuer = (url: string): string => url.replace(/^https:\/\//, '').replace(/\/$/, '')

/** Who issues the tokens of the cluster, without `https://`. Absent: it has no discovery. */
export async function issuerOf(session: Session, cluster: Cluster): Promise<Fact<string>> {
  if (cluster.issuer !== undefined) return known(bareIssuer(cluster.issuer), KUBECONFIG)
  const asked = await session.ask(DISCOVERY, { cluster: cluster.name }, Issuing, {
    absentOn: [NOT_FOUND, NOT_SERVED],
  })
  return mapFact(asked, ({ issuer }) => bareIssuer(issuer))
}

/** Which of the versions known here an extension is served in. Absent: it is not installed. */
export async function servedVersion(
  at: StreamAt,
  group: string,
  versions: readonly string[],
): Promise<Fact<string>> {
  const { cluster = '' } = placeOf(at.scope).params
  const groups = await at.session.ask(GROUPS, { cluster }, Groups)
  if (groups.state !== 'known') return groups
  const served = groups.value.groups.find(({ name }) => name === group)
  if (!served) return absent(GROUPS, `${group} is not installed`)
  const version = versions.find((one) => served.versions.some((other) => other.version === one))
  if (version !== undefined) return known(version, GROUPS)
  return unknown('not-offered', GROUPS, `${group} is installed in a version that is not known here`)
}

/** Whether it is part of a mesh whose names are known. Absent: there is none. */
export async function meshOf(at: StreamAt, { trustDomains }: Cluster): Promise<Fact<true>> {
  const version = await servedVersion(at, ISTIO, ISTIO_VERSIONS)
  if (version.state !== 'known') return version
  if (trustDomains?.length) return known(true, GROUPS)
  return unknown('not-offered', KUBECONFIG, 'which trust domain the mesh has is not told')
}

/** What discovery answers, where it is not the cluster that is asked. */
export const discoveryOf = (issuer: string): z.input<typeof Issuing> => ({
  issuer,
  id_token_signing_alg_values_supported: ['RS256'],
})
