// Every question this connector can ask, named as `kubectl auth can-i` understands it. A question that is not here cannot be sent.
import type { Permission } from '@/core/connector'

/** What is listed: its place in the API. */
export type Resource = {
  group: string
  resource: string
  /** Versions understood, the one preferred first. Where there is a choice, or none may be served, the caller says which. */
  versions: readonly string[]
  namespaced: boolean
  /** Only names, labels and dates are asked for: the rest of the object stays in the cluster. */
  metadataOnly?: true
}
type Asked = Permission & { list?: Resource; url?: string; get?: { resource: string; name: string } }

const list = (
  resource: string,
  group: string,
  gives: string,
  rest: Partial<Resource> & { optional?: true } = {},
): Asked => {
  const { optional, versions = ['v1'], namespaced = true, metadataOnly } = rest
  return {
    name: `list ${resource}${group && `.${group}`}`,
    gives,
    ...(optional && { optional }),
    list: { group, resource, versions, namespaced, ...(metadataOnly && { metadataOnly }) },
  }
}
const RBAC = 'rbac.authorization.k8s.io'
export const EXTERNAL_SECRETS = 'external-secrets.io'
export const CERT_MANAGER = 'cert-manager.io'
export const SPIRE = 'spire.spiffe.io'
export const ADMISSION = 'admissionregistration.k8s.io'
export const ISTIO = 'security.istio.io'
export const ISTIO_VERSIONS = ['v1', 'v1beta1'] as const
const cluster = { namespaced: false }
const stores = { optional: true as const, versions: ['v1', 'v1beta1'] }
const optional = { optional: true as const }
const optionalOfCluster = { ...optional, ...cluster }
const mesh = { ...optional, versions: ISTIO_VERSIONS }

export const KUBECONFIG = 'kubeconfig'
export const AUDIT_LOG = 'audit log'
export const CLUSTER = 'get namespaces/kube-system'
export const DISCOVERY = 'get /.well-known/openid-configuration'
export const GROUPS = 'get /apis'
export const VERSION = 'get /version'

export const ASKED: readonly Asked[] = [
  {
    name: KUBECONFIG,
    gives: 'Which clusters are read and at which addresses. It is in the settings: no cluster is asked.',
  },
  {
    name: CLUSTER,
    gives: 'Which cluster this is: the UID of kube-system never changes. Nothing can be read without it.',
    get: { resource: 'namespaces', name: 'kube-system' },
  },
  {
    name: DISCOVERY,
    gives: 'The issuer of service account tokens, by which clouds and vaults know this cluster.',
    url: '/.well-known/openid-configuration',
  },
  {
    name: GROUPS,
    gives: 'Which extensions are installed, so that none is told from not seen.',
    url: '/apis',
  },
  {
    name: VERSION,
    gives:
      'The version of the API server, by which it is also known whether it records the use of old tokens.',
    url: '/version',
    optional: true,
  },
  list(
    'namespaces',
    '',
    'Owners named on namespaces, their labels and Pod Security level, and which pods SPIFFE IDs are for.',
    {
      ...cluster,
      metadataOnly: true,
    },
  ),
  list('serviceaccounts', '', 'Service accounts, their owners and the cloud roles they name.'),
  list('nodes', '', 'Nodes and the machines they run on.', cluster),
  list('pods', '', 'Which workloads run as which service account, the tokens and secrets they take.'),
  list('replicasets', 'apps', 'Which deployment a pod belongs to.', { metadataOnly: true }),
  list('deployments', 'apps', 'Deployments, also those without a pod now.'),
  list('statefulsets', 'apps', 'Stateful sets, also those without a pod now.'),
  list('daemonsets', 'apps', 'Daemon sets, also those without a pod now.'),
  list('jobs', 'batch', 'Jobs, and which cron job they belong to.'),
  list('cronjobs', 'batch', 'Cron jobs, also between two runs.'),
  list('roles', RBAC, 'What roles of a namespace allow.'),
  list('clusterroles', RBAC, 'What roles of the cluster allow.', cluster),
  list('rolebindings', RBAC, 'Who holds which role in a namespace.'),
  list('clusterrolebindings', RBAC, 'Who holds which role in the whole cluster.', cluster),
  list('certificatesigningrequests', 'certificates.k8s.io', 'Client certificates of the last hour.', cluster),
  list('secrets', '', 'Old tokens that never end, and names and ages of Secrets. Off unless set.', {
    ...optional,
    metadataOnly: true,
  }),
  list('externalsecrets', EXTERNAL_SECRETS, 'Secrets that are copied from a vault, and how often.', stores),
  list('secretstores', EXTERNAL_SECRETS, 'Which vault a copied secret comes from.', stores),
  list('clustersecretstores', EXTERNAL_SECRETS, 'Which vault a copied secret comes from.', {
    ...stores,
    ...cluster,
  }),
  list('certificates', CERT_MANAGER, 'Certificates that cert-manager keeps, and when they end.', optional),
  list('issuers', CERT_MANAGER, 'Who signs them.', optional),
  list('clusterissuers', CERT_MANAGER, 'Who signs them.', { ...optional, ...cluster }),
  list('clusterspiffeids', SPIRE, 'Which pods get a SPIFFE ID.', {
    ...optional,
    ...cluster,
    versions: ['v1alpha1'],
  }),
  list(
    'validatingadmissionpolicies',
    ADMISSION,
    'What the cluster lets in by policies of its own.',
    optionalOfCluster,
  ),
  list(
    'validatingadmissionpolicybindings',
    ADMISSION,
    'Where those policies hold, and what they do.',
    optionalOfCluster,
  ),
  list(
    'validatingwebhookconfigurations',
    ADMISSION,
    'Who is asked before something is let in.',
    optionalOfCluster,
  ),
  list('mutatingwebhookconfigurations', ADMISSION, 'Who may change what is let in.', optionalOfCluster),
  list('authorizationpolicies', ISTIO, 'Which workloads of an Istio mesh may call which.', mesh),
  list('peerauthentications', ISTIO, 'Whether callers in an Istio mesh have to prove who they are.', mesh),
  {
    name: AUDIT_LOG,
    gives: 'What identities did. No API shows it: it is imported, or sent by the API server.',
    optional: true,
  },
]

export const PERMISSIONS: readonly Permission[] = ASKED.map((one) => ({
  name: one.name,
  gives: one.gives,
  ...(one.optional && { optional: true }),
}))
const byName = new Map(ASKED.map((one) => [one.name, one]))
export const askedOf = (name: string): Asked | undefined => byName.get(name)

export const listOf = (resource: string, group = ''): string => `list ${resource}${group && `.${group}`}`
export const LIST = {
  namespaces: listOf('namespaces'),
  serviceAccounts: listOf('serviceaccounts'),
  nodes: listOf('nodes'),
  pods: listOf('pods'),
  replicaSets: listOf('replicasets', 'apps'),
  deployments: listOf('deployments', 'apps'),
  statefulSets: listOf('statefulsets', 'apps'),
  daemonSets: listOf('daemonsets', 'apps'),
  jobs: listOf('jobs', 'batch'),
  cronJobs: listOf('cronjobs', 'batch'),
  roles: listOf('roles', RBAC),
  clusterRoles: listOf('clusterroles', RBAC),
  roleBindings: listOf('rolebindings', RBAC),
  clusterRoleBindings: listOf('clusterrolebindings', RBAC),
  signingRequests: listOf('certificatesigningrequests', 'certificates.k8s.io'),
  secrets: listOf('secrets'),
  externalSecrets: listOf('externalsecrets', EXTERNAL_SECRETS),
  secretStores: listOf('secretstores', EXTERNAL_SECRETS),
  clusterSecretStores: listOf('clustersecretstores', EXTERNAL_SECRETS),
  certificates: listOf('certificates', CERT_MANAGER),
  issuers: listOf('issuers', CERT_MANAGER),
  clusterIssuers: listOf('clusterissuers', CERT_MANAGER),
  spiffeIds: listOf('clusterspiffeids', SPIRE),
  admissionPolicies: listOf('validatingadmissionpolicies', ADMISSION),
  admissionBindings: listOf('validatingadmissionpolicybindings', ADMISSION),
  validatingWebhooks: listOf('validatingwebhookconfigurations', ADMISSION),
  mutatingWebhooks: listOf('mutatingwebhookconfigurations', ADMISSION),
  authorizationPolicies: listOf('authorizationpolicies', ISTIO),
  peerAuthentications: listOf('peerauthentications', ISTIO),
} as const
