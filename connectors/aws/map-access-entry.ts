// Whom of AWS an EKS cluster lets in, and as whom: access entries, and whether the ConfigMap of the cluster counts as well.
import { known, mapFact, type Fact } from '@/core/fact'
import type { Link } from '@/core/join'
import type { Of } from '@/core/observation'
import { accountOf, authorityOf, CLUSTER } from './map-joins'
import type { AccessEntry, AssociatedPolicy, Cluster } from './shapes-clusters'

const DESCRIBE_CLUSTER = 'eks:DescribeCluster'
/** Names how the document is read: by whoever judges the cluster, not by whoever judges the account. */
export const LANGUAGE = 'eks-access-entry'

/** `arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy` → `AmazonEKSViewPolicy` */
const policyName = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1)
const inScope = ({ accessScope: { type, namespaces } }: AssociatedPolicy): string => {
  if (type === 'cluster') return 'in the whole cluster'
  return `in ${namespaces.length === 1 ? 'namespace' : 'namespaces'} ${namespaces.join(', ') || 'of no name'}`
}

/** Reasons have to stay sentences: a cluster with many namespaces is told by its first ones. */
const REASON_MAX = 900
const short = (text: string): string =>
  text.length <= REASON_MAX ? `${text}.` : `${text.slice(0, REASON_MAX)}…`
const asWhom = ({ username, kubernetesGroups: groups, type }: AccessEntry): string =>
  [
    `as ${username ?? 'a user whose name is not told'}`,
    groups.length ? `, in ${groups.join(', ')}` : '',
    type && type !== 'STANDARD' ? `, of type ${type}` : '',
  ].join('')
function reasonOf({ entry, cluster }: LetIn): string {
  const since = entry.createdAt ? `, since ${entry.createdAt.slice(0, 10)}` : ''
  return short(`An access entry of EKS lets it into the cluster ${cluster.name} ${asWhom(entry)}${since}`)
}
/** What is given there is judged there: whoever judges it hears of it when this link says something else. */
function givesOf(entry: AccessEntry, policies: readonly AssociatedPolicy[]): string {
  const given = policies.map((one) => `${policyName(one.policyArn)} ${inScope(one)}`)
  const brings = given.join(', ') || 'no access policy'
  return short(`It lets into the cluster of this issuer ${asWhom(entry)}, with ${brings}`)
}

/** `arn:…:access-entry/<cluster>/…` → `arn:…:cluster/<cluster>`: known also where the cluster cannot be asked. */
const clusterArn = (entryArn: string): string =>
  entryArn.replace(/:access-entry\/([^/]+)\/.*$/, ':cluster/$1')

const toCluster = (arn: string): Link => {
  const account = arn.split(':')[4]
  return {
    relation: 'declared',
    means: 'relied-on',
    kind: 'issuer',
    to: CLUSTER,
    match: 'exact',
    value: arn,
    ...(account && { authority: authorityOf(account) }),
    reason: 'It is about this cluster.',
  }
}
/** By its issuer a cluster is known to its own source. */
const toIssuer = (issuer: string, reason: string): Link => ({
  relation: 'declared',
  means: 'relied-on',
  kind: 'issuer',
  to: 'oidc.issuer',
  match: 'exact',
  value: issuer,
  authority: `oidc:${issuer}`,
  reason,
})

type InCluster = {
  name: string
  /** Without its scheme; unknown where the cluster could not be asked. */
  issuer: Fact<string>
}
type LetIn = { entry: AccessEntry; cluster: InCluster; policies: Fact<readonly AssociatedPolicy[]> }

export function accessEntry(letIn: LetIn): Of<'entitlement'> {
  const { entry, cluster, policies } = letIn
  const { issuer } = cluster
  const { principalArn: arn } = entry
  const account = accountOf(arn)
  const reason = reasonOf(letIn)
  const principal: Link = {
    relation: 'permitted',
    means: 'becomes-this',
    to: 'aws.arn',
    match: 'exact',
    value: arn,
    ...(account !== undefined && { authority: authorityOf(account) }),
    reason,
  }
  return {
    kind: 'entitlement',
    nativeId: entry.accessEntryArn,
    aliases: [],
    links: [
      principal,
      toCluster(clusterArn(entry.accessEntryArn)),
      ...(issuer.state === 'known' && policies.state === 'known'
        ? [toIssuer(issuer.value, givesOf(entry, policies.value))]
        : []),
    ],
    ...((issuer.state === 'unknown' || policies.state === 'unknown') && { joiningUnseen: true as const }),
    type: 'aws.eks-access-entry',
    name: `${arn.replace(/^arn:[^:]*:iam::\d*:/, '')} in ${cluster.name}`,
    language: LANGUAGE,
    managedBy: 'customer',
    document: mapFact(policies, (some) => documentOf(entry, some)),
    gives: 'nothing',
  }
}

const documentOf = (
  { principalArn, username, kubernetesGroups, type, createdAt }: AccessEntry,
  policies: readonly AssociatedPolicy[],
): Record<string, unknown> => ({
  principalArn,
  ...(username != null && { username }),
  groups: kubernetesGroups,
  type: type ?? 'STANDARD',
  ...(createdAt != null && { createdAt }),
  policies: policies.map(({ policyArn, accessScope: { type: scope, namespaces } }) => ({
    policy: policyName(policyArn),
    scope,
    ...(scope !== 'cluster' && { namespaces }),
  })),
})

/** Where the ConfigMap `aws-auth` counts as well, entries are not all: it is inside the cluster and is not read. */
export function authentication(cluster: Cluster, issuer: Fact<string>): Of<'entitlement'>[] {
  const mode = cluster.accessConfig?.authenticationMode
  if (mode == null) return []
  const reason = `The cluster lets AWS identities in by ${WAYS[mode] ?? mode}.`
  return [
    {
      kind: 'entitlement',
      nativeId: `${cluster.arn}/authentication-mode`,
      aliases: [],
      links: [toCluster(cluster.arn), ...(issuer.state === 'known' ? [toIssuer(issuer.value, reason)] : [])],
      ...(issuer.state === 'unknown' && { joiningUnseen: true as const }),
      type: 'aws.eks-authentication',
      name: `Authentication mode of ${cluster.name}`,
      language: LANGUAGE,
      managedBy: 'customer',
      document: known({ mode }, DESCRIBE_CLUSTER),
      gives: 'nothing',
    },
  ]
}
const WAYS: Readonly<Record<string, string>> = {
  API: 'access entries only (API)',
  CONFIG_MAP: 'its ConfigMap aws-auth only (CONFIG_MAP)',
  API_AND_CONFIG_MAP: 'access entries and its ConfigMap aws-auth (API_AND_CONFIG_MAP)',
}
