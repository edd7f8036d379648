// What the access policies of EKS allow, as rules of a role: AWS keeps them, so that no object of the cluster shows them.
// https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html ("Review access policy permissions")
import { readRole, type Role } from './rules'

type Rule = { apiGroups: string[]; resources: string[]; verbs: string[] }
const READ = ['get', 'list', 'watch']
const WRITE = ['create', 'delete', 'deletecollection', 'patch', 'update']
const rule = (group: string, resources: string, verbs: string[]): Rule => ({
  apiGroups: [group],
  resources: resources.split(' '),
  verbs,
})

const APPS =
  'daemonsets deployments deployments/scale replicasets replicasets/scale statefulsets statefulsets/scale'
const OLD_APPS =
  'daemonsets deployments deployments/scale ingresses networkpolicies replicasets replicasets/scale'

const VIEW: readonly Rule[] = [
  rule(
    'apps',
    `${APPS} controllerrevisions daemonsets/status deployments/status replicasets/status statefulsets/status`,
    READ,
  ),
  rule('autoscaling', 'horizontalpodautoscalers horizontalpodautoscalers/status', READ),
  rule('batch', 'cronjobs cronjobs/status jobs jobs/status', READ),
  rule('discovery.k8s.io', 'endpointslices', READ),
  rule(
    'extensions',
    `${OLD_APPS} daemonsets/status deployments/status ingresses/status replicasets/status replicationcontrollers/scale`,
    READ,
  ),
  rule('networking.k8s.io', 'ingresses ingresses/status networkpolicies', READ),
  rule('policy', 'poddisruptionbudgets poddisruptionbudgets/status', READ),
  rule(
    '',
    'configmaps endpoints persistentvolumeclaims persistentvolumeclaims/status pods replicationcontrollers replicationcontrollers/scale serviceaccounts services services/status',
    READ,
  ),
  rule(
    '',
    'bindings events limitranges namespaces/status pods/log pods/status replicationcontrollers/status resourcequotas resourcequotas/status',
    READ,
  ),
  rule('', 'namespaces', READ),
]
const EDIT: readonly Rule[] = [
  ...VIEW,
  rule('apps', `${APPS} deployments/rollback`, WRITE),
  rule('autoscaling', 'horizontalpodautoscalers', WRITE),
  rule('batch', 'cronjobs jobs', WRITE),
  rule('extensions', `${OLD_APPS} deployments/rollback replicationcontrollers/scale`, WRITE),
  rule('networking.k8s.io', 'ingresses networkpolicies', WRITE),
  rule('policy', 'poddisruptionbudgets', WRITE),
  rule('', 'pods/attach pods/exec pods/portforward pods/proxy secrets services/proxy', READ),
  rule('', 'serviceaccounts', ['impersonate']),
  rule('', 'pods pods/attach pods/exec pods/portforward pods/proxy', WRITE),
  rule(
    '',
    'configmaps events persistentvolumeclaims replicationcontrollers replicationcontrollers/scale secrets serviceaccounts services services/proxy',
    WRITE,
  ),
]
const ADMIN: readonly Rule[] = [
  ...EDIT,
  rule('authorization.k8s.io', 'localsubjectaccessreviews', ['create']),
  rule('rbac.authorization.k8s.io', 'rolebindings roles', [...WRITE, ...READ]),
]
const EVERYTHING = [
  rule('*', '*', ['*']),
  { nonResourceURLs: ['*'], verbs: ['*'] } satisfies Record<string, string[]>,
]

/** Those whose page tells their rules. Of the others, which AWS attaches to roles of its own, it tells the purpose only. */
const RULES: Readonly<Record<string, readonly object[]>> = {
  AmazonEKSClusterAdminPolicy: EVERYTHING,
  AmazonEKSAdminPolicy: ADMIN,
  AmazonEKSAdminViewPolicy: [rule('*', '*', READ)],
  AmazonEKSEditPolicy: EDIT,
  AmazonEKSViewPolicy: VIEW,
  AmazonEKSSecretReaderPolicy: [rule('', 'secrets', READ)],
  AmazonEKSHybridPolicy: [rule('*', 'nodes', ['list'])],
}

const read = new Map<string, Role | undefined>()
/** Undefined where the rules of the policy are not known: it may give anything. */
export function accessPolicy(name: string): Role | undefined {
  if (!Object.hasOwn(RULES, name)) return undefined
  if (!read.has(name)) read.set(name, readRole({ rules: [...(RULES[name] ?? [])] }))
  return read.get(name)
}
