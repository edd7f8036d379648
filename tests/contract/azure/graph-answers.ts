// Answers requests as Microsoft Graph does: pages by @odata.nextLink, refusals by app role, fields only the preview has, limits
// of the reports service, and objects of which not everything is shown.
import * as tenant from './graph-tenant'
import type { GraphObject } from './graph-tenant'

export type GraphRequest = { method: string; url: URL; headers: Readonly<Record<string, string | undefined>> }
export type GraphAnswer = { status: number; headers?: Record<string, string>; body: unknown }

/** What is the matter with the tenant, or with the one who asks. */
export type GraphState = {
  /** App roles granted. */
  granted: ReadonlySet<string>
  /** Client ids of applications whose service principal is not to be seen yet. */
  lagging?: ReadonlySet<string>
  /** Objects of a page at most, whatever is asked for. */
  pageMax?: number
  /** Without it, privileged identity management and reports are refused. */
  premium?: boolean
  /** Clouds other than the public one know neither agents nor reports. */
  national?: boolean
  /** Seconds since the epoch, for limits. */
  now?: () => number
  /** Called for each request; what it answers is given instead. */
  disturb?: (request: GraphRequest) => GraphAnswer | undefined
}
export const ALL_ROLES: ReadonlySet<string> = new Set([
  'Application.Read.All',
  'Directory.Read.All',
  'RoleManagement.Read.Directory',
  'AuditLog.Read.All',
  'AgentIdentity.Read.All',
])

const error = (
  status: number,
  code: string,
  message: string,
  headers?: Record<string, string>,
): GraphAnswer => ({
  status,
  ...(headers && { headers }),
  body: { error: { code, message, innerError: { 'request-id': 'r', date: '2026-11-22T08:00:00' } } },
})
const DENIED = error(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.')
const NO_SEGMENT = (segment: string) =>
  error(400, 'BadRequest', `Resource not found for the segment '${segment}'.`)
const GONE = error(404, 'Request_ResourceNotFound', 'Resource does not exist.')
const NO_LICENCE = error(
  403,
  'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
  "Neither tenant is B2C or tenant doesn't have premium license",
)
const NO_PIM = error(
  400,
  'AadPremiumLicenseRequired',
  'The tenant needs to have Microsoft Entra ID P2 license.',
)

type List = {
  /** Any of these app roles lets it be read. */
  needs: readonly string[]
  of: (state: GraphState, id: string) => GraphObject[] | undefined
  /** Where only one version of the API has it. */
  only?: 'beta'
  report?: true
  premium?: GraphAnswer
  publicCloudOnly?: true
  counts?: true
}
const APPS = ['Application.Read.All', 'Directory.Read.All']
const ROLES = ['RoleManagement.Read.Directory', 'Directory.Read.All']
const DIRECTORY = ['Directory.Read.All']

const existing = (id: string): boolean =>
  [...tenant.applications, ...tenant.principals].some((one) => one.id === id)
const under = (lists: Record<string, GraphObject[]>) => (_: GraphState, id: string) =>
  existing(id) || lists[id] ? (lists[id] ?? []) : undefined
const visible = ({ lagging }: GraphState): GraphObject[] =>
  tenant.principals.filter(({ appId }) => !lagging?.has(String(appId)))

const LISTS: Readonly<Record<string, List>> = {
  '/applications': { needs: APPS, of: () => tenant.applications },
  '/servicePrincipals': { needs: APPS, of: visible },
  '/servicePrincipals/microsoft.graph.agentIdentity': {
    needs: ['AgentIdentity.Read.All'],
    of: () => tenant.agents,
    publicCloudOnly: true,
  },
  '/servicePrincipals/{id}/microsoft.graph.agentIdentity/sponsors': {
    needs: ['AgentIdentity.Read.All'],
    of: under(tenant.sponsors),
    publicCloudOnly: true,
  },
  '/applications/{id}/federatedIdentityCredentials': { needs: APPS, of: under(tenant.federatedCredentials) },
  '/applications/{id}/owners': { needs: APPS, of: under(tenant.owners) },
  '/servicePrincipals/{id}/owners': { needs: APPS, of: under(tenant.owners) },
  '/servicePrincipals/{id}/appRoleAssignedTo': { needs: APPS, of: under(tenant.appRoleAssignments) },
  '/oauth2PermissionGrants': { needs: DIRECTORY, of: () => tenant.delegatedGrants },
  '/groups/{id}/transitiveMembers/microsoft.graph.servicePrincipal': {
    needs: DIRECTORY,
    of: (_, id) => tenant.groupMembers[id],
    counts: true,
  },
  '/directory/administrativeUnits': { needs: DIRECTORY, of: () => tenant.administrativeUnits },
  '/roleManagement/directory/roleDefinitions': { needs: ROLES, of: () => tenant.roleDefinitions },
  '/roleManagement/directory/roleAssignments': { needs: ROLES, of: () => tenant.roleAssignments },
  '/roleManagement/directory/roleEligibilityScheduleInstances': {
    needs: ROLES,
    of: () => tenant.roleEligibilities,
    premium: NO_PIM,
  },
  '/reports/appCredentialSignInActivities': {
    needs: ['AuditLog.Read.All'],
    of: () => tenant.credentialActivities,
    only: 'beta',
    report: true,
    premium: NO_LICENCE,
    publicCloudOnly: true,
  },
  '/reports/servicePrincipalSignInActivities': {
    needs: ['AuditLog.Read.All'],
    of: () => tenant.principalActivities,
    only: 'beta',
    report: true,
    premium: NO_LICENCE,
    publicCloudOnly: true,
  },
}

/** `/applications/<id>/owners` → its list and the id in it. */
function listAt(path: string): { list: List; id: string } | undefined {
  const exact = LISTS[path]
  if (exact) return { list: exact, id: '' }
  const parts = path.split('/')
  const list = LISTS[parts.map((part, at) => (at === 2 ? '{id}' : part)).join('/')]
  return list && { list, id: decodeURIComponent(parts[2] ?? '') }
}

const REPORTS = { calls: 5, seconds: 10 }
const HIDDEN = new Set(['displayName', 'userPrincipalName', 'mail'])

/** One object as a version of the API shows it to the one who asks. */
function shown(
  one: GraphObject,
  { beta, select, granted }: { beta: boolean; select: string[]; granted: ReadonlySet<string> },
) {
  const kind = String(one['@odata.type'] ?? '')
  const people = kind.endsWith('.user') && !granted.has('Directory.Read.All') && !granted.has('User.Read.All')
  const fields = Object.entries(one).filter(
    ([name]) =>
      (select.length === 0 || select.includes(name) || name === '@odata.type') &&
      (beta || name !== 'claimsMatchingExpression'),
  )
  return Object.fromEntries(
    fields.map(([name, value]) => {
      if (people && HIDDEN.has(name)) return [name, null]
      if (name !== 'keyCredentials' || select.includes(name)) return [name, value]
      // The raw data of keys is added only where the field is asked for by name.
      return [name, (value as object[]).map((key) => ({ ...key, key: null }))]
    }),
  )
}

export class Graph {
  private readonly reports: number[] = []

  constructor(readonly state: GraphState) {}

  answer(request: GraphRequest): GraphAnswer {
    const disturbed = this.state.disturb?.(request)
    if (disturbed) return disturbed
    if (request.method !== 'GET')
      return error(405, 'Request_BadRequest', 'Specified HTTP method is not allowed.')
    const [, version = '', path = ''] = /^\/(v1\.0|beta)(\/.*)$/.exec(request.url.pathname) ?? []
    const found = listAt(path)
    if (!found) return NO_SEGMENT(path.split('/').at(-1) ?? '')
    return this.refusal(found.list, version, request) ?? this.page(found.list, found.id, version, request)
  }

  private refusal(list: List, version: string, { headers, url }: GraphRequest): GraphAnswer | undefined {
    const { granted, premium = true, national = false } = this.state
    if ((list.only && list.only !== version) || (national && list.publicCloudOnly))
      return NO_SEGMENT(url.pathname.split('/').at(-1) ?? '')
    if (!list.needs.some((one) => granted.has(one))) return DENIED
    if (!premium && list.premium) return list.premium
    const isCounted = headers['consistencylevel'] === 'eventual' && url.searchParams.get('$count') === 'true'
    if (list.counts && !isCounted)
      return error(400, 'Request_UnsupportedQuery', 'The count is not supported.')
    return list.report ? this.tooMany() : undefined
  }

  /** The reports service refuses without saying how long to wait. */
  private tooMany(): GraphAnswer | undefined {
    const now = this.state.now?.() ?? 0
    const recent = this.reports.filter((at) => at > now - REPORTS.seconds)
    this.reports.splice(0, this.reports.length, ...recent)
    if (this.state.now && recent.length >= REPORTS.calls)
      return error(429, 'TooManyRequests', 'Too many requests.')
    this.reports.push(now)
    return undefined
  }

  private page(list: List, id: string, version: string, { url }: GraphRequest): GraphAnswer {
    const all = list.of(this.state, id)
    if (!all) return GONE
    const { searchParams } = url
    const top = Math.min(Number(searchParams.get('$top') ?? 100), this.state.pageMax ?? 999)
    const from = Number(searchParams.get('$skiptoken') ?? 0)
    const select = (searchParams.get('$select') ?? '').split(',').filter(Boolean)
    const seen = { beta: version === 'beta', select, granted: this.state.granted }
    const next = new URL(url.pathname + url.search, 'https://graph.microsoft.com')
    next.searchParams.set('$skiptoken', String(from + top))
    return {
      status: 200,
      body: {
        '@odata.context': `https://graph.microsoft.com/${version}/$metadata#x`,
        ...(from + top < all.length && { '@odata.nextLink': next.href }),
        value: all.slice(from, from + top).map((one) => shown(one, seen)),
      },
    }
  }
}
