// Every call this connector can make, by the permission that allows it. A call that is not here cannot be made; none of them
// gives out a value, a key or a token.
import type { Permission } from '@/core/connector'

export type CallParams = Readonly<Record<string, unknown>>
export type Call = {
  gives: string
  optional?: true
  /** No permission of IAM: signing in, or a role of the directory. */
  outside?: true
  /** The API it belongs to, by the first part of its host. */
  api: string
  /** `{name}` is a path of several parts, `{id}` one part whatever it holds. */
  path: string
  method?: 'POST'
  /** Sent with every such request. */
  fixed?: Readonly<Record<string, string>>
  /** Parameters that go into the query, or the body of a POST. */
  query?: readonly string[]
  /** Lists of the answer. An empty one is left out of the JSON: in an answer that came whole it is put back. */
  lists?: readonly string[]
}

const ASSETS = 'cloudasset'
const MANAGER = 'cloudresourcemanager'
const IAM = 'iam'

const policyOf = (what: string) =>
  ({
    gives: `The roles granted on ${what}, where Cloud Asset Inventory may not be asked.`,
    optional: true,
    api: MANAGER,
    path: 'v3/{name}:getIamPolicy',
    method: 'POST',
    lists: ['bindings'],
  }) as const satisfies Call

export const CALLS = {
  'sign-in': {
    gives: 'Gets a short-lived token in the way this connection says. Needs no permission.',
    outside: true,
    api: 'oauth2',
    path: '',
  },
  'resourcemanager.organizations.get': {
    gives: 'The name of the organisation; without it its number is shown.',
    optional: true,
    api: MANAGER,
    path: 'v3/{name}',
  },
  'resourcemanager.folders.get': {
    gives:
      'The name of a folder that is read by itself, and what a folder or project that is read by itself lies in.',
    optional: true,
    api: MANAGER,
    path: 'v3/{name}',
  },
  'resourcemanager.projects.get': {
    gives: 'Number, name and labels of a project that is read by itself.',
    api: MANAGER,
    path: 'v3/{name}',
  },
  'resourcemanager.folders.list': {
    gives: 'The folders below an organisation or folder.',
    api: MANAGER,
    path: 'v3/folders',
    fixed: { pageSize: '300' },
    query: ['parent'],
    lists: ['folders'],
  },
  'resourcemanager.projects.list': {
    gives: 'The projects of an organisation or folder, with their labels.',
    api: MANAGER,
    path: 'v3/projects',
    fixed: { pageSize: '300' },
    query: ['parent'],
    lists: ['projects'],
  },
  'iam.serviceAccounts.list': {
    gives: 'The service accounts of each project.',
    api: IAM,
    path: 'v1/{name}/serviceAccounts',
    fixed: { pageSize: '100' },
    lists: ['accounts'],
  },
  'iam.serviceAccountKeys.list': {
    gives: 'The keys people made for each service account: age, end and state. Never the key.',
    api: IAM,
    path: 'v1/{name}/keys',
    fixed: { keyTypes: 'USER_MANAGED' },
    lists: ['keys'],
  },
  'cloudasset.assets.searchAllIamPolicies': {
    gives: 'Who holds which role where, on every resource at once, with conditions.',
    api: ASSETS,
    path: 'v1/{name}:searchAllIamPolicies',
    fixed: { pageSize: '500' },
    lists: ['results'],
  },
  'resourcemanager.organizations.getIamPolicy': policyOf('the organisation'),
  'resourcemanager.folders.getIamPolicy': policyOf('each folder'),
  'resourcemanager.projects.getIamPolicy': policyOf('each project'),
  'iam.serviceAccounts.getIamPolicy': {
    gives: 'Who can become each service account, where Cloud Asset Inventory may not be asked.',
    optional: true,
    api: IAM,
    path: 'v1/{name}:getIamPolicy',
    method: 'POST',
    lists: ['bindings'],
  },
  'iam.roles.list': {
    gives: 'Custom roles and the permissions in them.',
    api: IAM,
    path: 'v1/{name}/roles',
    fixed: { view: 'FULL', pageSize: '1000' },
    lists: ['roles'],
  },
  'iam.roles.get': {
    gives: 'The permissions in each role that is granted and made elsewhere, mostly by Google.',
    api: IAM,
    path: 'v1/{name}',
    lists: ['includedPermissions'],
  },
  'iam.workloadIdentityPools.list': {
    gives: 'The pools through which workloads outside Google Cloud come in.',
    api: IAM,
    path: 'v1/{name}/locations/global/workloadIdentityPools',
    fixed: { pageSize: '1000' },
    lists: ['workloadIdentityPools'],
  },
  'iam.workloadIdentityPoolProviders.list': {
    gives: 'Which issuers or AWS accounts each pool relies on, and on which conditions.',
    api: IAM,
    path: 'v1/{name}/providers',
    fixed: { pageSize: '100' },
    lists: ['workloadIdentityPoolProviders'],
  },
  'iam.denypolicies.list': {
    gives: 'Which deny policies there are.',
    optional: true,
    api: IAM,
    path: 'v2/policies/{id}/denypolicies',
    lists: ['policies'],
  },
  'iam.denypolicies.get': {
    gives: 'What each deny policy forbids, to whom.',
    optional: true,
    api: IAM,
    path: 'v2/policies/{id}/denypolicies/{policy}',
    lists: ['rules'],
  },
  'iam.principalaccessboundarypolicies.list': {
    gives: 'Which resources principal access boundaries leave to those they are bound to.',
    optional: true,
    api: IAM,
    path: 'v3/{name}/locations/global/principalAccessBoundaryPolicies',
    fixed: { pageSize: '1000' },
    lists: ['principalAccessBoundaryPolicies'],
  },
  'iam.policybindings.list': {
    gives: 'Whom principal access boundaries are bound to.',
    optional: true,
    api: IAM,
    path: 'v3/{name}/locations/global/policyBindings',
    fixed: { pageSize: '1000' },
    lists: ['policyBindings'],
  },
  'cloudasset.assets.listResource': {
    gives:
      'What runs as which service account (Compute Engine, GKE, Cloud Run, functions), API keys, and the age of stored secrets.',
    optional: true,
    api: ASSETS,
    path: 'v1/{name}/assets',
    fixed: { contentType: 'RESOURCE', pageSize: '500' },
    query: ['assetTypes'],
    lists: ['assets'],
  },
  'storage.hmacKeys.list': {
    gives: 'HMAC keys for Cloud Storage: age and state. Never the secret.',
    optional: true,
    api: 'storage',
    path: 'storage/v1/{name}/hmacKeys',
    fixed: { maxResults: '250' },
    lists: ['items'],
  },
  'policyanalyzer.serviceAccountLastAuthenticationActivities.query': {
    gives: 'On which day each service account was last used.',
    optional: true,
    api: 'policyanalyzer',
    path: 'v1/{name}/locations/global/activityTypes/serviceAccountLastAuthentication/activities:query',
    fixed: { pageSize: '1000' },
    lists: ['activities'],
  },
  'policyanalyzer.serviceAccountKeyLastAuthenticationActivities.query': {
    gives: 'On which day each key was last used.',
    optional: true,
    api: 'policyanalyzer',
    path: 'v1/{name}/locations/global/activityTypes/serviceAccountKeyLastAuthentication/activities:query',
    fixed: { pageSize: '1000' },
    lists: ['activities'],
  },
  'recommender.iamServiceAccountInsights.list': {
    gives:
      'When service accounts that nobody used for long were last used, where the calls above do not tell.',
    optional: true,
    api: 'recommender',
    path: 'v1/{name}/locations/global/insightTypes/google.iam.serviceAccount.Insight/insights',
    fixed: { pageSize: '1000' },
    lists: ['insights'],
  },
  'recommender.iamPolicyInsights.list': {
    gives:
      'Which permissions of a role on a project, folder or organisation were seen in use, and in which window.',
    optional: true,
    api: 'recommender',
    path: 'v1/{name}/locations/global/insightTypes/google.iam.policy.Insight/insights',
    fixed: { pageSize: '1000' },
    lists: ['insights'],
  },
  'logging.logEntries.list': {
    gives: 'When each service account was made and by whom, as far back as the audit log goes.',
    optional: true,
    api: 'logging',
    path: 'v2/entries:list',
    method: 'POST',
    fixed: { pageSize: '1000' },
    query: ['resourceNames', 'filter'],
    lists: ['entries'],
  },
  'cloudidentity.groups.lookup': {
    gives: 'Finds the Google groups that hold roles. Needs the admin role Groups Reader of the directory.',
    optional: true,
    outside: true,
    api: 'cloudidentity',
    path: 'v1/groups:lookup',
    query: ['groupKey.id'],
  },
  'cloudidentity.memberships.list': {
    gives: 'Which service accounts are in those groups. Needs the same admin role.',
    optional: true,
    outside: true,
    api: 'cloudidentity',
    path: 'v1/{name}/memberships',
    fixed: { view: 'FULL', pageSize: '500' },
    lists: ['memberships'],
  },
} as const satisfies Record<string, Call>
export type CallName = keyof typeof CALLS

export const SIGN_IN = 'sign-in' satisfies CallName
export const PERMISSIONS: readonly Permission[] = Object.entries<Call>(CALLS).map(
  ([name, { gives, optional }]) => ({ name, gives, ...(optional && { optional }) }),
)
/** What a role of IAM has to hold. */
export const IAM_PERMISSIONS: readonly Permission[] = PERMISSIONS.filter(
  ({ name }) => !(CALLS[name as CallName] as Call).outside,
)
export const isCall = (name: string): name is CallName => Object.hasOwn(CALLS, name)
export const apiOf = (name: CallName): string => `${CALLS[name].api}.googleapis.com`
export const APIS: readonly string[] = [
  ...new Set(Object.entries<Call>(CALLS).flatMap(([, { api }]) => (api === 'oauth2' ? [] : [api]))),
].map((api) => `${api}.googleapis.com`)
