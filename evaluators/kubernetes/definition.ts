// What a definition of an escalation says, and the words that the tables share.
import type { Escalation } from '@/core/access'

/** Permissions of which one is needed: any of the verbs on any of the resources (`<resource>[.<group>][/<subresource>]`). */
export type Need = {
  verbs: readonly string[]
  resources: readonly string[]
  /** The request bears no name (as when something is made): rules that are limited to names do not allow it. */
  nameless?: true
  /** Has to be held in the whole cluster: what it is about is in no namespace. */
  wide?: true
  /** Only one of these names will do; left out: any. */
  names?: readonly string[]
}
/** What the permissions lead to, as `reaches.ts` works it out. */
export type Reach =
  | 'all'
  | 'masters'
  | 'accounts'
  | 'templates'
  | 'pods'
  | 'every-pod'
  | 'node'
  | 'relabelled-node'
  | 'nodes'
  | 'users'
  | 'groups'
  | 'secrets'
  | 'own-cluster-role'
  | 'own-role'
  | 'gathering-role'
  | 'cluster-binding'
  | 'bound-cluster-role'
  | 'binding'
  | 'aws-auth'
  | 'privileged-namespace'
  | 'administrator'
  | 'more'
  | 'node-itself'
  | 'nothing'

export type Definition = Omit<Escalation, 'needs'> & {
  scope: 'cluster' | 'namespace'
  asks: readonly Need[]
  reach: Reach
  /** What decides that is never known here: the step is then no more than possible. */
  open?: string
  /** Not told beside this one, which needs less or is sure. */
  unless?: string
  /** What the API server is asked to let in, for policies and webhooks that may refuse it: operation and resource. */
  admitted?: readonly (readonly [operation: string, resource: string])[]
}

export const RBAC = 'rbac.authorization.k8s.io'
export const AUTHN = 'authentication.k8s.io'
export const CERTS = 'certificates.k8s.io'
export const ADMISSION = 'admissionregistration.k8s.io'
export const WRITE = ['update', 'patch'] as const
export const READ = ['get', 'list', 'watch'] as const
export const GOOD = 'kubernetes.io: RBAC good practices'
export const USING = 'kubernetes.io: Using RBAC authorization, privilege escalation prevention'
export const IMPERSONATION = 'kubernetes.io: User impersonation'
export const SIGNING =
  'kubernetes.io: Certificate signing requests; for EKS docs.aws.amazon.com: cert-signing'

export const WORKLOADS = [
  ...['pods', 'replicationcontrollers'],
  ...['deployments.apps', 'daemonsets.apps', 'statefulsets.apps', 'replicasets.apps'],
  ...['jobs.batch', 'cronjobs.batch'],
]
/** Whose template of pods can be changed, with the alias by which the connector names each. */
export const TEMPLATES: Readonly<Record<string, string>> = {
  replicationcontrollers: 'ReplicationController',
  'deployments.apps': 'Deployment',
  'daemonsets.apps': 'DaemonSet',
  'statefulsets.apps': 'StatefulSet',
  'replicasets.apps': 'ReplicaSet',
  'cronjobs.batch': 'CronJob',
}
export const MAKES_PODS: Need = { verbs: ['create'], resources: WORKLOADS, nameless: true }
export const POD = ['CREATE', 'pods'] as const
