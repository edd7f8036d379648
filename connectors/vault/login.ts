// Signs in and holds the token. Nothing but the client ever sees it.
import { readFile, stat } from 'node:fs/promises'
import { z } from 'zod'
import type { HttpAnswer } from './http'
import { Trouble } from './explain'
import { JWT, type Login } from './settings'

/** Sends one sign-in; throws for anything but success. */
type SignIn = (mount: string, body: Record<string, string>, signal: AbortSignal) => Promise<HttpAnswer>

const TOKEN_PATH = '/var/run/secrets/kubernetes.io/serviceaccount/token'
const TOKEN_BYTES_MAX = 64 * 1024
/** A new token is fetched when so much of the life of the old one is over. */
const SHARE = 0.8
const Answer = z.object({
  auth: z.object({ client_token: z.string().min(1), lease_duration: z.number().nonnegative() }),
})

/** The token in a file. Only a token is ever sent: a path must not be a way to have any other file sent out. */
async function tokenIn(path: string): Promise<string> {
  const stats = await stat(path)
  const text = stats.isFile() && stats.size <= TOKEN_BYTES_MAX ? (await readFile(path, 'utf8')).trim() : ''
  if (!JWT.test(text))
    throw new Trouble({ why: 'denied', detail: 'The file to sign in with holds no JSON web token.' })
  return text
}

async function bodyOf(login: Exclude<Login, { method: 'token' }>): Promise<Record<string, string>> {
  if (login.method === 'approle') return { role_id: login.roleId, secret_id: login.secretId }
  const given = login.method === 'jwt' && login.tokenPath === undefined ? login.jwt : undefined
  return { role: login.role, jwt: given ?? (await tokenIn(login.tokenPath ?? TOKEN_PATH)) }
}

export class Tokens {
  private held: { token: string; until: number } | undefined

  constructor(
    private readonly login: Login,
    private readonly signIn: SignIn,
    private readonly clock: () => number = Date.now,
  ) {}

  /** Whether a token that is refused can be replaced. */
  get renews(): boolean {
    return this.login.method !== 'token'
  }

  async current(signal: AbortSignal): Promise<string> {
    if (this.login.method === 'token') return this.login.token
    if (this.held && this.clock() < this.held.until) return this.held.token
    return await this.renew(signal)
  }

  /** Signs in anew. A given token is taken as it is. */
  async renew(signal: AbortSignal): Promise<string> {
    const { login } = this
    if (login.method === 'token') return login.token
    const mount = login.mount ?? login.method
    const { body } = await this.signIn(mount, await bodyOf(login), signal)
    const answer = Answer.safeParse(body)
    if (!answer.success)
      throw new Trouble({ why: 'malformed', detail: 'Signing in gave an answer without a token.' })
    const { client_token: token, lease_duration } = answer.data.auth
    const lifeMs = lease_duration === 0 ? Infinity : lease_duration * 1000 * SHARE
    this.held = { token, until: this.clock() + lifeMs }
    return token
  }
}
