// Stands in for Google Cloud on this machine: token exchange, impersonation, the metadata server and the APIs, with pages,
// quotas, denials, disabled APIs, broken answers and lag.
import { verify, type KeyObject } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { estate, type Estate } from './estate'
import { ROUTES, type Answer, type Route } from './routes'

type Json = Record<string, unknown>
/** How the next answers to a permission go wrong; undefined: not at all. */
export type Trouble = (nth: number) => 'too-often' | 'disabled' | 'failed' | 'nonsense' | 'cut' | undefined
export type Contract = {
  url: string
  estate: Estate
  /** Everything that is declared by a route is granted unless it is here. */
  withheld: Set<string>
  trouble: Map<string, Trouble>
  /** What was asked, as `<permission> <path and query>`. */
  asked: string[]
  /** Tokens that were handed out, by how. */
  given: { exchanged: number; impersonated: number; metadata: number; keyed: number }
  /** Public keys that are registered, by the email of their service account. */
  publicKeys: Map<string, KeyObject>
  /** Whether what answers as the metadata server is one. */
  isMetadataServer: boolean
  /** What was asked of addresses that only a key file names. */
  strayed: string[]
  /** Of the last request to an API. */
  quotaProject: string | undefined
  close: () => Promise<void>
}

export const SUBJECT_TOKEN = 'token-of-the-platform'
const FEDERATED = 'federated-token'
const IMPERSONATED = 'impersonated-token'
const METADATA = 'metadata-token'
const KEYED = 'keyed-token'
/** None of them may be seen outside a request. */
export const TOKENS = [SUBJECT_TOKEN, FEDERATED, IMPERSONATED, METADATA, KEYED]
export const STRAY = '/named-by-a-key-file'

const send = (
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void => {
  response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8', ...headers })
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
}
const problem = (code: number, status: string, details: object[] = []): Json => ({
  error: { code, message: 'words that a person reads', status, details },
})
const errorInfo = (reason: string, service: string): object => ({
  '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
  reason,
  domain: 'googleapis.com',
  metadata: { service, consumer: 'projects/brook-tools' },
})

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

/** A page of a list; empty lists and last tokens are left out of the JSON. */
function paged(
  { field, items, size }: Extract<Answer, { list: unknown }>['list'],
  token: string,
): Json | undefined {
  const from = token === '' ? 0 : Number(/^after-(\d+)$/.exec(token)?.[1] ?? -1)
  if (from < 0 || from > items.length) return undefined
  const page = items.slice(from, from + size)
  return {
    ...(page.length && { [field]: page }),
    ...(from + size < items.length && { nextPageToken: `after-${from + size}` }),
  }
}

class Server {
  readonly contract: Contract
  private readonly counts = new Map<string, number>()

  constructor(url: string, close: () => Promise<void>) {
    this.contract = {
      url,
      estate: estate(),
      withheld: new Set(),
      trouble: new Map(),
      asked: [],
      given: { exchanged: 0, impersonated: 0, metadata: 0, keyed: 0 },
      publicKeys: new Map(),
      isMetadataServer: true,
      strayed: [],
      quotaProject: undefined,
      close,
    }
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.contract.url)
    const body = await textOf(request)
    if (url.pathname.startsWith(STRAY)) this.contract.strayed.push(url.pathname)
    if (url.pathname === '/oauth2/token') return this.byKey(response, new URLSearchParams(body))
    if (url.pathname === '/sts/v1/token') return this.exchange(response, new URLSearchParams(body))
    if (url.pathname.startsWith('/iamcredentials/')) return this.impersonate(request, response, url.pathname)
    if (url.pathname.startsWith('/computeMetadata/')) return this.metadata(request, response)
    this.api(request, response, url, body)
  }

  private exchange(response: ServerResponse, form: URLSearchParams): void {
    const isRight =
      form.get('grant_type') === 'urn:ietf:params:oauth:grant-type:token-exchange' &&
      form.get('subject_token') === SUBJECT_TOKEN &&
      form.get('subject_token_type') === 'urn:ietf:params:oauth:token-type:jwt' &&
      /^\/\/iam\.googleapis\.com\/projects\/\d+\/locations\/global\/workloadIdentityPools\//.test(
        form.get('audience') ?? '',
      )
    if (!isRight)
      return send(response, 400, {
        error: 'invalid_grant',
        error_description: `refused ${form.get('subject_token')}`,
      })
    this.contract.given.exchanged++
    send(response, 200, {
      access_token: FEDERATED,
      issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      token_type: 'Bearer',
      expires_in: 3600,
    })
  }

  /** A claim that a service account signed with its key, good for an hour at most. */
  private byKey(response: ServerResponse, form: URLSearchParams): void {
    const assertion = form.get('assertion') ?? ''
    const [header = '', payload = '', signature = ''] = assertion.split('.')
    const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Json
    const claim = read(payload)
    const publicKey = this.contract.publicKeys.get(String(claim['iss']))
    const isRight =
      form.get('grant_type') === 'urn:ietf:params:oauth:grant-type:jwt-bearer' &&
      read(header)['alg'] === 'RS256' &&
      claim['aud'] === 'https://oauth2.googleapis.com/token' &&
      claim['scope'] === 'https://www.googleapis.com/auth/cloud-platform' &&
      Number(claim['exp']) - Number(claim['iat']) <= 3600 &&
      publicKey !== undefined &&
      verify(
        'RSA-SHA256',
        Buffer.from(`${header}.${payload}`),
        publicKey,
        Buffer.from(signature, 'base64url'),
      )
    if (!isRight)
      return send(response, 400, {
        error: 'invalid_grant',
        error_description: `Invalid JWT Signature: ${assertion}`,
      })
    this.contract.given.keyed++
    send(response, 200, { access_token: KEYED, expires_in: 3599, token_type: 'Bearer' })
  }

  private impersonate(request: IncomingMessage, response: ServerResponse, path: string): void {
    const isAllowed = [FEDERATED, METADATA, KEYED].some(
      (one) => request.headers.authorization === `Bearer ${one}`,
    )
    if (!isAllowed || this.contract.withheld.has('iam.serviceAccounts.getAccessToken'))
      return send(response, 403, problem(403, 'PERMISSION_DENIED'))
    if (!/\/v1\/projects\/-\/serviceAccounts\/[^/]+:generateAccessToken$/.test(path))
      return send(response, 404, {})
    this.contract.given.impersonated++
    // Far ahead, so that no clock is needed.
    send(response, 200, { accessToken: IMPERSONATED, expireTime: '2099-01-01T00:00:00Z' })
  }

  private metadata(request: IncomingMessage, response: ServerResponse): void {
    if (request.headers['metadata-flavor'] !== 'Google') return send(response, 403, {})
    this.contract.given.metadata++
    send(
      response,
      200,
      { access_token: METADATA, expires_in: 3599, token_type: 'Bearer' },
      this.contract.isMetadataServer ? { 'metadata-flavor': 'Google' } : {},
    )
  }

  private api(request: IncomingMessage, response: ServerResponse, url: URL, body: string): void {
    const [, host = '', path = ''] = /^\/([^/]+)\/(.*)$/.exec(url.pathname) ?? []
    const isSignedIn = [FEDERATED, IMPERSONATED, METADATA, KEYED].some(
      (one) => request.headers.authorization === `Bearer ${one}`,
    )
    if (!isSignedIn) return send(response, 401, problem(401, 'UNAUTHENTICATED'))
    const [route, match] = routeOf(host, request.method ?? '', path) ?? []
    if (!route || !match) return send(response, 404, problem(404, 'NOT_FOUND'))
    const unknown = [...url.searchParams.keys()].find((key) => !route.query.includes(key))
    if (unknown !== undefined) return send(response, 400, problem(400, 'INVALID_ARGUMENT'))
    this.contract.asked.push(`${route.permission} ${path}${url.search}`)
    const quota = request.headers['x-goog-user-project']
    this.contract.quotaProject = typeof quota === 'string' ? quota : undefined
    if (this.contract.withheld.has(route.permission))
      return send(response, 403, problem(403, 'PERMISSION_DENIED'))
    const given = (body === '' ? {} : JSON.parse(body)) as Json
    const token = url.searchParams.get('pageToken') ?? (given['pageToken'] as string | undefined) ?? ''
    const answer = route.answer(this.contract.estate, { match, query: url.searchParams, body: given })
    if (this.broken(response, route, answer)) return
    if ('missing' in answer) return send(response, 404, problem(404, 'NOT_FOUND'))
    const page = 'one' in answer ? answer.one : paged(answer.list, token)
    if (!page) return send(response, 400, problem(400, 'INVALID_ARGUMENT'))
    send(response, 200, page)
  }

  /** Whether the answer went wrong in the way that is set for it. */
  private broken(response: ServerResponse, { permission, host }: Route, answer: Answer): boolean {
    const nth = (this.counts.get(permission) ?? 0) + 1
    this.counts.set(permission, nth)
    const trouble = this.contract.trouble.get(permission)?.(nth)
    if (trouble === 'too-often')
      send(response, 429, problem(429, 'RESOURCE_EXHAUSTED', [errorInfo('RATE_LIMIT_EXCEEDED', host)]), {
        'retry-after': '7',
      })
    if (trouble === 'disabled')
      send(response, 403, problem(403, 'PERMISSION_DENIED', [errorInfo('SERVICE_DISABLED', host)]))
    if (trouble === 'failed') send(response, 503, problem(503, 'UNAVAILABLE'))
    if (trouble === 'nonsense') send(response, 200, '<html>sign in to the proxy</html>')
    // Everything but the end of it, as if the line had broken without anybody noticing.
    if (trouble === 'cut') send(response, 200, JSON.stringify(answer).slice(0, -3))
    return trouble !== undefined
  }
}

function routeOf(host: string, method: string, path: string): [Route, RegExpExecArray] | undefined {
  for (const route of ROUTES) {
    // Names of attachment points stay escaped: they are one part of the path.
    const match = route.host === host && route.method === method && route.path.exec(unescaped(path))
    if (match) return [route, match]
  }
  return undefined
}
const unescaped = (path: string): string => path.replace(/%40/g, '@').replace(/%3A/gi, ':')

export async function contractServer(): Promise<Contract> {
  const held: { server?: Server } = {}
  const http = createServer((request, response) => void held.server?.handle(request, response))
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const { port } = http.address() as AddressInfo
  const close = () =>
    new Promise<void>((resolve) => {
      http.closeAllConnections()
      http.close(() => resolve())
    })
  held.server = new Server(`http://127.0.0.1:${port}`, close)
  return held.server.contract
}
