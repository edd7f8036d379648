// Who is let in from AWS by access entries of EKS, and what that gives: each case from the EKS user guide ("Create access
// entries", "Associate access policies", "Review access policy permissions", "Grant IAM users and roles access").
import type { Guest, Ruling } from '@/core/access'
import { known, unknown, valueOf, type Fact } from '@/core/fact'
import { accessEntry } from '@/connectors/aws/map-access-entry'
import { AccessEntryAnswer, AssociatedPolicy } from '@/connectors/aws/shapes-clusters'
import {
  ACCOUNTS,
  ALL,
  clusterRole,
  everywhere,
  inNamespace,
  placed,
  rule,
  SHOP,
  wide,
  type Asked,
  type Stepped,
} from './kubernetes-cases'
import { accountId, type World } from './kubernetes-realm'

export const CI = 'AROACI'
const ARN = 'arn:aws:iam::123456789012:role/ci'
const SESSION = 'arn:aws:sts::123456789012:assumed-role/ci/{{SessionName}}'
type Given = {
  username?: string
  groups?: string[]
  type?: string
  /** `AmazonEKSViewPolicy` in the whole cluster, `AmazonEKSViewPolicy shop dev-*` in namespaces. */
  policies?: string[]
  unread?: 'policies'
  roleMade?: string
}

const policyOf = (text: string): AssociatedPolicy => {
  const [name, ...namespaces] = text.split(' ')
  return AssociatedPolicy.parse({
    policyArn: `arn:aws:eks::aws:cluster-access-policy/${name}`,
    accessScope: namespaces.length ? { type: 'namespace', namespaces } : { type: 'cluster' },
  })
}
const REFUSED = unknown('denied', 'eks:ListAssociatedAccessPolicies')

/** One role of AWS that is let in, by the connector's own mapping. */
export function guest({ username, groups, type, policies = [], unread, roleMade }: Given): Guest {
  const { accessEntry: entry } = AccessEntryAnswer.parse({
    accessEntry: {
      accessEntryArn: 'arn:aws:eks:eu-west-1:123456789012:access-entry/prod/role/123456789012/ci/1',
      principalArn: ARN,
      username: username ?? SESSION,
      kubernetesGroups: groups,
      type: type ?? 'STANDARD',
      createdAt: '2026-01-01T00:00:00Z',
    },
  })
  const read: Fact<AssociatedPolicy[]> = unread ? REFUSED : known(policies.map(policyOf), 'eks')
  const row = accessEntry({ entry, cluster: { name: 'prod', issuer: known('x', 'eks') }, policies: read })
  const document = valueOf(row.document)
  return {
    id: CI,
    type: 'aws.iam-role',
    name: 'ci',
    aliases: [ARN],
    ...(roleMade !== undefined && { createdAt: roleMade }),
    lets: [{ id: row.nativeId, name: row.name, language: row.language, ...(document && { document }) }],
  }
}
export const authentication = (mode: string): Ruling => ({
  id: 'prod/authentication-mode',
  type: 'aws.eks-authentication',
  name: 'Authentication mode of prod',
  language: 'eks-access-entry',
  aliases: [],
  document: { mode },
})

const letIn = (given: Given, more: Partial<World> = {}): World => ({
  accounts: ACCOUNTS,
  ...more,
  guests: [guest(given)],
})
const every = (answer: string, ids: readonly string[]): string[] => ids.map((id) => `${answer} ${id}`)
const AWS_AUTH = [rule('update', 'configmaps', '', 'aws-auth')]

export const ENTRY_STEPS: readonly Stepped[] = [
  {
    because: 'K28: the policy of cluster administrators in the whole cluster',
    world: letIn({ policies: ['AmazonEKSClusterAdminPolicy'] }),
    who: CI,
    steps: ['yes K01 administrator', 'yes K28 more'],
    level: ['administrator'],
  },
  {
    because: 'the policy of cluster administrators in one namespace makes no administrator',
    world: letIn({ policies: ['AmazonEKSClusterAdminPolicy shop'] }),
    who: CI,
    steps: ['yes K28 more', ...every('yes K11', SHOP)],
    not: ['K01'],
    level: ['sensitive'],
  },
  {
    because: 'the policy of editors lets it act as each service account of its namespaces',
    world: letIn({ policies: ['AmazonEKSEditPolicy shop'] }),
    who: CI,
    steps: [...every('yes K07', SHOP), ...every('yes K11', SHOP), 'yes K28 more'],
    not: ['K01', 'K04', 'K15'],
    level: ['sensitive'],
  },
  {
    because: 'a star in the name of a namespace is every namespace that fits, and no other',
    world: letIn({ policies: ['AmazonEKSEditPolicy c*'] }),
    who: CI,
    steps: every('yes K07', ['ci/bot', 'ci/default'].map(accountId)),
    level: ['sensitive'],
  },
  {
    because: 'the policy of viewers gives nothing beside being let in',
    world: letIn({ policies: ['AmazonEKSViewPolicy'] }),
    who: CI,
    steps: ['yes K28 more'],
    not: ['K01', 'K07', 'K09', 'K11', 'K13', 'K13-get'],
    level: ['read'],
  },
  {
    because: 'the policy of those who view all reads Secrets as well, and getting into pods counts',
    world: letIn({ policies: ['AmazonEKSAdminViewPolicy'] }),
    who: CI,
    steps: ['depends K09 more', 'yes K28 more'],
    not: ['K01', 'K11', 'K07'],
    level: ['sensitive'],
  },
  {
    because: 'a policy whose rules no page tells may give anything',
    world: letIn({ policies: ['AmazonEKSAutoNodePolicy'] }),
    who: CI,
    steps: ['depends K01 administrator', 'depends K01 more', 'yes K28 more'],
    level: ['none', 'administrator'],
  },
  {
    because: 'policies that could not be read may give anything',
    world: letIn({ unread: 'policies' }),
    who: CI,
    steps: ['depends K28 administrator'],
    level: ['none', 'administrator'],
  },
  {
    because: 'a group that a binding names',
    world: letIn(
      { groups: ['platform'] },
      { clusterRoles: [clusterRole('all', ALL)], clusterRoleBindings: [everywhere('group:platform', 'all')] },
    ),
    who: CI,
    steps: ['yes K01 administrator', 'yes K28 group:platform', 'yes K28 more'],
    level: ['administrator'],
  },
  {
    because: 'a group of another entry is not its own',
    world: letIn(
      { groups: ['developers'] },
      { clusterRoles: [clusterRole('all', ALL)], clusterRoleBindings: [everywhere('group:platform', 'all')] },
    ),
    who: CI,
    steps: ['yes K28 more'],
    not: ['K01'],
    level: ['none'],
  },
  {
    because: 'the user that it is, by name',
    world: letIn(
      { username: 'ci-user' },
      {
        clusterRoles: [clusterRole('all', ALL)],
        roleBindings: [inNamespace('shop', 'user:ci-user', '*all')],
      },
    ),
    who: CI,
    steps: ['yes K28 more', 'yes K28 user:ci-user', ...every('yes K11', SHOP)],
    level: ['sensitive'],
  },
  {
    because: 'a user whom it can be by the name of its session',
    world: letIn(
      {},
      {
        clusterRoles: [clusterRole('all', ALL)],
        clusterRoleBindings: [everywhere(`user:${SESSION.replace('{{SessionName}}', 'nightly')}`, 'all')],
      },
    ),
    who: CI,
    steps: [`depends K28 user:${SESSION.replace('{{SessionName}}', 'nightly')}`, 'yes K28 more'],
    not: ['K01'],
    level: ['none', 'administrator'],
  },
  {
    because: 'one that was made anew after the entry is not let in by it',
    world: letIn({ policies: ['AmazonEKSClusterAdminPolicy'], roleMade: '2026-02-01T00:00:00Z' }),
    who: CI,
    steps: [],
  },
  {
    because: 'one that is older than its entry is let in',
    world: letIn({ policies: ['AmazonEKSClusterAdminPolicy'], roleMade: '2025-12-31T00:00:00Z' }),
    who: CI,
    steps: ['yes K01 administrator'],
    level: ['administrator'],
  },
  {
    because: 'the role of nodes is one of them, and which is not told',
    world: letIn(
      { type: 'EC2_LINUX', username: 'system:node:{{EC2PrivateDNSName}}' },
      { nodes: ['n1', 'n2'] },
    ),
    who: CI,
    steps: ['yes K28 more', 'depends K28 node:n1', 'depends K28 node:n2'],
    not: ['K27'],
    level: ['none', 'sensitive'],
  },
  {
    because: 'K20 is sure where AWS says that the cluster reads the map',
    world: placed([], {
      roles: [],
      roleBindings: [inNamespace('kube-system', 'ci/bot', '*mapper')],
      clusterRoles: [clusterRole('mapper', AWS_AUTH)],
      rulings: [authentication('API_AND_CONFIG_MAP')],
    }),
    steps: ['yes K20 administrator'],
    level: ['escalates'],
  },
  {
    because: 'K20 is no way where the cluster heeds access entries only',
    world: wide(AWS_AUTH, {
      accounts: [...ACCOUNTS, 'kube-system/aws-node'],
      rulings: [authentication('API')],
    }),
    steps: [],
    not: ['K20'],
    level: ['write'],
  },
]

export const ENTRY_CAN: readonly Asked[] = [
  {
    because: 'one that was made anew after the entry may do nothing by it',
    world: letIn({ policies: ['AmazonEKSClusterAdminPolicy'], roleMade: '2026-02-01T00:00:00Z' }),
    who: CI,
    ask: ['get', 'pods', 'shop'],
    answer: 'no',
    says: /unique id/,
  },
  {
    because: 'what could not be read may let it do anything',
    world: letIn({ unread: 'policies' }),
    who: CI,
    ask: ['get', 'pods', 'shop'],
    answer: 'depends',
  },
  {
    because: 'viewers see pods',
    world: letIn({ policies: ['AmazonEKSViewPolicy'] }),
    who: CI,
    ask: ['list', 'pods', 'shop'],
    answer: 'yes',
    says: /access policy AmazonEKSViewPolicy/,
  },
  {
    because: 'viewers do not see Secrets',
    world: letIn({ policies: ['AmazonEKSViewPolicy'] }),
    who: CI,
    ask: ['get', 'secrets', 'shop'],
    answer: 'no',
  },
  {
    because: 'administrators of a namespace do not bind roles in the whole cluster',
    world: letIn({ policies: ['AmazonEKSAdminPolicy'] }),
    who: CI,
    ask: ['create', 'clusterrolebindings.rbac.authorization.k8s.io'],
    answer: 'no',
  },
  {
    because: 'administrators of a namespace bind roles there',
    world: letIn({ policies: ['AmazonEKSAdminPolicy shop'] }),
    who: CI,
    ask: ['create', 'rolebindings.rbac.authorization.k8s.io', 'shop'],
    answer: 'yes',
  },
  {
    because: 'editors of one namespace write nothing in another',
    world: letIn({ policies: ['AmazonEKSEditPolicy shop'] }),
    who: CI,
    ask: ['create', 'pods', 'ci'],
    answer: 'no',
  },
  {
    because: 'what the name of its session decides is no plain no',
    world: letIn(
      {},
      {
        clusterRoles: [clusterRole('pods', [rule('get', 'pods')])],
        clusterRoleBindings: [everywhere(`user:${SESSION.replace('{{SessionName}}', 'nightly')}`, 'pods')],
      },
    ),
    who: CI,
    ask: ['get', 'pods', 'shop'],
    answer: 'depends',
    says: /session is called so/,
  },
]
