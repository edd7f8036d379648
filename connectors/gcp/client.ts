// The network side: the calls of the table over HTTP. Opens nothing before the first call, and tries nothing twice: that is
// for the session to decide.
import type { Transport } from '@/core/upstream'
import { apiOf, isCall, SIGN_IN, type CallName, type CallParams } from './calls'
import { requestOf, withLists } from './request'
import { Credentials, GOOGLE, type Places } from './credentials'
import { explain, Refused, Trouble } from './explain'
import { sendHttp } from './http'
import type { GcpSettings } from './settings'

/** A part of a path that would lead somewhere else than it says. */
const CLIMBS = /(^|\/)\.{0,2}(\/|$)/
const LOCAL = /^http:\/\/(127\.0\.0\.1|localhost):\d+$/

/** Everything at one address of this machine: for tests against a server that keeps the contract. */
export type Options = { local?: string }

class Client {
  private readonly credentials: Credentials

  constructor(
    private readonly settings: GcpSettings,
    private readonly local: string | undefined,
  ) {
    if (local !== undefined && !LOCAL.test(local))
      throw new Error('only this machine can stand in for Google')
    const places: Places =
      local === undefined
        ? GOOGLE
        : {
            tokens: `${local}/sts/v1/token`,
            impersonation: `${local}/iamcredentials`,
            keys: `${local}/oauth2/token`,
          }
    this.credentials = new Credentials(settings, places)
  }

  async send(call: CallName, params: CallParams, signal: AbortSignal): Promise<unknown> {
    const token = await this.credentials.token()
    if (call === SIGN_IN) return { method: this.settings.login.method, resources: this.settings.resources }
    const { method, path, query, body } = requestOf(call, params)
    const { quotaProject } = this.settings
    const answer = await sendHttp({
      method,
      url: this.urlOf(call, path, query),
      headers: {
        authorization: `Bearer ${token}`,
        ...(quotaProject !== undefined && { 'x-goog-user-project': quotaProject }),
      },
      ...(body !== undefined && { body }),
      signal,
    })
    if (answer.status !== 200) throw new Refused(call, answer.status, answer.body, answer.retryAfterMs)
    return withLists(call, answer.body)
  }

  private urlOf(call: CallName, path: string, query: URLSearchParams): URL {
    if (CLIMBS.test(path))
      throw new Trouble({
        why: 'malformed',
        detail: 'A name is empty or made of dots alone: it cannot be asked for.',
      })
    const base = this.local === undefined ? `https://${apiOf(call)}` : `${this.local}/${apiOf(call)}`
    const url = new URL(`${base}/${path}`)
    url.search = query.toString()
    return url
  }
}

export function openClient(settings: GcpSettings, { local }: Options = {}): Transport {
  let client: Client | undefined
  return {
    async send(permission, params, signal) {
      if (!isCall(permission)) throw new Error(`${permission} is not a call of this connector`)
      client ??= new Client(settings, local)
      return await client.send(permission, params, signal)
    },
    explain,
  }
}
