// Small clusters and what is true in them, worked out by hand from the documentation of Kubernetes, each with the reason.
import type { PrivilegeLevel, Runner } from '@/core/access'
import type { BindingObject, PolicyRule, RoleObject, SubjectObject } from './kubernetes-reference'
import { accountId, type World } from './kubernetes-realm'

export const RBAC = 'rbac.authorization.k8s.io'
let made = 0
const uid = (): string => `made-${made++}`

export const rule = (verbs: string, resources: string, group = '', names?: string): PolicyRule => ({
  verbs: verbs.split(' '),
  apiGroups: [group],
  resources: resources.split(' '),
  ...(names !== undefined && { resourceNames: names.split(' ') }),
})
export const url = (verbs: string, urls: string): PolicyRule => ({
  verbs: verbs.split(' '),
  nonResourceURLs: urls.split(' '),
})
export const ALL: PolicyRule[] = [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }, url('*', '*')]

export const clusterRole = (
  name: string,
  rules: PolicyRule[],
  more: Partial<RoleObject> & { labels?: Record<string, string> } = {},
): RoleObject => ({
  metadata: { name, uid: uid(), ...(more.labels && { labels: more.labels }) },
  rules,
  ...(more.aggregationRule && { aggregationRule: more.aggregationRule }),
})
export const role = (namespace: string, name: string, rules: PolicyRule[]): RoleObject => ({
  metadata: { name, namespace, uid: uid() },
  rules,
})
/** `ns/name`, `user:x` or `group:x`. */
function subject(text: string): SubjectObject {
  if (text.startsWith('user:')) return { kind: 'User', name: text.slice(5), apiGroup: RBAC }
  if (text.startsWith('group:')) return { kind: 'Group', name: text.slice(6), apiGroup: RBAC }
  const [namespace = '', name = ''] = text.split('/')
  return { kind: 'ServiceAccount', name, namespace }
}
export const everywhere = (to: string, name: string): BindingObject => ({
  metadata: { name: `${name}-binding`, uid: uid() },
  roleRef: { kind: 'ClusterRole', name },
  subjects: to.split(' ').map(subject),
})
/** In a namespace: a Role of it, or with a star in front a ClusterRole. */
export const inNamespace = (namespace: string, to: string, name: string): BindingObject => ({
  metadata: { name: `${name.replace('*', '')}-binding`, namespace, uid: uid() },
  roleRef: name.startsWith('*') ? { kind: 'ClusterRole', name: name.slice(1) } : { kind: 'Role', name },
  subjects: to.split(' ').map(subject),
})
export const deployment = (namespace: string, name: string, account: string): Runner => ({
  id: `run:${namespace}/${name}`,
  type: 'kubernetes.deployment',
  name: `${namespace}/${name}`,
  aliases: [`Deployment|${namespace}/${name}`],
  namespace,
  uses: [accountId(account)],
})

export const ACCOUNTS = ['shop/web', 'shop/default', 'shop/admin', 'ci/bot', 'ci/default', 'kube-system/root']
/** One account with rights in the whole cluster, or in the namespace shop. */
export const wide = (rules: PolicyRule[], more: Partial<World> = {}): World => ({
  accounts: ACCOUNTS,
  ...more,
  clusterRoles: [clusterRole('r', rules), clusterRole('cluster-admin', ALL), ...(more.clusterRoles ?? [])],
  clusterRoleBindings: [
    everywhere('ci/bot', 'r'),
    everywhere('kube-system/root', 'cluster-admin'),
    ...(more.clusterRoleBindings ?? []),
  ],
})
export const placed = (rules: PolicyRule[], more: Partial<World> = {}): World => ({
  accounts: ACCOUNTS,
  ...more,
  roles: [role('shop', 'r', rules), ...(more.roles ?? [])],
  clusterRoles: [clusterRole('cluster-admin', ALL), ...(more.clusterRoles ?? [])],
  roleBindings: [inNamespace('shop', 'ci/bot', 'r'), ...(more.roleBindings ?? [])],
  clusterRoleBindings: [everywhere('kube-system/root', 'cluster-admin'), ...(more.clusterRoleBindings ?? [])],
})
export const BOT = accountId('ci/bot')
export const SHOP = ['shop/web', 'shop/default', 'shop/admin'].map(accountId)

export type Asked = {
  because: string
  world: World
  /** Left out: the service account ci/bot. */
  who?: string
  ask: [action: string, resource: string, place?: string]
  groups?: string[]
  answer: 'yes' | 'no' | 'depends'
  says?: RegExp
}
export type Stepped = {
  because: string
  world: World
  who?: string
  /** `<answer> <definition> <target>`: `administrator`, `more`, or ids. Of the definitions named here all steps are told. */
  steps: string[]
  /** Definitions of which there must be no step. */
  not?: string[]
  level?: [certain: PrivilegeLevel, possible?: PrivilegeLevel]
}
