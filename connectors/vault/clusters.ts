// Which cluster a Kubernetes mount belongs to, and how its service accounts are named for others.
import { known, type Fact } from '@/core/fact'
import type { Link } from '@/core/join'
import { hostOf, withPort, type Connection } from './connection'
import type { Mount } from './look'

export type Cluster =
  | { by: 'api'; host: string }
  | { by: 'issuer'; issuer: string }
  /** Its address means another cluster wherever it is used. */
  | { by: 'nothing'; mount: string; accessor: string }

/** Without the scheme and without a slash at its end: so issuers go by everywhere. */
export const issuerName = (url: string): string => url.replace(/^https:\/\//, '').replace(/\/$/, '')

/** What the settings say about a mount, by its whole path or by the path alone. */
export function namedCluster({ clusters }: Connection, paths: readonly string[]): Cluster | undefined {
  const line = paths
    .map((path) => clusters.find((one) => one.startsWith(`${path}=`)))
    .find((one) => one !== undefined)
  if (line === undefined) return undefined
  const name = line.slice(line.indexOf('=') + 1)
  return name.startsWith('https://')
    ? { by: 'issuer', issuer: issuerName(name) }
    : { by: 'api', host: withPort(name) }
}

/** Addresses that every cluster answers to from within, and every machine to itself. */
const VAGUE = /^(kubernetes(\.default(\.svc.*)?)?|localhost|127\.[\d.]+|\[::1\]|0\.0\.0\.0)$/i

/** The cluster by its address, as the mount is configured with it. */
export function configuredCluster(mount: Mount, host: Fact<string>): Fact<Cluster> {
  const { path, accessor } = mount
  const nothing: Cluster = { by: 'nothing', mount: path, accessor }
  if (host.state === 'unknown') return host
  if (host.state === 'absent' || !URL.canParse(host.value)) return known(nothing, host.source)
  const vague = VAGUE.test(new URL(host.value).hostname)
  return known(vague ? nothing : { by: 'api', host: hostOf(host.value) }, host.source)
}

type Named = Pick<Link, 'to' | 'value' | 'authority'>

const authorityOf = (cluster: Cluster): Pick<Link, 'authority'> => {
  if (cluster.by === 'api') return { authority: `kubernetes:${cluster.host}` }
  return cluster.by === 'issuer' ? { authority: `oidc:${cluster.issuer}` } : {}
}

/** A service account by namespace and name; either may hold `*`. */
export function accountName(cluster: Cluster, namespace: string, name: string): Named {
  if (cluster.by === 'issuer')
    return {
      to: 'oidc.subject',
      value: `${cluster.issuer}|system:serviceaccount:${namespace}:${name}`,
      ...authorityOf(cluster),
    }
  // Where the cluster is not known, the accessor of the mount stands for it: nobody bears such a name, so nothing is
  // taken for it by accident.
  const place = cluster.by === 'api' ? cluster.host : cluster.accessor
  return { to: 'kubernetes.subject', value: `${place}|${namespace}/${name}`, ...authorityOf(cluster) }
}

/** A service account by its uid, which no other one ever has. */
export const accountUid = (cluster: Cluster, uid: string): Named => ({
  to: 'kubernetes.uid',
  value: uid,
  ...authorityOf(cluster),
})

/** What to do where it cannot be told which cluster is meant; nothing to add where it can. */
export const remedyFor = (cluster: Cluster): string =>
  cluster.by === 'nothing'
    ? ` The address of ${cluster.mount} does not tell which cluster it is: name it in the setting Clusters.`
    : ''
