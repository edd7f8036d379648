// EKS clusters as issuers of tokens, and which service account gets which role by EKS Pod Identity.
import { absent, type Fact } from '@/core/fact'
import { fitsPattern, type Link } from '@/core/join'
import type { Of } from '@/core/observation'
import { dateOf } from './map-identity'
import { CLUSTER } from './map-joins'
import type { ReadTrust } from './map-trust'
import type { Association, Cluster } from './shapes-clusters'

const DESCRIBE = 'eks:DescribeCluster'

/** As service accounts bear it and IAM names it: without its scheme. Undefined while the cluster has none yet. */
export const issuerOf = ({ identity }: Cluster): string | undefined =>
  identity?.oidc?.issuer?.replace(/^https:\/\//, '')

/** A link and no key: the name of the issuer is borne by the cluster's own source, and two bearers would be two things. */
const issuerLink = (issuer: string): Link => ({
  relation: 'declared',
  means: 'same',
  kind: 'issuer',
  to: 'oidc.issuer',
  match: 'exact',
  value: issuer,
  authority: `oidc:${issuer}`,
  reason: 'AWS names this issuer as that of the cluster.',
})

export function clusterIssuer(cluster: Cluster): Of<'issuer'> {
  const issuer = issuerOf(cluster)
  return {
    kind: 'issuer',
    nativeId: cluster.arn,
    aliases: [],
    keys: [{ type: CLUSTER, value: cluster.arn }],
    ...(issuer === undefined ? { joiningUnseen: true } : { links: [issuerLink(issuer)] }),
    type: 'aws.eks-cluster',
    name: cluster.name,
    audiences: absent(DESCRIBE, 'it issues for whatever audience a pod asks for'),
    createdAt: dateOf(cluster.createdAt, DESCRIBE, 'createdAt'),
    expiresAt: absent(DESCRIBE, 'it has no end date'),
  }
}

/** Whether the trust policy of a role lets EKS Pod Identity in at all. What could not be read is not taken for a no. */
export type PodsMay = 'yes' | 'on-conditions' | 'no'
const SERVICE = /^pods\.eks\./
export function podsMay({ trusts, trusted }: Pick<ReadTrust, 'trusts' | 'trusted'>): PodsMay {
  const letting = trusts.filter(
    ({ effect, principalType, principal, actions }) =>
      effect === 'allow' &&
      (principalType === 'anyone' || (principalType === 'service' && SERVICE.test(principal))) &&
      actions.some((action) => fitsPattern(action.toLowerCase(), 'sts:assumerole')),
  )
  if (letting.some(({ conditions }) => conditions === undefined)) return 'yes'
  if (letting.length) return 'on-conditions'
  return trusted ? 'no' : 'yes'
}

/** `arn:…:podidentityassociation/<cluster>/<id>` → `arn:…:cluster/<cluster>`: known also where the cluster cannot be asked. */
const clusterArn = (associationArn: string): string =>
  associationArn.replace(/:podidentityassociation\/([^/]+)\/.*$/, ':cluster/$1')

type Becoming = {
  association: Association
  cluster: string
  /** Without its scheme; unknown where the cluster could not be asked. */
  issuer: Fact<string>
  /** Unique id of the role, and whether it lets EKS in. */
  role: { id: string; may: PodsMay }
}

function reasonOf({ association, cluster, role }: Becoming): string {
  const { targetRoleArn } = association
  return [
    `An EKS Pod Identity association of the cluster ${cluster} gives this role to pods of the service account.`,
    ...(targetRoleArn ? [`From there they go on to ${targetRoleArn}.`] : []),
    ...(role.may === 'on-conditions' ? ['The trust policy of the role sets conditions.'] : []),
  ].join(' ')
}

export function associationTrust(becoming: Becoming): Of<'trust'> {
  const { association, issuer, role } = becoming
  const subject = `system:serviceaccount:${association.namespace}:${association.serviceAccount}`
  const link = (by: string): Link => ({
    relation: 'permitted',
    means: 'becomes-this',
    to: 'oidc.subject',
    match: 'exact',
    value: `${by}|${subject}`,
    authority: `oidc:${by}`,
    reason: reasonOf(becoming),
  })
  return {
    kind: 'trust',
    nativeId: association.associationArn,
    identity: role.id,
    principalType: 'federated',
    // With its cluster: service accounts of other clusters are called the same.
    principal: `${clusterArn(association.associationArn)}|${subject}`,
    effect: 'allow',
    actions: ['sts:AssumeRole', 'sts:TagSession'],
    ...(issuer.state === 'known' ? { links: [link(issuer.value)] } : { joiningUnseen: true }),
  }
}
