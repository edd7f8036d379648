// The calls of the APIs as their published descriptions have them: host, method, path, query parameters, body, the permission
// each needs, and what it answers. Written from the descriptions, and not from the connector that is tested by it.
import { CANARY, CART, MAILER, PRICES, PROVIDER, SHOP, type Account, type Estate } from './estate'

type Found = { items: readonly object[]; field: string; size: number }
export type Answer = { list: Found } | { one: object } | { missing: true }
export type Asked = { match: RegExpExecArray; query: URLSearchParams; body: Record<string, unknown> }
export type Route = {
  host: string
  method: 'GET' | 'POST'
  path: RegExp
  /** Any other query parameter is refused, as Google does. */
  query: readonly string[]
  permission: string
  answer: (estate: Estate, asked: Asked) => Answer
}
/** So few on a page that there is more than one. */
const PAGE = 2
const list = (field: string, items: readonly object[], size = PAGE): Answer => ({
  list: { field, items, size },
})
const PAGED = ['pageSize', 'pageToken']
const PROJECT = '(projects\\/[^/]+)'
const manager = 'cloudresourcemanager.googleapis.com'
const iam = 'iam.googleapis.com'

const projectJson = ({ projectId, number }: Estate['projects'][number]): object => ({
  name: `projects/${number}`,
  projectId,
  parent: 'folders/1',
  state: 'ACTIVE',
  displayName: projectId,
  etag: 'W/"x"',
  ...(projectId === SHOP.projectId && { labels: { team: 'shop' } }),
})
const accountJson = ({ projectId, email, uniqueId, disabled }: Account): object => ({
  name: `projects/${projectId}/serviceAccounts/${email}`,
  projectId,
  uniqueId,
  email,
  etag: 'MDEwMjE5MjA=',
  oauth2ClientId: uniqueId,
  ...(disabled && { disabled }),
})
const isIn = (estate: Estate, project: string, projectId: string): boolean =>
  estate.projects.some(
    (one) =>
      one.projectId === projectId &&
      (project === `projects/${projectId}` || project === `projects/${one.number}`),
  )
const policyOf = (estate: Estate, isMeant: (resource: string) => boolean): Answer => {
  const found = estate.policies.find(({ resource }) => isMeant(resource))
  return { one: { version: 3, etag: 'BwY=', ...(found && { bindings: found.bindings }) } }
}
const nodePolicy = (kind: string): Route => ({
  host: manager,
  method: 'POST',
  path: new RegExp(`^v3\\/(${kind}\\/[^/:]+):getIamPolicy$`),
  query: [],
  permission: `resourcemanager.${kind}.getIamPolicy`,
  answer: (estate, { match }) =>
    policyOf(estate, (resource) => resource === `//cloudresourcemanager.googleapis.com/${match[1] ?? ''}`),
})
const perProject = (
  more: Pick<Route, 'host' | 'path' | 'query' | 'permission'> & {
    field: string
    items?: (estate: Estate, project: string) => object[]
  },
): Route => ({
  host: more.host,
  method: 'GET',
  path: more.path,
  query: more.query,
  permission: more.permission,
  answer: (estate, { match }) => list(more.field, more.items?.(estate, match[1] ?? '') ?? []),
})

const insightJson = (type: string, content: object, more: object): object => ({
  name: `projects/${SHOP.number}/locations/global/insightTypes/${type}/insights/446303ba-2a14-49cc-b9fa-e2d2499d4f82`,
  description: CANARY,
  content,
  lastRefreshTime: '2026-09-29T07:00:00Z',
  stateInfo: { state: 'ACTIVE' },
  category: 'SECURITY',
  targetResources: [`//cloudresourcemanager.googleapis.com/projects/${SHOP.number}`],
  etag: '"9d797dd04263c855"',
  severity: 'LOW',
  ...more,
})
const usageOf = (member: string): object =>
  insightJson(
    'google.iam.policy.Insight',
    {
      role: 'roles/viewer',
      member,
      condition: { expression: '', title: '', description: '', location: '' },
      exercisedPermissions: [{ permission: 'resourcemanager.projects.get' }],
      inferredPermissions: [{ permission: 'compute.disks.guessed' }],
      currentTotalPermissionsCount: '37',
    },
    { insightSubtype: 'PERMISSIONS_USAGE', observationPeriod: '7776000s' },
  )
const policyInsight = ({ email }: Account): object => usageOf(`serviceAccount:${email}`)
const groupInsight = usageOf('group:people@brook.example')
const accountInsight = insightJson(
  'google.iam.serviceAccount.Insight',
  { serviceAccountId: MAILER.uniqueId, email: MAILER.email, lastAuthenticatedTime: '2026-02-11T07:00:00Z' },
  { insightSubtype: 'SERVICE_ACCOUNT_USAGE', observationPeriod: '19008000s' },
)

export const ROUTES: readonly Route[] = [
  {
    host: manager,
    method: 'GET',
    path: /^v3\/(organizations\/\d+)$/,
    query: [],
    permission: 'resourcemanager.organizations.get',
    answer: (_, { match }) => ({
      one: { name: match[1], displayName: 'brook.example', state: 'ACTIVE', etag: 'x' },
    }),
  },
  {
    host: manager,
    method: 'GET',
    path: /^v3\/folders$/,
    query: ['parent', 'showDeleted', ...PAGED],
    permission: 'resourcemanager.folders.list',
    answer: ({ folders }, { query }) =>
      list(
        'folders',
        folders.filter(({ parent }) => parent === query.get('parent')),
      ),
  },
  {
    host: manager,
    method: 'GET',
    path: /^v3\/projects$/,
    query: ['parent', 'showDeleted', ...PAGED],
    permission: 'resourcemanager.projects.list',
    answer: ({ projects }, { query }) =>
      list('projects', projects.filter(({ parent }) => parent === query.get('parent')).map(projectJson)),
  },
  {
    host: manager,
    method: 'GET',
    path: /^v3\/projects\/([^/]+)$/,
    query: [],
    permission: 'resourcemanager.projects.get',
    answer({ projects }, { match }) {
      const found = projects.find(({ projectId, number }) => [projectId, number].includes(match[1] ?? ''))
      return found ? { one: projectJson(found) } : { missing: true }
    },
  },
  ...['organizations', 'folders', 'projects'].map(nodePolicy),
  perProject({
    host: iam,
    path: new RegExp(`^v1\\/${PROJECT}\\/serviceAccounts$`),
    query: PAGED,
    permission: 'iam.serviceAccounts.list',
    field: 'accounts',
    items: (estate, project) =>
      estate.accounts.filter(({ projectId }) => isIn(estate, project, projectId)).map(accountJson),
  }),
  {
    host: iam,
    method: 'GET',
    path: new RegExp(`^v1\\/${PROJECT}\\/serviceAccounts\\/([^/]+)\\/keys$`),
    query: ['keyTypes'],
    permission: 'iam.serviceAccountKeys.list',
    answer(estate, { match }) {
      if (estate.vanished.has(match[2] ?? '')) return { missing: true }
      const keys = estate.keys[match[2] ?? ''] ?? []
      return { one: keys.length ? { keys } : {} }
    },
  },
  {
    host: iam,
    method: 'POST',
    path: new RegExp(`^v1\\/${PROJECT}\\/serviceAccounts\\/([^/:]+):getIamPolicy$`),
    query: ['options.requestedPolicyVersion'],
    permission: 'iam.serviceAccounts.getIamPolicy',
    answer(estate, { match }) {
      const account = estate.accounts.find(({ email }) => email === match[2])
      return account
        ? policyOf(estate, (resource) => resource.endsWith(`/serviceAccounts/${account.uniqueId}`))
        : { missing: true }
    },
  },
  perProject({
    host: iam,
    path: /^v1\/((?:projects|organizations)\/[^/]+)\/roles$/,
    query: ['view', 'showDeleted', ...PAGED],
    permission: 'iam.roles.list',
    field: 'roles',
  }),
  {
    host: iam,
    method: 'GET',
    path: /^v1\/((?:projects\/[^/]+\/|organizations\/[^/]+\/)?roles\/[^/]+)$/,
    query: [],
    permission: 'iam.roles.get',
    answer: (_, { match }) => ({
      one: {
        name: match[1],
        title: 'A role',
        stage: 'GA',
        includedPermissions: ['resourcemanager.projects.get'],
      },
    }),
  },
  perProject({
    host: iam,
    path: new RegExp(`^v1\\/${PROJECT}\\/locations\\/global\\/workloadIdentityPools$`),
    query: ['showDeleted', ...PAGED],
    permission: 'iam.workloadIdentityPools.list',
    field: 'workloadIdentityPools',
    items: (_, project) =>
      project === 'projects/brook-tools'
        ? [{ name: PROVIDER.name.replace(/\/providers\/.*/, ''), state: 'ACTIVE' }]
        : [],
  }),
  perProject({
    host: iam,
    path: /^v1\/(projects\/\d+\/locations\/global\/workloadIdentityPools\/[^/]+)\/providers$/,
    query: ['showDeleted', ...PAGED],
    permission: 'iam.workloadIdentityPoolProviders.list',
    field: 'workloadIdentityPoolProviders',
    items: () => [PROVIDER],
  }),
  perProject({
    host: iam,
    path: /^v2\/policies\/(cloudresourcemanager\.googleapis\.com%2F(?:organizations|folders|projects)%2F[^/]+)\/denypolicies$/,
    query: PAGED,
    permission: 'iam.denypolicies.list',
    field: 'policies',
  }),
  perProject({
    host: iam,
    path: /^v3\/(organizations\/\d+)\/locations\/global\/principalAccessBoundaryPolicies$/,
    query: PAGED,
    permission: 'iam.principalaccessboundarypolicies.list',
    field: 'principalAccessBoundaryPolicies',
  }),
  perProject({
    host: iam,
    path: /^v3\/((?:organizations|folders|projects)\/[^/]+)\/locations\/global\/policyBindings$/,
    query: ['filter', ...PAGED],
    permission: 'iam.policybindings.list',
    field: 'policyBindings',
  }),
  {
    host: 'cloudasset.googleapis.com',
    method: 'GET',
    path: /^v1\/((?:organizations|folders|projects)\/[^/]+):searchAllIamPolicies$/,
    query: ['query', 'assetTypes', 'orderBy', ...PAGED],
    permission: 'cloudasset.assets.searchAllIamPolicies',
    answer: ({ policies }) =>
      list(
        'results',
        policies.map(({ bindings, ...rest }) => ({ ...rest, policy: { bindings } })),
      ),
  },
  {
    host: 'cloudasset.googleapis.com',
    method: 'GET',
    path: /^v1\/((?:organizations|folders|projects)\/[^/]+)\/assets$/,
    query: ['assetTypes', 'contentType', 'readTime', 'relationshipTypes', ...PAGED],
    permission: 'cloudasset.assets.listResource',
    answer({ assets }, { query }) {
      const types = query.getAll('assetTypes')
      const found = assets.filter(({ assetType }) => types.includes(assetType))
      // Without the content type only names come.
      return list(
        'assets',
        found.map(({ name, assetType, data }) => ({
          name,
          assetType,
          ...(query.get('contentType') === 'RESOURCE' && { resource: { version: 'v1', data } }),
        })),
      )
    },
  },
  perProject({
    host: 'storage.googleapis.com',
    path: new RegExp(`^storage\\/v1\\/${PROJECT}\\/hmacKeys$`),
    query: ['maxResults', 'pageToken', 'serviceAccountEmail', 'showDeletedKeys', 'userProject'],
    permission: 'storage.hmacKeys.list',
    field: 'items',
  }),
  perProject({
    host: 'policyanalyzer.googleapis.com',
    path: new RegExp(
      `^v1\\/${PROJECT}\\/locations\\/global\\/activityTypes\\/serviceAccountLastAuthentication\\/activities:query$`,
    ),
    query: ['filter', ...PAGED],
    permission: 'policyanalyzer.serviceAccountLastAuthenticationActivities.query',
    field: 'activities',
  }),
  perProject({
    host: 'policyanalyzer.googleapis.com',
    path: new RegExp(
      `^v1\\/${PROJECT}\\/locations\\/global\\/activityTypes\\/serviceAccountKeyLastAuthentication\\/activities:query$`,
    ),
    query: ['filter', ...PAGED],
    permission: 'policyanalyzer.serviceAccountKeyLastAuthenticationActivities.query',
    field: 'activities',
  }),
  perProject({
    host: 'recommender.googleapis.com',
    path: /^v1\/((?:organizations|folders|projects)\/[^/]+)\/locations\/global\/insightTypes\/google\.iam\.policy\.Insight\/insights$/,
    query: ['filter', ...PAGED],
    permission: 'recommender.iamPolicyInsights.list',
    field: 'insights',
    items: (_, node) =>
      node === `projects/${SHOP.projectId}`
        ? [CART, PRICES].flatMap((one) => [policyInsight(one), groupInsight])
        : [],
  }),
  perProject({
    host: 'recommender.googleapis.com',
    path: new RegExp(
      `^v1\\/${PROJECT}\\/locations\\/global\\/insightTypes\\/google\\.iam\\.serviceAccount\\.Insight\\/insights$`,
    ),
    query: ['filter', ...PAGED],
    permission: 'recommender.iamServiceAccountInsights.list',
    field: 'insights',
    items: (_, project) => (project === `projects/${SHOP.projectId}` ? [accountInsight] : []),
  }),
  {
    host: 'logging.googleapis.com',
    method: 'POST',
    path: /^v2\/entries:list$/,
    query: [],
    permission: 'logging.logEntries.list',
    answer: (estate, { body }) =>
      list(
        'entries',
        estate.accounts
          .filter(({ projectId }) => (body['resourceNames'] as string[]).includes(`projects/${projectId}`))
          .map(({ uniqueId }) => ({
            timestamp: '2026-02-02T02:02:02.020202Z',
            resource: { type: 'service_account', labels: { unique_id: uniqueId } },
            protoPayload: { authenticationInfo: { principalEmail: 'kim@brook.example' } },
          })),
      ),
  },
]
