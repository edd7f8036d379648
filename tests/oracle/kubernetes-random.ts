// Random clusters and questions built to be nasty: stars that are none, names with slashes, empty groups, roles that are gone.
import type {
  Attributes,
  BindingObject,
  Objects,
  PolicyRule,
  RoleObject,
  SubjectObject,
} from './kubernetes-reference'

const VERBS = ['get', 'list', 'create', 'GET', 'impersonate', 'bind', '*', '']
const GROUPS = ['', '*', 'apps', 'Apps', 'rbac.authorization.k8s.io', 'a.b', 'authentication.k8s.io']
const RESOURCES = [
  ...['*', 'pods', 'Pods', 'secrets', 'deployments', 'nodes', 'serviceaccounts', 'users', 'namespaces'],
  ...[
    'pods/exec',
    'pods/*',
    '*/exec',
    '*/scale',
    '*/*',
    'deployments/scale',
    'nodes/proxy',
    'pods/a/b',
    '*/a/b',
  ],
  ...['pod', 'po*', '/exec', 'exec', '*/', ''],
]
const NAMES = ['a', 'b', 'a/b', 'system:x', '*', 'a*', '', 'A']
const URLS = [
  '*',
  '/',
  '/api',
  '/api/*',
  '/api*',
  '/healthz',
  '/healthz/',
  '/a**',
  '/*',
  '/api/*/x',
  '/metrics',
]
const PATHS = [
  '/',
  '/api',
  '/api/',
  '/api/v1',
  '/apis',
  '/healthz',
  '/healthz/',
  '/a',
  '/ab',
  '/api/*/x',
  '/*',
  '/api/*',
]
export const NAMESPACES = ['shop', 'ci', 'kube-system', 'Shop']
export const ACCOUNTS = ['shop/web', 'shop/default', 'ci/web', 'ci/deployer', 'kube-system/web']
export const USERS = ['alice', 'Alice', 'system:anonymous', 'system:kube-scheduler', 'system:node:n1']
export const OWN_GROUPS = ['dev', 'Dev', 'system:masters', 'system:serviceaccounts:shop']
const GROUP_SUBJECTS = [
  ...['dev', 'Dev', 'system:authenticated', 'system:unauthenticated', 'system:serviceaccounts'],
  ...[
    'system:serviceaccounts:shop',
    'system:serviceaccounts:ci',
    'system:serviceaccounts:shop:web',
    'system:masters',
  ],
]

export type Random = {
  chance(of: number): boolean
  one<T>(list: readonly T[]): T
  some<T>(list: readonly T[], most: number): T[]
}
/** mulberry32 */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const one = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T
  return {
    chance: (of) => next() < of,
    one,
    some: (list, most) => Array.from({ length: Math.floor(next() * (most + 1)) }, () => one(list)),
  }
}

function ruleOf(random: Random): PolicyRule {
  const rule: PolicyRule = { verbs: [random.one(VERBS), ...random.some(VERBS, 1)] }
  if (random.chance(0.15)) return { ...rule, nonResourceURLs: [random.one(URLS), ...random.some(URLS, 1)] }
  rule.apiGroups = random.chance(0.9) ? [random.one(GROUPS), ...random.some(GROUPS, 1)] : []
  rule.resources = [random.one(RESOURCES), ...random.some(RESOURCES, 2)]
  if (random.chance(0.3)) rule.resourceNames = [random.one(NAMES), ...random.some(NAMES, 1)]
  if (random.chance(0.03)) rule.nonResourceURLs = [random.one(URLS)]
  return rule
}

const CLUSTER_ROLES = ['c1', 'c2', 'c3', 'c4', 'c5', 'top', 'middle', 'system:c6']
const LABELS = ['to-top', 'to-middle', 'other']
const rulesOf = (random: Random) =>
  Array.from({ length: 1 + Number(random.chance(0.5)) }, () => ruleOf(random))
function clusterRole(name: string, random: Random): RoleObject {
  const labels = Object.fromEntries(
    random.some(LABELS, 2).map((label) => [label, random.one(['true', 'false'])]),
  )
  const metadata = { name, uid: `cr-${name}`, labels }
  if (!['top', 'middle'].includes(name)) return { metadata, rules: rulesOf(random) }
  const clusterRoleSelectors = [
    { matchLabels: { [`to-${name}`]: 'true' } },
    ...random.some([{ matchLabels: { other: 'true' } }], 1),
  ]
  return { metadata, rules: random.one([[], null]), aggregationRule: { clusterRoleSelectors } }
}

function subjectOf(random: Random, namespace: string | undefined): SubjectObject {
  const kind = random.one(['ServiceAccount', 'ServiceAccount', 'User', 'Group', 'Group'])
  if (kind === 'Group') return { kind, name: random.one(GROUP_SUBJECTS) }
  if (kind === 'User')
    return {
      kind,
      name: random.one([...USERS, 'system:serviceaccount:shop:web', 'system:serviceaccount:ci:gone']),
    }
  const name = random.one(['web', 'default', 'deployer', 'gone'])
  // The server refuses a ClusterRoleBinding that leaves out the namespace of a service account.
  if (namespace !== undefined && random.chance(0.3)) return { kind, name }
  return { kind, name, namespace: random.one(NAMESPACES) }
}
function bindingOf(at: number, random: Random, namespace: string | undefined): BindingObject {
  const kind = namespace !== undefined && random.chance(0.5) ? 'Role' : 'ClusterRole'
  const name =
    kind === 'Role' ? random.one(['r1', 'r2', 'r3', 'gone']) : random.one([...CLUSTER_ROLES, 'gone'])
  return {
    metadata: { name: `b${at}`, uid: `b-${at}`, ...(namespace !== undefined && { namespace }) },
    roleRef: { kind, name },
    subjects: Array.from({ length: 1 + Number(random.chance(0.4)) }, () => subjectOf(random, namespace)),
  }
}

export function randomObjects(random: Random): Objects {
  const roles = NAMESPACES.flatMap((namespace) =>
    ['r1', 'r2', 'r3']
      .filter(() => random.chance(0.8))
      .map((name) => ({
        metadata: { name, namespace, uid: `${namespace}-${name}` },
        rules: rulesOf(random),
      })),
  )
  const clusterRoles = CLUSTER_ROLES.filter(() => random.chance(0.9)).map((name) => clusterRole(name, random))
  const count = (most: number) =>
    Array.from({ length: Math.floor(most * (random.chance(0.5) ? 1 : 0.4)) }, (_, at) => at)
  return {
    roles,
    clusterRoles,
    roleBindings: count(14).map((at) => bindingOf(at, random, random.one(NAMESPACES))),
    clusterRoleBindings: count(8).map((at) => bindingOf(100 + at, random, undefined)),
  }
}

const ASKED = [
  'pods',
  'Pods',
  'secrets',
  'deployments',
  'nodes',
  'serviceaccounts',
  'users',
  'namespaces',
  '*',
  'pod',
  '',
]
const SUBRESOURCES = ['', '', '', 'exec', 'scale', 'proxy', '*', 'a/b', 'Exec']
export function randomAttributes(random: Random): Attributes {
  const attributes: Attributes = {
    verb: random.one(VERBS),
    namespace: '',
    apiGroup: '',
    resource: '',
    subresource: '',
    name: '',
    path: '',
    isResourceRequest: false,
  }
  if (random.chance(0.15)) return { ...attributes, path: random.one(PATHS) }
  const resource = random.one(ASKED)
  return {
    ...attributes,
    isResourceRequest: true,
    namespace: random.one(['', ...NAMESPACES, 'elsewhere']),
    apiGroup: random.one(GROUPS),
    resource,
    // Without a resource there is no subresource: the path of a request has both in this order.
    subresource: resource === '' ? '' : random.one(SUBRESOURCES),
    name: random.one(['', '', ...NAMES]),
  }
}

/** Half of the questions are about what some rule is about: by chance few would be allowed. */
export function attributesNear({ roles, clusterRoles }: Objects, random: Random): Attributes {
  const attributes = randomAttributes(random)
  const rules = [...roles, ...clusterRoles].flatMap((role) => role.rules ?? [])
  if (!attributes.isResourceRequest || !rules.length || random.chance(0.5)) return attributes
  const rule = random.one(rules)
  const [resource = 'pods', ...sub] = random.one(rule.resources ?? ['pods']).split('/')
  const verb = random.one(rule.verbs ?? ['get'])
  const apiGroup = random.one(rule.apiGroups?.length ? rule.apiGroups : [''])
  const name = random.one([...(rule.resourceNames ?? ['']), ''])
  return { ...attributes, verb, apiGroup, name, resource: resource || 'pods', subresource: sub.join('/') }
}

/** The same question in the words of the evaluator. */
export const resourceText = ({
  isResourceRequest,
  path,
  resource,
  apiGroup,
  subresource,
  name,
}: Attributes): string =>
  isResourceRequest
    ? `${resource}${apiGroup && `.${apiGroup}`}${subresource && `/${subresource}`}${name && `:${name}`}`
    : path
