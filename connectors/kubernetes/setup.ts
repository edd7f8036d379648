// The objects a person applies so that Rollcall may read exactly what it asks for, and no value.
import type { SetupDocument } from '@/core/connector'
import { ASKED, CLUSTER, DISCOVERY, GROUPS, LIST, VERSION } from './permissions'
import type { KubernetesSettings } from './settings'

type Rule = {
  apiGroups?: string[]
  resources?: string[]
  resourceNames?: string[]
  nonResourceURLs?: string[]
  verbs: string[]
}
type Asked = (typeof ASKED)[number]
const NAME = 'rollcall-inventory'
const NAMESPACE = 'rollcall'

/** What these settings ask for. */
const used = ({ secretsMetadata = false }: Partial<KubernetesSettings>): Asked[] =>
  ASKED.filter(({ name }) => secretsMetadata || name !== LIST.secrets)

/** One rule for each API group, with what is listed in it. */
function listRules(asked: readonly Asked[], { follow = true }: Partial<KubernetesSettings>): Rule[] {
  const groups = new Map<string, string[]>()
  for (const { list } of asked)
    if (list) groups.set(list.group, [...(groups.get(list.group) ?? []), list.resource])
  const verbs = follow ? ['list', 'watch'] : ['list']
  return [...groups].map(([group, resources]) => ({ apiGroups: [group], resources, verbs }))
}
const otherRules = (asked: readonly Asked[]): Rule[] => [
  ...asked.flatMap(({ get }): Rule[] =>
    get ? [{ apiGroups: [''], resources: [get.resource], resourceNames: [get.name], verbs: ['get'] }] : [],
  ),
  { nonResourceURLs: asked.flatMap(({ url }) => (url ? [url] : [])), verbs: ['get'] },
]

/** Rules of the cluster, and where only namespaces are read those of each of them. */
export function rulesFor(settings: Partial<KubernetesSettings>): { cluster: Rule[]; namespace: Rule[] } {
  const asked = used(settings)
  if (!settings.namespaces?.length)
    return { cluster: [...otherRules(asked), ...listRules(asked, settings)], namespace: [] }
  // What belongs to the whole cluster is not asked for where only namespaces are read.
  const shared = [CLUSTER, DISCOVERY, GROUPS, VERSION]
  return {
    cluster: otherRules(asked.filter(({ name }) => shared.includes(name))),
    namespace: listRules(
      asked.filter(({ list }) => list?.namespaced),
      settings,
    ),
  }
}

const words = (texts: readonly string[]): string =>
  `[${texts.map((text) => JSON.stringify(text)).join(', ')}]`
const ruleText = (rule: Rule): string =>
  Object.entries(rule)
    .map(([field, texts], index) => `${index ? '    ' : '  - '}${field}: ${words(texts)}`)
    .join('\n')
const object = (lines: readonly string[]): string => lines.join('\n')

const role = (kind: 'ClusterRole' | 'Role', rules: readonly Rule[], namespace?: string): string =>
  object([
    'apiVersion: rbac.authorization.k8s.io/v1',
    `kind: ${kind}`,
    'metadata:',
    `  name: ${NAME}`,
    ...(namespace === undefined ? [] : [`  namespace: ${namespace}`]),
    'rules:',
    ...rules.map(ruleText),
  ])
const binding = (kind: 'ClusterRole' | 'Role', namespace?: string): string =>
  object([
    'apiVersion: rbac.authorization.k8s.io/v1',
    `kind: ${kind}Binding`,
    'metadata:',
    `  name: ${NAME}`,
    ...(namespace === undefined ? [] : [`  namespace: ${namespace}`]),
    'roleRef:',
    '  apiGroup: rbac.authorization.k8s.io',
    `  kind: ${kind}`,
    `  name: ${NAME}`,
    'subjects:',
    `  - kind: ServiceAccount`,
    `    name: ${NAME}`,
    `    namespace: ${NAMESPACE}`,
  ])
const account = object([
  'apiVersion: v1',
  'kind: Namespace',
  'metadata:',
  `  name: ${NAMESPACE}`,
  '---',
  'apiVersion: v1',
  'kind: ServiceAccount',
  'metadata:',
  `  name: ${NAME}`,
  `  namespace: ${NAMESPACE}`,
])

const SECRETS_NOTE = [
  '# Reading metadata of Secrets is on. Kubernetes has no right for metadata alone: whoever holds the token of this service',
  '# account could also read values. Rollcall asks for names, labels and dates only.',
]
const COMMANDS = [
  'kubectl apply -f rollcall-inventory.yaml',
  '# What it may now do, in its own words:',
  `kubectl auth can-i --list --as=system:serviceaccount:${NAMESPACE}:${NAME}`,
  '# Rollcall in the same cluster needs no token: let its pod run as this service account, and leave the settings empty.',
  '# Elsewhere, a token for the settings. It ends: enter a new one before it does. The cluster may grant less than is asked.',
  `kubectl create token ${NAME} -n ${NAMESPACE} --duration=2160h`,
  '# The address of the API server and its certificate authority:',
  'kubectl config view --raw --flatten --minify',
].join('\n')

export function setup(settings: Partial<KubernetesSettings>): SetupDocument[] {
  const { cluster, namespace } = rulesFor(settings)
  const namespaces = settings.namespaces ?? []
  const objects = [
    account,
    role('ClusterRole', cluster),
    binding('ClusterRole'),
    ...namespaces.flatMap((name) => [role('Role', namespace, name), binding('Role', name)]),
  ]
  return [
    {
      title: 'Service account and role (rollcall-inventory.yaml)',
      language: 'yaml',
      text: [...(settings.secretsMetadata ? SECRETS_NOTE : []), objects.join('\n---\n'), ''].join('\n'),
    },
    { title: 'Commands, run by an administrator of the cluster', language: 'shell', text: COMMANDS },
  ]
}
