// The network side: the calls of the table over HTTP and through the SDK. Opens nothing before the first call.
import type { TokenCredential } from '@azure/identity'
import type { Transport } from '@/core/upstream'
import { openAuthorization, type Authorization } from './authorization'
import { fitsPath, type Call, type CallParams } from './call'
import { CALLS } from './calls'
import { baseOf, HOSTS, tokenScopeOf, type Hosts } from './clouds'
import { connectionOf } from './connection'
import { errorIn, explain, Refused, Trouble } from './explain'
import { quotaSpentMs, retryAfterMs } from './headers'
import { openHttp, type Http, type Route } from './http'
import { bearer, credentialOf } from './login'
import { Pacer } from './pacer'
import type { AzureSettings } from './settings'

/** What tests put in the place of the world; users cannot. */
export type Inside = { route?: Route; credential?: TokenCredential; clock?: () => number }

const VAULT_HOST = /^[a-z0-9-]{3,127}(\.[a-z0-9-]+)+$/
const malformed = (detail: string): Trouble => new Trouble({ why: 'malformed', detail })

class Client {
  private readonly hosts: Hosts
  private readonly http: Http
  private readonly credential: TokenCredential
  private readonly pacer: Pacer
  private authorization: Authorization | undefined

  constructor(
    private readonly settings: AzureSettings,
    private readonly inside: Inside,
  ) {
    this.hosts = HOSTS[settings.cloud]
    this.http = openHttp(inside.route)
    this.pacer = new Pacer(inside.clock)
    this.credential = inside.credential ?? credentialOf(settings, this.hosts, inside.route)
  }

  async send(name: string, row: Call, params: CallParams, signal: AbortSignal): Promise<unknown> {
    if (row.api === 'login') {
      await bearer(this.credential, tokenScopeOf('login', this.hosts), signal)
      return connectionOf(this.settings)
    }
    const wait = row.pace === undefined ? 0 : this.pacer.take(row.pace)
    if (wait > 0)
      throw new Trouble({
        why: 'throttled',
        detail: 'So many calls were made that the limit the service states is reached.',
        retryAfterMs: wait,
      })
    const url = this.urlOf(row, params)
    if (row.api === 'authorization') {
      this.authorization ??= openAuthorization(this.credential, this.hosts, this.inside.route)
      const { query = {}, link } = params
      return await this.authorization.page(params.path ?? row.path, {
        query,
        signal,
        ...(link !== undefined && { link }),
      })
    }
    return await this.ask({ name, row }, url, params, signal)
  }

  close(): void {
    this.http.close()
  }

  private async ask(
    call: { name: string; row: Call },
    url: URL,
    params: CallParams,
    signal: AbortSignal,
  ): Promise<unknown> {
    const { row } = call
    const authorization = await bearer(this.credential, tokenScopeOf(row.api, this.hosts), signal)
    const answer = await this.http.send({
      method: row.api === 'query' ? 'POST' : 'GET',
      url,
      headers: { authorization, ...eventual(row, params) },
      ...(row.api === 'query' && { body: bodyOf(params) }),
      signal,
    })
    const spent = row.pace && quotaSpentMs(answer.headers)
    if (row.pace && spent) this.pacer.hold(row.pace, spent)
    if (answer.status !== 200)
      throw new Refused(call, answer.status, errorIn(answer.body), retryAfterMs(answer.headers))
    return answer.body
  }

  /** Where a call goes; a next page must be in the same place, for the token goes along. */
  private urlOf(row: Call, { path = row.path, query = {}, link, host = '' }: CallParams): URL {
    if (!fitsPath(row, path)) throw malformed('A name cannot stand in a path: it cannot be asked for.')
    if (row.api === 'vault' && !(VAULT_HOST.test(host) && host.endsWith(this.hosts.vaultSuffix)))
      throw malformed('The address of the vault is not one of this cloud: it is not called.')
    const base = baseOf(row.api as Exclude<Call['api'], 'login'>, this.hosts, host)
    if (link !== undefined) return nextPage(link, base)
    const url = new URL(`${base}${path}`)
    if (row.version !== undefined) url.searchParams.set('api-version', row.version)
    for (const [key, value] of Object.entries(query)) url.searchParams.set(key, value)
    return url
  }
}

/** The question of Azure Resource Graph, gone on with where a page ended. */
const bodyOf = ({ body = {}, skipToken }: CallParams): Record<string, unknown> =>
  skipToken === undefined
    ? body
    : { ...body, options: { ...(body['options'] as object | undefined), $skipToken: skipToken } }

/** Microsoft Graph answers counts and casts from an index of its own, and wants it said that this is known. */
const eventual = ({ api }: Call, { query = {} }: CallParams): Record<string, string> =>
  api.startsWith('graph') && '$count' in query ? { consistencylevel: 'eventual' } : {}

function nextPage(link: string, base: string): URL {
  const from = new URL(base)
  const url = URL.canParse(link) ? new URL(link) : undefined
  const prefix = from.pathname.replace(/\/$/, '')
  if (!url || url.origin !== from.origin || url.username !== '' || !url.pathname.startsWith(`${prefix}/`))
    throw malformed('The next page is said to be somewhere else: it is not asked for.')
  return url
}

export function openClient(settings: AzureSettings, inside: Inside = {}): Transport {
  let client: Client | undefined
  return {
    async send(permission, params, signal) {
      const row = Object.hasOwn(CALLS, permission) ? CALLS[permission] : undefined
      if (!row) throw new Error(`${permission} is not a call of this connector`)
      client ??= new Client(settings, inside)
      return await client.send(permission, row, params, signal)
    },
    explain,
    async close() {
      client?.close()
    },
  }
}
