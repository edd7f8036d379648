// The network side: the calls of the table over HTTP, and signing in. Opens nothing before the first call.
import type { Transport } from '@/core/upstream'
import { isCall, LOGIN, requestOf, type CallName, type CallParams, type Sent } from './calls'
import { connectionOf } from './connection'
import { explain, isTokenUnknown, Refused, Trouble } from './explain'
import { openHttp, type Http, type HttpAnswer } from './http'
import { Tokens } from './login'
import type { VaultSettings } from './settings'

/** A standby that passes requests on is as good as the active node. */
const HEALTH_QUERY = { standbyok: 'true', perfstandbyok: 'true' }

/** What may stand in a header. */
const PLAIN = /^[\x20-\x7e]*$/
/** A part of a path that would lead somewhere else than it says. */
const CLIMBS = /(^|\/)\.\.?(\/|$)/

type Envelope = { data?: unknown; auth?: unknown }
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function errorsOf({ body }: HttpAnswer): string[] | undefined {
  if (!isRecord(body)) return undefined
  if (body['sealed'] === true) return ['sealed']
  return Array.isArray(body['errors']) ? body['errors'].map(String) : undefined
}

function retryAfterMs({ headers }: HttpAnswer): number | undefined {
  const seconds = Number(headers['retry-after'])
  return headers['retry-after'] && Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
const placeOf = (params: CallParams): Refused['at'] => ({
  mount: textOf(params['mount']),
  ns: textOf(params['ns']),
})
const NOWHERE = { mount: '', ns: '' }
const refused = (call: CallName, at: Refused['at'], answer: HttpAnswer): Refused =>
  new Refused(call, at, answer.status, errorsOf(answer), retryAfterMs(answer))

class Client {
  private readonly http: Http
  private readonly tokens: Tokens

  constructor(private readonly settings: VaultSettings) {
    this.http = openHttp(settings.address, settings.caPem)
    this.tokens = new Tokens(settings.login, (mount, body, signal) => this.signIn(mount, body, signal))
  }

  async send(call: CallName, params: CallParams, signal: AbortSignal): Promise<unknown> {
    if (call === 'read sys/health') return await this.health(signal)
    if (call === LOGIN) {
      await this.tokens.renew(signal)
      return { data: { method: this.settings.login.method }, auth: null }
    }
    const at = placeOf(params)
    let answer = await this.ask(call, params, signal)
    if (this.tokens.renews && isTokenUnknown(refused(call, at, answer))) {
      // It ended, or was revoked, since this run signed in.
      await this.tokens.renew(signal)
      answer = await this.ask(call, params, signal)
    }
    return envelopeOf(call, at, answer)
  }

  close(): void {
    this.http.close()
  }

  private async ask(call: CallName, params: CallParams, signal: AbortSignal): Promise<HttpAnswer> {
    const { ns } = placeOf(params)
    if (!PLAIN.test(ns))
      throw new Trouble({ why: 'malformed', detail: 'The name of a namespace cannot be sent in a header.' })
    const sent = requestOf(call, params)
    return await this.http.send({
      method: sent.method,
      url: this.urlOf(sent, sent.list ? { list: 'true' } : {}),
      headers: { ...header('x-vault-namespace', ns), 'x-vault-token': await this.tokens.current(signal) },
      ...(sent.body && { body: sent.body }),
      signal,
    })
  }

  private async health(signal: AbortSignal): Promise<unknown> {
    const url = this.urlOf(requestOf('read sys/health', {}), HEALTH_QUERY)
    const answer = await this.http.send({ method: 'GET', url, headers: {}, signal })
    if (answer.status !== 200) throw refused('read sys/health', NOWHERE, answer)
    return { ...(isRecord(answer.body) && answer.body), connection: connectionOf(this.settings) }
  }

  private async signIn(
    mount: string,
    body: Record<string, string>,
    signal: AbortSignal,
  ): Promise<HttpAnswer> {
    const url = this.urlOf(requestOf(LOGIN, { mount }), {})
    const { login } = this.settings
    const ns = login.method === 'token' ? '' : (login.namespace ?? '')
    const headers = header('x-vault-namespace', ns)
    const answer = await this.http.send({ method: 'POST', url, headers, body, signal })
    if (answer.status !== 200) throw refused(LOGIN, { mount, ns }, answer)
    return answer
  }

  private urlOf({ path }: Pick<Sent, 'path'>, query: Record<string, string>): URL {
    if (CLIMBS.test(path))
      throw new Trouble({ why: 'malformed', detail: 'A name is made of dots alone: it cannot be asked for.' })
    const url = new URL(this.settings.address)
    url.pathname = `${url.pathname.replace(/\/$/, '')}/v1/${path}`
    url.search = new URLSearchParams(query).toString()
    return url
  }
}

const header = (name: string, value: string): Record<string, string> =>
  value === '' ? {} : { [name]: value }

/** What an answer is read from. An empty list is a 404 without a word: that is a list all the same. */
function envelopeOf(call: CallName, at: Refused['at'], answer: HttpAnswer): Envelope {
  const isEmptyList = call.startsWith('list ') && answer.status === 404 && errorsOf(answer)?.length === 0
  if (isEmptyList) return { data: { keys: [] }, auth: null }
  if (answer.status !== 200) throw refused(call, at, answer)
  return isRecord(answer.body) ? { data: answer.body['data'], auth: answer.body['auth'] } : {}
}

export function openClient(settings: VaultSettings): Transport {
  let client: Client | undefined
  return {
    async send(permission, params, signal) {
      if (!isCall(permission)) throw new Error(`${permission} is not a call of this connector`)
      client ??= new Client(settings)
      return await client.send(permission, params, signal)
    },
    explain,
    async close() {
      client?.close()
    },
  }
}
