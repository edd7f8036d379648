// The clusters of a connection, or where only some namespaces are read each of those: what is outside is then no part of
// any scope, so that nothing there can be taken for gone.
import type { Scope } from '@/core/connector'
import { valueOf } from '@/core/fact'
import type { Session } from '@/core/session'
import { addressAuthority, clusterAuthority, issuerAuthority } from './map-joins'
import { CLUSTER } from './permissions'
import { CLUSTER_TYPE, clustersOf, issuerOf, NAMESPACE_TYPE, scopeId } from './place'
import { Bare, type Cluster } from './shapes'

export async function* scopes(session: Session): AsyncGenerator<Scope> {
  const seen = new Set<string>()
  const failed: Cluster[] = []
  for (const cluster of await clustersOf(session)) {
    const found = await session.ask(CLUSTER, { cluster: cluster.name }, Bare)
    if (found.state !== 'known') failed.push(cluster)
    else yield* ofCluster(session, cluster, found.value, seen)
  }
  // One that does not answer must not keep the others from being read. Asked again at the end, it ends the list.
  for (const cluster of failed)
    yield* ofCluster(session, cluster, await session.call(CLUSTER, { cluster: cluster.name }, Bare), seen)
}

async function* ofCluster(
  session: Session,
  cluster: Cluster,
  { metadata: { uid } }: Bare,
  seen: Set<string>,
): AsyncGenerator<Scope> {
  // Two contexts of one cluster: it is read once, as the first of them.
  if (seen.has(uid)) return
  seen.add(uid)
  if (cluster.namespaces) {
    for (const namespace of cluster.namespaces)
      yield {
        nativeId: scopeId(uid, namespace),
        name: `${cluster.name}/${namespace}`,
        type: NAMESPACE_TYPE,
        // Names of a part only: that something is not here says nothing about the cluster.
        authorities: [clusterAuthority(scopeId(uid, namespace))],
      }
    return
  }
  const issuer = valueOf(await issuerOf(session, cluster))
  yield {
    nativeId: uid,
    name: cluster.name,
    type: CLUSTER_TYPE,
    authorities: [
      clusterAuthority(uid),
      ...cluster.addresses.map(addressAuthority),
      ...(issuer === undefined ? [] : [issuerAuthority(issuer)]),
    ],
  }
}
