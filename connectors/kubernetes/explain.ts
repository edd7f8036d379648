// Reads refusals of an API server and errors on the way to it: why there is no answer, in our words. What the server wrote
// never leaves this file.
import { parseJson } from '@/core/parse-json'
import type { Explanation } from '@/core/upstream'
import { askedOf } from './permissions'

/** A call that did not end in an answer, for a reason already put into words. */
export class Refused extends Error {
  override readonly name = 'Refused'
  constructor(readonly explanation: Explanation) {
    super(explanation.detail)
  }
}
/** Signing in failed before anything was sent. Only the kind of failure is kept: its text may hold a token. */
export class SignInFailed extends Error {
  override readonly name = 'SignInFailed'
  constructor(readonly code: string) {
    super('signing in failed')
  }
}

export type Answer = {
  status: number
  headers: Readonly<Record<string, string | string[] | undefined>>
  body: string
}

/** Codes that say "there is no such kind of thing here" rather than "no". */
export const NOT_SERVED = 'NotServed'
export const NOT_FOUND = 'NotFound'
/** The place in a long list is gone: etcd forgot it, or the API server was restarted. */
export const EXPIRED =
  'The list could not be read to its end in one piece: the cluster forgot the place (410 Expired).'

const status = (body: string): { reason?: unknown; retryAfter?: unknown } => {
  const parsed = parseJson(body)
  const value = parsed.ok ? parsed.value : undefined
  if (typeof value !== 'object' || value === null) return {}
  const { reason, details } = value as { reason?: unknown; details?: unknown }
  const { retryAfterSeconds } = (details ?? {}) as { retryAfterSeconds?: unknown }
  return { reason, retryAfter: retryAfterSeconds }
}

function retryAfterMs({ headers, body }: Answer): { retryAfterMs?: number } {
  const header = headers['retry-after']
  const seconds = Number(typeof header === 'string' ? header : (status(body).retryAfter ?? NaN))
  return Number.isFinite(seconds) && seconds >= 0 ? { retryAfterMs: seconds * 1000 } : {}
}

/** The rule of a ClusterRole that would allow it. */
export function ruleFor(permission: string): string {
  const asked = askedOf(permission)
  if (asked?.url) return `{ nonResourceURLs: ["${asked.url}"], verbs: ["get"] }`
  if (asked?.get)
    return `{ apiGroups: [""], resources: ["${asked.get.resource}"], resourceNames: ["${asked.get.name}"], verbs: ["get"] }`
  const { group = '', resource = '' } = asked?.list ?? {}
  return `{ apiGroups: ["${group}"], resources: ["${resource}"], verbs: ["list"] }`
}

const denied = (permission: string, body: string): Explanation => ({
  why: 'denied',
  code: 'Forbidden',
  detail:
    status(body).reason === 'Forbidden'
      ? `The cluster does not allow it (403). Add this rule to the role of the service account: ${ruleFor(permission)}.`
      : 'Something before the API server refused the call (403): a proxy or a firewall. Check the address.',
})

const EXPLAINED: Readonly<Record<number, Omit<Explanation, 'retryAfterMs'>>> = {
  401: {
    why: 'denied',
    code: 'Unauthorized',
    detail:
      'The cluster does not accept the sign-in (401): the token has expired or was revoked, or belongs to another cluster. Enter a new one.',
  },
  406: {
    why: 'not-offered',
    code: 'NotAcceptable',
    detail: 'The cluster cannot give metadata alone (406), so nothing was read.',
  },
  410: { why: 'limited', code: 'Expired', detail: EXPIRED },
  429: { why: 'throttled', code: 'TooManyRequests', detail: 'The cluster asks to call less often (429).' },
  501: { why: 'not-offered', code: 'NotImplemented', detail: 'The cluster does not offer this call (501).' },
  504: { why: 'timed-out', code: 'Timeout', detail: 'The cluster did not answer in time (504).' },
}

/** Why an answer other than 200 is none. */
export function explainAnswer(permission: string, answer: Answer): Explanation {
  const { status: code, body } = answer
  const wait = retryAfterMs(answer)
  if (code === 403) return denied(permission, body)
  if (code === 404 && /^404 page not found\s*$/.test(body))
    return { why: 'not-offered', code: NOT_SERVED, detail: 'The cluster has no such kind of object (404).' }
  if (code === 404 && status(body).reason === 'NotFound')
    return { why: 'not-offered', code: NOT_FOUND, detail: 'There is no such object (404).' }
  const known = EXPLAINED[code]
  if (known) return { ...known, ...wait }
  if (code >= 500) return { why: 'unreachable', detail: `The API server failed (status ${code}).`, ...wait }
  if (code >= 300 && code < 400)
    return {
      why: 'malformed',
      detail: `The address leads elsewhere (status ${code}): enter the API server itself.`,
    }
  return { why: 'malformed', detail: `The address answered with status ${code}: it may be no API server.` }
}

const NETWORK: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing answers at the address',
  ENOTFOUND: 'the name in the address is not known',
  EAI_AGAIN: 'the name in the address could not be looked up; check DNS',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  EHOSTUNREACH: 'there is no route to it',
  ENETUNREACH: 'there is no route to it',
  EPROTO: 'it does not speak TLS as expected',
  HPE_INVALID_CONSTANT: 'it does not speak HTTP',
}
const TLS = /^(ERR_TLS|ERR_SSL|CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_|HOSTNAME_MISMATCH)/
const TIMEOUT = /^(ETIMEDOUT|ESOCKETTIMEDOUT|TIMEOUT)$/

function signIn(code: string): Explanation {
  if (code === 'ENOENT' || code === 'EACCES')
    return {
      why: 'denied',
      code,
      detail: `The command or file that signs in cannot be used on the machine Rollcall runs on (${code}).`,
    }
  return {
    why: 'denied',
    code: 'SignInFailed',
    detail:
      'Signing in failed before anything was asked: try the kubeconfig with kubectl on the same machine.',
  }
}

/** Undefined for an error that did not come from a cluster or the way to it: that is a bug. */
export function explain(error: unknown): Explanation | undefined {
  if (error instanceof Refused) return error.explanation
  if (error instanceof SignInFailed) return signIn(error.code)
  const code = String((error as { code?: unknown } | null)?.code ?? '')
  if (TIMEOUT.test(code)) return { why: 'timed-out', code, detail: 'The API server did not answer in time.' }
  const network =
    NETWORK[code] ?? (TLS.test(code) ? 'its certificate is not trusted; check the CA' : undefined)
  return network === undefined
    ? undefined
    : { why: 'unreachable', code, detail: `The API server cannot be reached: ${network} (${code}).` }
}
