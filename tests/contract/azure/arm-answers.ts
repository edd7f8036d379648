// Answers requests as Azure Resource Manager, Azure Resource Graph and key vaults do: pages by nextLink and $skipToken, refusals
// by action, and lists of the index that leave out without a word what may not be read.
import { askedActivity } from './arm-activity'
import * as tenant from './arm-tenant'
import type { ArmObject } from './arm-tenant'
import { TENANT } from './graph-tenant'

export type ArmRequest = {
  method: string
  url: URL
  body: string
  headers: Readonly<Record<string, string | undefined>>
}
export type ArmAnswer = { status: number; headers?: Record<string, string>; body: unknown }
export type ArmState = {
  /** Patterns of actions that the one who asks holds everywhere. */
  actions: readonly string[]
  dataActions: boolean
  /** Subscriptions that cannot be seen. */
  hidden?: ReadonlySet<string>
  pageMax?: number
  /** Without a licence, privileged identity management is refused. */
  premium?: boolean
  /** Nothing is there but the tenant itself. */
  empty?: boolean
  disturb?: (request: ArmRequest) => ArmAnswer | undefined
}
export const READER = ['*/read']

const error = (
  status: number,
  code: string,
  message: string,
  headers?: Record<string, string>,
): ArmAnswer => ({
  status,
  ...(headers && { headers }),
  body: { error: { code, message } },
})
const parentOf = (group: string) => ({
  parent: { id: `/providers/Microsoft.Management/managementGroups/${group}` },
})
const denied = (action: string): ArmAnswer =>
  error(403, 'AuthorizationFailed', `The client does not have authorization to perform action '${action}'.`)
export const tooMany = (headers: Record<string, string>): ArmAnswer =>
  error(429, 'TooManyRequests', 'The request is being throttled.', headers)

const fits = (pattern: string, action: string): boolean =>
  new RegExp(`^${pattern.replace(/[.]/g, '\\.').replace(/\*/g, '.*')}$`, 'i').test(action)
const lower = (text: string): string => text.toLowerCase()
const scopeOf = (one: ArmObject): string => (one['properties'] as { scope: string }).scope
const ancestors = (scope: string): string[] => {
  const subscription = /^\/subscriptions\/([^/]+)/.exec(scope)?.[1]
  const parent = tenant.subscriptions.find(({ id }) => id === subscription)?.parent
  const groups =
    scope.includes('managementgroups/mg-shop') || parent === 'mg-shop' ? ['mg-shop', TENANT] : [TENANT]
  return ['/', ...groups.map((id) => lower(`/providers/Microsoft.Management/managementGroups/${id}`))]
}

/** Reads `a, b = properties.c.d` off an object. */
function projected(query: string, one: ArmObject): Record<string, unknown> {
  const columns = (/\| project (.*?) \| order by/.exec(query)?.[1] ?? '').split(', ')
  return Object.fromEntries(
    columns.map((column) => {
      const [name = '', path = name] = column.split(' = ')
      const value = path
        .split('.')
        .reduce<unknown>(
          (at, key) =>
            typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[key] : undefined,
          one,
        )
      return [name, value ?? null]
    }),
  )
}

export class Arm {
  constructor(readonly state: ArmState) {}

  answer(request: ArmRequest): ArmAnswer {
    const disturbed = this.state.disturb?.(request)
    if (disturbed) return disturbed
    if (request.headers['authorization'] === undefined) return error(401, 'AuthenticationFailed', 'no token')
    if (!request.url.searchParams.get('api-version'))
      return error(400, 'MissingApiVersionParameter', 'no version')
    const { pathname } = request.url
    if (request.url.host.includes('.vault.')) return this.vault(request)
    if (pathname.endsWith('/resources')) return this.graph(request)
    const at = decodeURIComponent(lower(pathname))
    if (at === '/tenants') return this.page(request, [{ tenantId: TENANT, displayName: 'Acme Shop' }])
    if (at === '/subscriptions') return this.page(request, this.visible().map(subscription))
    if (at.endsWith('/providers/microsoft.authorization/permissions'))
      return this.page(request, [{ actions: this.state.actions, notActions: [] }])
    if (at.endsWith('/descendants')) return this.descendants(request)
    const authorization = /^(.*)\/providers\/microsoft\.authorization\/([a-z]+)$/.exec(at)
    if (authorization) return this.authorization(request, authorization[1] ?? '', authorization[2] ?? '')
    const log =
      /^\/subscriptions\/([^/]+)\/providers\/microsoft\.insights\/eventtypes\/management\/values$/.exec(at)
    if (log) return this.activity(request, log[1] ?? '')
    return this.children(request, at)
  }

  private activity(request: ArmRequest, subscription: string): ArmAnswer {
    // The path names another action than the one that is asked for.
    const action = 'Microsoft.Insights/eventtypes/values/read'
    if (!this.may(action)) return denied(action)
    const events = askedActivity(subscription, request.url.searchParams)
    if (!events) return error(400, 'BadRequest', 'The query is not valid.')
    return this.page(request, this.state.empty ? [] : events)
  }

  private may(action: string): boolean {
    return this.state.actions.some((pattern) => fits(pattern, action))
  }
  private visible = () =>
    this.state.empty ? [] : tenant.subscriptions.filter(({ id }) => !this.state.hidden?.has(id))

  private descendants(request: ArmRequest): ArmAnswer {
    const action = 'Microsoft.Management/managementGroups/descendants/read'
    if (!this.may(action)) return denied(action)
    if (this.state.empty) return this.page(request, [])
    return this.page(request, [
      ...tenant.managementGroups.map((name) => ({
        id: `/x/${name}`,
        name,
        type: 'Microsoft.Management/managementGroups',
        properties: parentOf(TENANT),
      })),
      ...tenant.subscriptions.map(({ id, parent }) => ({
        id: `/subscriptions/${id}`,
        name: id,
        type: '/subscriptions',
        properties: parentOf(parent),
      })),
    ])
  }

  private authorization(request: ArmRequest, scope: string, list: string): ArmAnswer {
    const action = `Microsoft.Authorization/${list}/read`
    if (!this.may(action)) return denied(action)
    if (list === 'roleeligibilityscheduleinstances' && this.state.premium === false)
      return error(
        400,
        'AadPremiumLicenseRequired',
        'The tenant needs to have Microsoft Entra ID P2 license.',
      )
    const filter = request.url.searchParams.get('$filter') ?? ''
    if (list === 'roledefinitions') {
      const own =
        this.state.empty || !scope.startsWith('/subscriptions')
          ? []
          : tenant.ownRoles.filter(({ id }) => id.startsWith(scope))
      return this.page(request, filter.includes('CustomRole') ? own : [...tenant.builtInRoles, ...own])
    }
    const all =
      { roleassignments: tenant.assignments, denyassignments: tenant.denials }[list] ?? tenant.eligibilities
    if (this.state.empty) return this.page(request, [])
    const above = [scope, ...ancestors(scope)]
    return this.page(
      request,
      all.filter((one) => {
        const at = lower(scopeOf(one))
        return above.includes(at) || (filter === '' && at.startsWith(`${scope}/`))
      }),
    )
  }

  private graph({ body }: ArmRequest): ArmAnswer {
    const { query, subscriptions, options } = JSON.parse(body) as {
      query: string
      subscriptions: string[]
      options: { $top: number; $skipToken?: string }
    }
    const type = /type =~ '([^']+)'/.exec(query)?.[1]
    const rows = tenant.resources.filter(
      (one) =>
        (type === undefined ? one['identity'] !== undefined : one['type'] === type) &&
        subscriptions.some((id) => one.id.includes(id) && !this.state.hidden?.has(id)) &&
        this.may(`${String(one['type'])}/read`),
    )
    // Every question asks for this order.
    rows.sort((a, b) => (lower(a.id) < lower(b.id) ? -1 : 1))
    const from = Number(options.$skipToken ?? 0)
    const size = Math.min(options.$top, this.state.pageMax ?? options.$top)
    const data = rows.slice(from, from + size).map((one) => projected(query, one))
    return {
      status: 200,
      headers: { 'x-ms-user-quota-remaining': '14', 'x-ms-user-quota-resets-after': '00:00:05' },
      body: {
        totalRecords: rows.length,
        count: data.length,
        data,
        facets: [],
        resultTruncated: 'false',
        ...(from + size < rows.length && { $skipToken: String(from + size) }),
      },
    }
  }

  private children(request: ArmRequest, at: string): ArmAnswer {
    const found = tenant.children[at]
    const [, provider = ''] = at.split('/providers/')
    const action = `${provider
      .split('/')
      .filter((_, index) => index === 0 || index % 2 === 1)
      .join('/')}/read`
    if (!this.may(action)) return denied(action)
    return found ? this.page(request, found) : error(404, 'ResourceNotFound', 'was not found')
  }

  private vault(request: ArmRequest): ArmAnswer {
    if (!this.state.dataActions)
      return error(403, 'Forbidden', 'Caller is not authorized to perform action on resource.')
    return this.page(request, tenant.vaultItems[`${request.url.host}${request.url.pathname}`] ?? [])
  }

  private page({ url }: ArmRequest, all: readonly unknown[]): ArmAnswer {
    const from = Number(url.searchParams.get('$skiptoken') ?? 0)
    const size = this.state.pageMax ?? 1000
    const next = new URL(url)
    next.searchParams.set('$skiptoken', String(from + size))
    return {
      status: 200,
      body: { value: all.slice(from, from + size), ...(from + size < all.length && { nextLink: next.href }) },
    }
  }
}

const subscription = ({ id, name }: (typeof tenant.subscriptions)[number]) => ({
  id: `/subscriptions/${id}`,
  subscriptionId: id,
  tenantId: TENANT,
  displayName: name,
  state: 'Enabled',
})
