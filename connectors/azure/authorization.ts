// The one place that knows the SDK of Azure authorization: its next major version renames what is used here.
import { AuthorizationManagementClient, getContinuationToken } from '@azure/arm-authorization'
import type { TokenCredential } from '@azure/identity'
import { parseJson } from '@/core/parse-json'
import { fitsPath, type Call } from './call'
import { ARM_CALLS } from './arm-calls'
import type { Hosts } from './clouds'
import { errorIn, Refused, Trouble } from './explain'
import { retryAfterMs } from './headers'
import type { Route } from './http'
import { NO_RETRIES } from './login'
import { rerouting } from './reroute'

type Options = { filter?: string; abortSignal: AbortSignal }
type Pages = { byPage(settings: { continuationToken?: string }): AsyncIterableIterator<object> }
export type Authorization = {
  /** One page of a list, as the service answered it. */
  page(
    path: string,
    at: { query: Readonly<Record<string, string>>; link?: string; signal: AbortSignal },
  ): Promise<unknown>
}

const LISTS: Readonly<
  Record<string, (client: AuthorizationManagementClient, scope: string, options: Options) => Pages>
> = {
  roleAssignments: (client, scope, options) => client.roleAssignments.listForScope(scope, options),
  roleDefinitions: (client, scope, options) => client.roleDefinitions.list(scope, options),
  denyAssignments: (client, scope, options) => client.denyAssignments.listForScope(scope, options),
  roleEligibilityScheduleInstances: (client, scope, options) =>
    client.roleEligibilityScheduleInstances.listForScope(scope, options),
}

type Request = { url: string }
type Response = {
  status: number
  headers: { toJSON(): Record<string, string> }
  bodyAsText?: string | null
}
/** A policy of the SDK's pipeline, as far as it is used here. */
type Policy = {
  name: string
  sendRequest<A extends Request, B extends Response>(request: A, next: (request: A) => Promise<B>): Promise<B>
}

const callOf = (path: string): { name: string; row: Call } => {
  const found = Object.entries<Call>(ARM_CALLS).find(
    ([, row]) => row.api === 'authorization' && fitsPath(row, path),
  )
  return found ? { name: found[0], row: found[1] } : { name: '', row: { api: 'arm', path, gives: '' } }
}
const isList = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && 'value' in body && Array.isArray(body.value)

/** Refusals are told as those of every other call; and what the SDK would take for an empty list is none. */
const AS_ANSWERED: Policy = {
  name: 'rollcallAsAnswered',
  async sendRequest(request, next) {
    const asked = new URL(request.url)
    const response = await next(request)
    const parsed = parseJson(response.bodyAsText ?? '')
    const body = parsed.ok ? parsed.value : undefined
    if (response.status !== 200)
      throw new Refused(
        callOf(decodeURIComponent(asked.pathname)),
        response.status,
        errorIn(body),
        retryAfterMs(response.headers.toJSON()),
      )
    if (!isList(body))
      throw new Trouble({ why: 'malformed', detail: 'The answer has no list: it was cut short.' })
    return response
  },
}

/** Lists are asked of any scope by its path: the subscription the SDK wants to be made with is not used. */
const NO_SUBSCRIPTION = '00000000-0000-0000-0000-000000000000'

export function openAuthorization(credential: TokenCredential, hosts: Hosts, route?: Route): Authorization {
  const client = new AuthorizationManagementClient(credential, NO_SUBSCRIPTION, {
    ...NO_RETRIES,
    $host: hosts.arm,
    endpoint: hosts.arm,
    credentialScopes: hosts.armScope,
    redirectOptions: { maxRetries: 0 },
    additionalPolicies: [{ policy: AS_ANSWERED, position: 'perRetry' }, ...(route ? [rerouting(route)] : [])],
  })
  return {
    async page(path, { query, link, signal }) {
      const [scope = '', name = ''] = path.split('/providers/Microsoft.Authorization/')
      const list = Object.hasOwn(LISTS, name) ? LISTS[name] : undefined
      if (!list) throw new Error(`${path} is not a list of the SDK`)
      const filter = query['$filter']
      let raw: unknown
      const options = {
        abortSignal: signal,
        ...(filter !== undefined && { filter }),
        onResponse: (response: { bodyAsText?: string | null }) => {
          const parsed = parseJson(response.bodyAsText ?? '')
          raw = parsed.ok ? parsed.value : undefined
        },
      }
      const page = await list(client, scope.replace(/^\//, ''), options)
        .byPage(link === undefined ? {} : { continuationToken: link })
        .next()
      if (page.done) throw new Trouble({ why: 'malformed', detail: 'The answer has no page.' })
      const nextLink = getContinuationToken(page.value)
      return { ...(raw as object), ...(nextLink !== undefined && { nextLink }) }
    },
  }
}
