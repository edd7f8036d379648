// How things of a cluster name each other and are named by others: the keys they bear, and the links they hold.
import type { Joins, Key, Link } from '@/core/join'
import type { Metadata } from './shapes'

export const clusterAuthority = (uid: string): string => `kubernetes-cluster:${uid}`
export const addressAuthority = (address: string): string => `kubernetes:${address}`
export const issuerAuthority = (issuer: string): string => `oidc:${issuer}`

/** Service accounts, Secrets and issuers by the cluster and their name: what objects of the cluster name each other by. */
export const SERVICE_ACCOUNT = 'kubernetes.service-account'
export const SECRET = 'kubernetes.secret'
export const CERT_ISSUER = 'kubernetes.cert-issuer'
export const SPIFFE_ID = 'spiffe.id'
/** What a mesh is called unless it was told otherwise; in its policies it means the mesh itself, whatever its name. */
export const MESH_ITSELF = 'cluster.local'
export const spiffeId = (trustDomain: string, namespace: string, name: string): string =>
  `spiffe://${trustDomain}/ns/${namespace}/sa/${name}`

export const joins: Joins = {
  offers: [
    { type: 'kubernetes.uid', kind: 'identity' },
    { type: 'kubernetes.subject', kind: 'identity' },
    { type: SERVICE_ACCOUNT, kind: 'identity' },
    { type: 'oidc.subject', kind: 'identity' },
    { type: 'gcp.workload-identity', kind: 'identity' },
    { type: SPIFFE_ID, kind: 'identity' },
    { type: 'aws.instance-id', kind: 'identity' },
    { type: 'oidc.issuer', kind: 'issuer' },
    { type: CERT_ISSUER, kind: 'issuer' },
    { type: SECRET, kind: 'secret' },
  ],
  expects: [
    { type: SERVICE_ACCOUNT, kind: 'identity' },
    { type: SECRET, kind: 'secret' },
    { type: CERT_ISSUER, kind: 'issuer' },
    { type: 'aws.arn', kind: 'identity' },
    { type: 'gcp.service-account-email', kind: 'identity' },
    { type: 'azure.client-id', kind: 'identity' },
    { type: 'vault.path', kind: 'secret' },
    { type: 'aws.secret', kind: 'secret' },
    { type: 'aws.parameter', kind: 'secret' },
    { type: 'azure.key-vault-secret', kind: 'secret' },
    { type: 'gcp.secret', kind: 'secret' },
    { type: SPIFFE_ID, kind: 'identity' },
    { type: 'oidc.subject', kind: 'identity' },
  ],
}

/** `system:serviceaccount:<namespace>:<name>`, as tokens, bindings and logs name it. */
export const subjectOf = (namespace: string, name: string): string =>
  `system:serviceaccount:${namespace}:${name}`

export type KnownAs = {
  uid: string
  addresses: readonly string[]
  issuer?: string
  /** Of the mesh it is part of: the first is in the names its service accounts bear there. */
  trustDomains?: readonly string[]
  /** Whether it has a mesh that is known. */
  isInMesh?: boolean
  /** Whether it has an issuer or a mesh that could not be asked for: names made with them are then missing. */
  areNamesUnseen?: boolean
  workloadPool?: string
}
export const accountKeys = (
  { uid, namespace, name }: { uid: string; namespace: string; name: string },
  cluster: KnownAs,
): Key[] => [
  { type: 'kubernetes.uid', value: uid },
  { type: SERVICE_ACCOUNT, value: inCluster(cluster.uid, namespace, name) },
  ...cluster.addresses.map((address) => ({
    type: 'kubernetes.subject',
    value: `${address}|${namespace}/${name}`,
  })),
  ...(cluster.issuer === undefined
    ? []
    : [{ type: 'oidc.subject', value: `${cluster.issuer}|${subjectOf(namespace, name)}` }]),
  ...(cluster.workloadPool === undefined
    ? []
    : [{ type: 'gcp.workload-identity', value: `${cluster.workloadPool}[${namespace}/${name}]` }]),
  ...meshKeys(cluster, namespace, name),
]

function meshKeys(
  { isInMesh, trustDomains: [domain] = [] }: KnownAs,
  namespace: string,
  name: string,
): Key[] {
  if (!isInMesh || domain === undefined) return []
  return [{ type: SPIFFE_ID, value: spiffeId(domain, namespace, name) }]
}

/** Cloud identities that a service account names in its annotations. */
export function cloudLinks(annotations: Metadata['annotations']): Link[] {
  const declared = (to: string, value: string, key: string, what: string, authority?: string): Link => ({
    relation: 'declared',
    means: 'this-becomes',
    to,
    match: 'exact',
    value,
    ...(authority && { authority }),
    reason: `Its annotation ${key} names this ${what}.`,
  })
  const of = (key: string): string => annotations[key]?.trim() ?? ''
  const [role, email, client] = [
    of('eks.amazonaws.com/role-arn'),
    of('iam.gke.io/gcp-service-account'),
    of('azure.workload.identity/client-id'),
  ]
  const account = /^arn:aws[a-z-]*:iam::(\d{12}):role\//.exec(role)?.[1]
  const project = /@([a-z0-9.:-]+)\.iam\.gserviceaccount\.com$/.exec(email)?.[1]
  const tenant = of('azure.workload.identity/tenant-id').toLowerCase()
  return [
    ...(role
      ? [declared('aws.arn', role, 'eks.amazonaws.com/role-arn', 'role', account && `aws:${account}`)]
      : []),
    ...(email
      ? [
          declared(
            'gcp.service-account-email',
            email,
            'iam.gke.io/gcp-service-account',
            'service account',
            project && `gcp-project:${project}`,
          ),
        ]
      : []),
    ...(client
      ? [
          declared(
            'azure.client-id',
            client.toLowerCase(),
            'azure.workload.identity/client-id',
            'client id',
            tenant && `entra:${tenant}`,
          ),
        ]
      : []),
  ]
}

export const inCluster = (uid: string, namespace: string, name: string): string =>
  `${uid}|${namespace}/${name}`

type Named = { uid: string; namespace: string; name: string; reason: string }
/** A service account of the same cluster that this one relies on, or that can become it. */
export const accountLink = (
  { uid, namespace, name, reason }: Named,
  means: 'relied-on' | 'becomes-this',
): Link => ({
  relation: 'declared',
  means,
  to: SERVICE_ACCOUNT,
  match: 'exact',
  value: inCluster(uid, namespace, name),
  authority: clusterAuthority(uid),
  reason,
})
export const secretLink = ({ uid, namespace, name, reason }: Named): Link => ({
  relation: 'declared',
  means: 'relied-on',
  kind: 'secret',
  to: SECRET,
  match: 'exact',
  value: inCluster(uid, namespace, name),
  authority: clusterAuthority(uid),
  reason,
})
