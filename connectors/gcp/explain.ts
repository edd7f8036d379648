// Reads how Google Cloud refused: why there is no answer, and what a person can do. No text of an answer leaves this file.
import type { Explanation } from '@/core/upstream'
import { apiOf, type CallName } from './calls'

type Words = { status: string; reasons: string[]; consumers: string[]; delays: string[] }
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const inside = (value: unknown, field: string): unknown => (isRecord(value) ? value[field] : undefined)
const listIn = (value: unknown, field: string): unknown[] => {
  const found = inside(value, field)
  return Array.isArray(found) ? found : []
}
const texts = (values: readonly unknown[]): string[] => values.filter((one) => typeof one === 'string')

/** What is taken from the body of an error: words of fixed lists, and the project it is about. */
function wordsOf(body: unknown): Words {
  const error = inside(body, 'error')
  const details = listIn(error, 'details')
  return {
    status: String(inside(error, 'status') ?? ''),
    reasons: texts([...details, ...listIn(error, 'errors')].map((one) => inside(one, 'reason'))),
    consumers: texts(details.map((one) => inside(inside(one, 'metadata'), 'consumer'))),
    delays: texts(details.map((one) => inside(one, 'retryDelay'))),
  }
}

/** A call that ended with a status other than success. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly status: string
  /** Words of a fixed list, upper or lower case: what was decisive. */
  readonly reasons: readonly string[]
  readonly consumer: string | undefined
  readonly retryAfterMs: number | undefined
  constructor(
    readonly call: CallName,
    readonly code: number,
    body: unknown,
    retryAfterMs?: number,
  ) {
    super(`status ${code}`)
    const { status, reasons, consumers, delays } = wordsOf(body)
    this.status = status
    this.reasons = reasons
    this.consumer = consumers.find((name) => /^projects\/[\w:.-]{1,100}$/.test(name))
    const delay = delays.map((text) => /^(\d+(?:\.\d+)?)s$/.exec(text)?.[1]).find(Boolean)
    this.retryAfterMs = retryAfterMs ?? (delay === undefined ? undefined : Number(delay) * 1000)
  }
}

/** Something about the way there that this connector noticed itself. */
export class Trouble extends Error {
  override readonly name = 'Trouble'
  constructor(readonly explanation: Explanation) {
    super(explanation.detail)
  }
}

/** Signing in did not work. What the library says may hold a token or a key: only these are kept of it. */
export class SignInFailed extends Error {
  override readonly name = 'SignInFailed'
  readonly status: number | undefined
  readonly code: string
  constructor(cause: unknown) {
    super('signing in failed')
    const error = cause as { code?: unknown; cause?: { code?: unknown }; response?: { status?: unknown } }
    const status = error?.response?.status
    this.status = typeof status === 'number' ? status : undefined
    const code = error?.code ?? error?.cause?.code
    this.code = typeof code === 'string' && /^[A-Z_]{3,60}$/.test(code) ? code : ''
  }
}

/** The thing asked for is not there, or no longer. */
export const GONE = { absentOn: ['gone'] }

const says = ({ reasons, status }: Refused, ...words: string[]): boolean =>
  [...reasons, status].some((reason) => words.includes(reason))

const DISABLED = ['SERVICE_DISABLED', 'accessNotConfigured']
const TOO_OFTEN = [
  'RATE_LIMIT_EXCEEDED',
  'RESOURCE_EXHAUSTED',
  'rateLimitExceeded',
  'userRateLimitExceeded',
  'quotaExceeded',
]
const PERIMETER = ['SECURITY_POLICY_VIOLATED', 'vpcServiceControls']
const PROJECT_REFUSED = ['USER_PROJECT_DENIED', 'CONSUMER_INVALID', 'BILLING_DISABLED', 'CONSUMER_SUSPENDED']

function forbidden(refused: Refused): Explanation {
  const { call, consumer } = refused
  const api = apiOf(call)
  if (says(refused, ...DISABLED)) {
    const project = consumer?.replace('projects/', '') ?? '<project>'
    return {
      why: 'not-offered',
      code: 'disabled',
      detail: `The API ${api} is not enabled in ${consumer ?? 'the project'}. Enable it: gcloud services enable ${api} --project=${project}`,
    }
  }
  if (says(refused, ...TOO_OFTEN)) return throttled
  if (says(refused, ...PERIMETER))
    return {
      why: 'denied',
      code: 'perimeter',
      detail: 'A perimeter of VPC Service Controls keeps this out. Let the reader in by an ingress rule.',
    }
  if (says(refused, ...PROJECT_REFUSED))
    return {
      why: 'denied',
      code: 'quota-project',
      detail:
        'The quota project may not be used. Check it, its billing, and serviceusage.services.use on it.',
    }
  if (call.startsWith('cloudidentity.'))
    return {
      why: 'denied',
      detail: 'The directory does not allow it. Give the reader the admin role Groups Reader.',
    }
  return {
    why: 'denied',
    detail: `The reader has no role with ${call} here. Add it to the role of Rollcall.`,
  }
}

const throttled: Explanation = {
  why: 'throttled',
  detail: 'Google Cloud asks to call less often: a quota is used up.',
}

function byStatus(refused: Refused): Explanation {
  const { code } = refused
  if (code === 401)
    return { why: 'denied', code: 'token', detail: 'The token is not accepted, or no longer. Sync again.' }
  if (code === 403) return forbidden(refused)
  if (code === 404)
    return {
      why: 'not-offered',
      code: 'gone',
      detail:
        'Google Cloud finds nothing there: it was deleted, or is hidden from the reader. Check what the settings name.',
    }
  if (code === 429) return throttled
  if (code === 408 || code === 504)
    return { why: 'timed-out', detail: 'Google Cloud did not answer in time.' }
  if (code >= 500) return { why: 'unreachable', detail: `Google Cloud failed (status ${code}).` }
  if (code >= 300 && code < 400)
    return { why: 'unreachable', detail: 'Something on the way sends elsewhere. Check proxies.' }
  if (says(refused, 'FAILED_PRECONDITION', ...DISABLED)) return { ...forbidden(refused), why: 'not-offered' }
  return { why: 'malformed', detail: `Google Cloud did not understand the question (status ${code}).` }
}

const NETWORK: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing answers there',
  ENOTFOUND: 'its name is not known; check DNS',
  EAI_AGAIN: 'its name could not be looked up; check DNS',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  EHOSTUNREACH: 'there is no route to it',
  ENETUNREACH: 'there is no route to it',
  UND_ERR_SOCKET: 'the connection was cut',
}
const SLOW = ['ETIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']
const TLS = /^(ERR_TLS|ERR_SSL|CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_)/

function network(code: string, what: string): Explanation | undefined {
  if (SLOW.includes(code)) return { why: 'timed-out', code, detail: `${what} did not answer in time.` }
  const words = NETWORK[code] ?? (TLS.test(code) ? 'its certificate is not trusted' : undefined)
  return words === undefined
    ? undefined
    : { why: 'unreachable', code, detail: `${what} cannot be reached: ${words} (${code}).` }
}

const TOKEN_FILE: Readonly<Record<string, string>> = {
  ENOENT: 'The file of the token to exchange is not there. Check its path, and where Rollcall runs.',
  EACCES: 'The file of the token to exchange may not be read by Rollcall.',
  EISDIR: 'The path of the token to exchange is a folder.',
}

function signIn({ status, code }: SignInFailed): Explanation {
  if (status === 429) return { ...throttled, code: 'sign-in' }
  if (status !== undefined && status >= 500)
    return { why: 'unreachable', code: 'sign-in', detail: `Signing in failed (status ${status}).` }
  const file = TOKEN_FILE[code]
  if (file !== undefined) return { why: 'denied', code: 'sign-in', detail: file }
  const way = network(code, 'What gives out tokens')
  if (way) return way
  const answer = status === undefined ? '' : ` (status ${status})`
  return {
    why: 'denied',
    code: 'sign-in',
    detail: `Signing in was refused${answer}. Check the way to sign in, the provider and its condition, and who may act as the service account.`,
  }
}

/** Undefined for an error that did not come from Google Cloud or the way to it: that is a bug. */
export function explain(error: unknown): Explanation | undefined {
  if (error instanceof Trouble) return error.explanation
  if (error instanceof SignInFailed) return signIn(error)
  if (error instanceof Refused) {
    const { retryAfterMs } = error
    return { ...byStatus(error), ...(retryAfterMs !== undefined && { retryAfterMs }) }
  }
  if (!(error instanceof Error)) return undefined
  const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } }
  const found = [code, cause?.code].find((one) => typeof one === 'string')
  return found === undefined ? undefined : network(String(found), 'Google Cloud')
}
