// Small realms of Google Cloud as the connector tells them, to be asked about cases that were worked out by hand.
import type { Held, Principal, Realm, Ruling, Runner, Thing, TrustStatement } from '@/core/access'

const MANAGER = '//cloudresourcemanager.googleapis.com/'
export const ORG = 'organizations/1'
export const ISSUER = 'https://token.actions.githubusercontent.com'

/** Unique ids by the local part of the address. */
export const uid = (name: string): string =>
  `1${[...name]
    .map((one) => String(one.charCodeAt(0) % 100).padStart(2, '0'))
    .join('')
    .padEnd(12, '0')
    .slice(0, 18)}`
export const emailOf = (name: string, project: string): string => `${name}@${project}.iam.gserviceaccount.com`
/** `projects/shop` and the like stand for their full names, `sa:project/name` for a service account. */
export function placed(place: string): string {
  const [, project, name] = /^sa:([^/]+)\/(.+)$/.exec(place) ?? []
  if (project !== undefined && name !== undefined)
    return `//iam.googleapis.com/projects/${project}/serviceAccounts/${uid(name)}`
  return place.startsWith('//') ? place : `${MANAGER}${place}`
}

export function bind(role: string, place: string, expression?: string, via = 'attached'): Held {
  const resource = placed(place)
  return {
    id: `${role}@${resource}${expression === undefined ? '' : `#${expression}`}`,
    name: `${role} on ${place}`,
    language: 'gcp-iam',
    effect: 'allow',
    via,
    document: {
      role,
      resource,
      resourceType: 'unknown',
      ...(expression !== undefined && { condition: { title: 'when', expression } }),
    },
  }
}
export function account(
  name: string,
  project: string,
  held: readonly Held[] = [],
  more: Partial<Principal> = {},
): Principal {
  const email = emailOf(name, project)
  return {
    id: uid(name),
    type: 'gcp.service-account',
    name: email,
    aliases: [email, `projects/${project}/serviceAccounts/${email}`],
    class: 'machine',
    enabled: true,
    held,
    trusts: [],
    ...more,
  }
}
export const outside = (
  id: string,
  held: readonly Held[] = [],
  type = 'gcp.federated-principal',
): Principal => ({
  ...{ id, type, name: id, aliases: [], class: 'machine', held, trusts: [] },
})
/** The default account of Compute Engine tells which number a project has. */
export const computeAccount = (project: string, number: string, held: readonly Held[] = []): Principal => {
  const email = `${number}-compute@developer.gserviceaccount.com`
  const aliases = [email, `projects/${project}/serviceAccounts/${email}`]
  return { ...account('compute', project, held), id: `9${number}`, name: email, aliases }
}

export const role = (name: string, ...includedPermissions: string[]): Ruling => ({
  id: name,
  name,
  type: 'gcp.role',
  language: 'gcp-iam',
  aliases: [],
  document: { stage: 'GA', includedPermissions },
})
export const ruling = (type: string, id: string, document?: Record<string, unknown>): Ruling => ({
  ...{ id, name: id, type, language: type.replace('-policy', '').replace('gcp.', 'gcp-'), aliases: [] },
  ...(document && { document }),
})
type Rule = {
  deniedPrincipals: string[]
  deniedPermissions: string[]
  exceptionPrincipals?: string[]
  exceptionPermissions?: string[]
  denialCondition?: { expression: string }
}
export const deny = (place: string, ...rules: Rule[]): Ruling =>
  ruling('gcp.deny-policy', `policies/${place.replace('/', '%2F')}/denypolicies/${rules.length}`, {
    resource: placed(place),
    rules,
  })
export const EVERYBODY = 'principalSet://goog/public:all'
export const asPrincipal = (name: string, project: string): string =>
  `principal://iam.googleapis.com/projects/-/serviceAccounts/${emailOf(name, project)}`

export const boundary = (id: string, version: string, ...resources: string[]): Ruling =>
  ruling('gcp.access-boundary', id, {
    enforcementVersion: version,
    rules: [{ effect: 'ALLOW', resources: resources.map(placed) }],
  })
export const bounds = (policyUid: string, principalSet: string, expression?: string): Ruling =>
  ruling('gcp.access-boundary-binding', `binding-${policyUid}`, {
    policy: `organizations/1/locations/global/principalAccessBoundaryPolicies/${policyUid}`,
    policyUid,
    principalSet,
    ...(expression !== undefined && { condition: { expression } }),
  })
export const tree = (
  parents: Record<string, string>,
  numbers: Record<string, string> = {},
  above?: string[],
): Ruling => ruling('gcp.tree', 'tree', { parents, numbers, ...(above && { above }) })

export const POOL = 'projects/700/locations/global/workloadIdentityPools/ci'
export const provider = (document: Record<string, unknown> = {}): Ruling =>
  ruling('gcp.workload-identity-rule', `${POOL}/providers/github/rule`, {
    pool: POOL,
    issuer: ISSUER,
    allowedAudiences: [],
    attributeMapping: {
      'google.subject': 'assertion.sub',
      'attribute.repository': 'assertion.repository',
      'attribute.owner': 'assertion.repository_owner',
    },
    disabled: false,
    ...document,
  })
export const inPool = (rest: string): string =>
  `${rest.startsWith('subject/') ? 'principal' : 'principalSet'}://iam.googleapis.com/${POOL}/${rest}`
export const AUDIENCE = `https://iam.googleapis.com/${POOL}/providers/github`

const WAYS: Readonly<Record<string, readonly string[]>> = {
  workloadIdentityUser: ['getAccessToken', 'getOpenIdToken'],
  serviceAccountUser: ['actAs'],
  serviceAccountTokenCreator: [
    'getAccessToken',
    'getOpenIdToken',
    'implicitDelegation',
    'signBlob',
    'signJwt',
  ],
}
export const trust = (
  principal: string,
  way = 'workloadIdentityUser',
  expression?: string,
): TrustStatement => ({
  id: `trust/roles/iam.${way}|${principal}|${expression ?? ''}`,
  principalType: 'federated',
  principal,
  effect: 'allow',
  actions: (WAYS[way] ?? []).map((verb) => `iam.serviceAccounts.${verb}`),
  ...(expression !== undefined && { conditions: { title: 'when', expression } }),
})
export const runner = (type: string, project: string, uses: readonly string[]): Runner => ({
  id: `${type}/${project}`,
  type,
  name: type,
  aliases: [`//compute.googleapis.com/projects/${project}/zones/a/instances/vm`],
  uses,
})
export const secret = (project: string, name: string): Thing => ({
  kind: 'secret',
  id: `//secretmanager.googleapis.com/projects/${project}/secrets/${name}`,
  type: 'gcp.secret',
  name,
})

/** Roles as Google publishes them, as far as the cases ask for them. */
export const ROLES: readonly Ruling[] = [
  role('roles/viewer', 'resourcemanager.projects.get', 'storage.buckets.list'),
  role(
    'roles/editor',
    'iam.serviceAccounts.actAs',
    'iam.serviceAccountKeys.create',
    'compute.instances.create',
  ),
  role(
    'roles/owner',
    'iam.serviceAccounts.actAs',
    'iam.serviceAccounts.setIamPolicy',
    'resourcemanager.projects.setIamPolicy',
  ),
  role('roles/storage.objectViewer', 'storage.objects.get', 'storage.objects.list'),
  role('roles/secretmanager.secretAccessor', 'secretmanager.versions.access'),
  role('roles/bigquery.dataViewer', 'bigquery.tables.get', 'bigquery.tables.getData'),
  role('roles/iam.serviceAccountUser', 'iam.serviceAccounts.actAs'),
  role(
    'roles/iam.workloadIdentityUser',
    'iam.serviceAccounts.getAccessToken',
    'iam.serviceAccounts.getOpenIdToken',
  ),
  role(
    'roles/iam.serviceAccountTokenCreator',
    ...['getAccessToken', 'getOpenIdToken', 'implicitDelegation', 'signBlob', 'signJwt'].map(
      (verb) => `iam.serviceAccounts.${verb}`,
    ),
  ),
  role(
    'roles/resourcemanager.projectIamAdmin',
    'resourcemanager.projects.getIamPolicy',
    'resourcemanager.projects.setIamPolicy',
  ),
  role(
    'roles/resourcemanager.organizationAdmin',
    ...['organizations', 'folders', 'projects'].map((kind) => `resourcemanager.${kind}.setIamPolicy`),
  ),
]

export const realm = (principals: readonly Principal[], given: Partial<Realm> = {}): Realm => ({
  id: ORG,
  type: 'gcp.organization',
  name: 'example',
  elsewhere: [],
  runners: [],
  things: [],
  unseen: [],
  principals,
  ...given,
  rulings: [
    ...ROLES.filter(({ id }) => !given.rulings?.some((one) => one.id === id)),
    ...(given.rulings ?? []),
  ],
})
