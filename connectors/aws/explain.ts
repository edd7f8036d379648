// Reads the SDK's errors: why there is no answer, in our words. Message, header and body never leave this file.
import type { Explanation } from '@/core/upstream'

type Shape = {
  name?: unknown
  message?: unknown
  /** The code IAM sent; the SDK's own name for it may differ. */
  Code?: unknown
  /** The code of a network error. */
  code?: unknown
  /** Whose fault it was: only what a service itself answered has it. */
  $fault?: unknown
  $metadata?: { httpStatusCode?: unknown }
  $response?: { statusCode?: unknown; headers?: Record<string, unknown> }
}

const DENIED = /^(AccessDenied|AccessDeniedException|UnauthorizedOperation|AuthorizationError|OptInRequired)$/
const THROTTLED =
  /^(Throttl\w*|TooManyRequests\w*|SlowDown|RequestLimitExceeded|PriorRequestNotComplete|BandwidthLimitExceeded)$/
/** The report is still being made: the source asks to come back, which is what throttled means. */
const NOT_READY = /^(ReportInProgress|ReportNotPresent|ReportExpired)$/
const NOT_READY_WAIT_MS = 5_000
const SIGN_IN: Readonly<Record<string, string>> = {
  InvalidClientTokenId: 'AWS does not know the access key. Check the access key id, or make a new key.',
  UnrecognizedClientException:
    'AWS does not know the access key. Check the access key id, or make a new key.',
  InvalidAccessKeyId: 'AWS does not know the access key. Check the access key id, or make a new key.',
  SignatureDoesNotMatch:
    'The secret access key does not fit the access key id. Enter both again, and check the clock of this machine.',
  ExpiredToken: 'The session has expired. Sign in again on the machine Rollcall runs on.',
  ExpiredTokenException: 'The session has expired. Sign in again on the machine Rollcall runs on.',
  RequestExpired: 'AWS refused the time of the request. Check the clock of this machine.',
  IncompleteSignature: 'The request was not signed in full. Enter the access key again.',
  MissingAuthenticationToken: 'The request was not signed. Enter an access key, a profile or a role.',
  TokenProviderError: 'The single sign-on session has ended. Sign in again on the machine Rollcall runs on.',
  CredentialsProviderError:
    'No usable AWS credentials were found. Enter an access key or a profile, or run Rollcall where a role is attached.',
}
const TIMEOUT = /^(TimeoutError|RequestTimeout\w*|ETIMEDOUT|ESOCKETTIMEDOUT)$/
const NETWORK: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing answers at the endpoint; check its address',
  ENOTFOUND: 'the name of the endpoint is not known; check region, endpoint and DNS',
  EAI_AGAIN: 'the name of the endpoint could not be looked up; check DNS',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  EHOSTUNREACH: 'there is no route to the endpoint',
  ENETUNREACH: 'there is no route to the endpoint',
  EPROTO: 'the endpoint does not speak TLS as expected; check http or https',
}
const TLS = /^(ERR_TLS|ERR_SSL|CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_)/

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

function denied(message: string, code: string): Explanation {
  // Only the name of the action is taken from the message: it names nobody and holds no value.
  const action = /not authorized to perform: ([a-z0-9-]+:[A-Za-z0-9*]+)/.exec(message)?.[1]
  const what = action === undefined ? 'The call' : action
  if (action === 'sts:AssumeRole')
    return {
      why: 'denied',
      code,
      detail: `The role cannot be assumed (${code}): check its ARN, its trust policy and the external id.`,
    }
  const how = /explicit deny/.test(message)
    ? 'a policy denies it explicitly; look for a Deny in its policies and in the service control policies'
    : 'no policy allows it; add it to the permissions policy of the role or user Rollcall signs in as'
  return { why: 'denied', code, detail: `${what} is not permitted (${code}): ${how}.` }
}

function retryAfterMs(error: Shape): number | undefined {
  const header = error.$response?.headers?.['retry-after']
  const seconds = typeof header === 'string' && header.trim() !== '' ? Number(header) : NaN
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined
}

function byCode(code: string, message: string): Explanation | undefined {
  if (DENIED.test(code)) return denied(message, code)
  const signIn = SIGN_IN[code]
  if (signIn !== undefined) return { why: 'denied', code, detail: `${signIn} (${code})` }
  if (THROTTLED.test(code))
    return { why: 'throttled', code, detail: `AWS asks to call less often (${code}).` }
  if (NOT_READY.test(code))
    return {
      why: 'throttled',
      code,
      detail: 'The credential report is not ready yet; the next sync will find it.',
      retryAfterMs: NOT_READY_WAIT_MS,
    }
  if (TIMEOUT.test(code)) return { why: 'timed-out', code, detail: 'The endpoint did not answer in time.' }
  const network =
    NETWORK[code] ?? (TLS.test(code) ? 'the certificate of the endpoint is not trusted' : undefined)
  return network === undefined
    ? undefined
    : { why: 'unreachable', code, detail: `AWS cannot be reached: ${network} (${code}).` }
}

function byStatus(status: number, code: string): Explanation | undefined {
  const named = code === '' ? {} : { code }
  if (status === 429)
    return { why: 'throttled', ...named, detail: 'AWS asks to call less often (status 429).' }
  if (status === 501)
    return { why: 'not-offered', ...named, detail: 'The endpoint does not offer this call (status 501).' }
  if (status >= 500)
    return { why: 'unreachable', ...named, detail: `The endpoint failed (status ${status}).` }
  if (status === 401 || status === 403 || status === 407)
    return { why: 'denied', ...named, detail: `The endpoint refused the call (status ${status}).` }
  if (status === 404 && code !== '')
    return { why: 'not-offered', code, detail: `There is no such thing (${code}).` }
  if (status >= 300)
    return { why: 'malformed', ...named, detail: `The endpoint answered with status ${status}.` }
  if (status >= 200)
    return {
      why: 'malformed',
      ...named,
      detail: 'The answer is not in the form that AWS sends, or was cut short.',
    }
  return undefined
}

/** Undefined for an error that did not come from AWS or the way to it: that is a bug. */
export function explain(error: unknown): Explanation | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  const shape = error as Shape
  const name = text(shape.name)
  const code = text(shape.Code) || text(shape.code) || (name === 'Error' || name === 'Unknown' ? '' : name)
  const wait = retryAfterMs(shape)
  const status = Number(shape.$metadata?.httpStatusCode ?? shape.$response?.statusCode)
  const known =
    byCode(code, text(shape.message)) ??
    (Number.isFinite(status) ? byStatus(status, codeOf(shape)) : undefined)
  return known && wait !== undefined ? { ...known, retryAfterMs: wait } : known
}

/** The code AWS itself sent, if any: names of JavaScript errors are not codes. Services that speak JSON name the error by it. */
const codeOf = (shape: Shape): string =>
  text(shape.Code) ||
  (shape.$fault !== undefined && JSON_ERROR.test(text(shape.name)) ? text(shape.name) : '')
const JSON_ERROR = /^[A-Z]\w*Exception$/
