// Reads how a service refused: why there is no answer, and what would have to be granted. No text of an answer leaves this
// file but the code of an error.
import type { Explanation } from '@/core/upstream'
import { needsOf, type Call } from './call'
import { explainSignIn } from './explain-sign-in'

/** A call that ended with a status other than success. */
export class Refused extends Error {
  override readonly name = 'Refused'
  constructor(
    readonly call: { name: string; row: Call },
    readonly status: number,
    /** The error of the answer: its message is read here, never told. */
    readonly error: { code: string; message: string },
    readonly retryAfterMs?: number,
  ) {
    super(`status ${status}`)
  }
}

/** Something about the way there that this connector noticed itself. */
export class Trouble extends Error {
  override readonly name = 'Trouble'
  constructor(readonly explanation: Explanation) {
    super(explanation.detail)
  }
}

/** Code of an explanation: the thing asked for is not there, or no longer. To be given as `absentOn`. */
export const GONE = 'gone'
/** Code of an explanation: the tenant has no licence for it, and so has none of it. */
export const NO_LICENCE = 'licence'

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const textIn = (value: unknown, key: string): string => {
  const text = isRecord(value) ? value[key] : undefined
  return typeof text === 'string' ? text : ''
}
/** `{"error":{"code","message"}}`, as all three services answer. */
export function errorIn(body: unknown): Refused['error'] {
  const error = isRecord(body) ? body['error'] : undefined
  const inner = isRecord(error) ? error['innererror'] : undefined
  const code = textIn(inner, 'code') === 'ForbiddenByFirewall' ? 'ForbiddenByFirewall' : textIn(error, 'code')
  return { code, message: textIn(error, 'message') }
}

/** Codes are words of a list; whatever else stands there is not repeated. */
const quoted = (code: string): string => (/^[A-Za-z][A-Za-z0-9_]{2,79}$/.test(code) ? ` (${code})` : '')

/** What is missing is a licence, not a permission. */
const LICENCE = /^(Authentication_RequestFromNonPremiumTenantOrB2CTenant|AadPremiumLicenseRequired)$/
const HOW: Readonly<Record<Call['api'], string>> = {
  graph: 'app role of Microsoft Graph, with admin consent',
  'graph-beta': 'app role of Microsoft Graph, with admin consent',
  arm: 'action, by a role assigned at the root management group or the subscription',
  authorization: 'action, by a role assigned at the root management group or the subscription',
  query: 'action, by a role assigned at the root management group or the subscription',
  vault: 'on the vault, as a role or in its access policies',
  login: '',
}

function denied({ call, error, status }: Refused): Explanation {
  if (LICENCE.test(error.code))
    return {
      why: 'not-offered',
      code: NO_LICENCE,
      detail: `The tenant has no licence for this${quoted(error.code)}.`,
    }
  if (status === 401)
    return {
      why: 'denied',
      code: 'token',
      detail: `The token was not accepted${quoted(error.code)}. Check the tenant, the cloud and conditional access.`,
    }
  if (error.code === 'ForbiddenByFirewall')
    return {
      why: 'denied',
      code: 'firewall',
      detail:
        'The firewall of the vault does not let Rollcall in: allow its address, or a private endpoint. No permission is missing.',
    }
  const needs = needsOf(call.name, call.row)
  return {
    why: 'denied',
    code: 'permission',
    detail: needs
      ? `It is not permitted${quoted(error.code)}. Grant ${needs}: ${HOW[call.row.api]}.`
      : `It is not permitted${quoted(error.code)}.`,
  }
}

/** A list of the service itself: it belongs to nothing that could be gone. A vault is named by its host. */
const ofItself = ({ api, path }: Call): boolean => api !== 'vault' && !path.includes('{')

function missing({ call, error, status }: Refused): Explanation {
  if (/^(SubscriptionNotFound|ManagementGroupNotFound|InvalidSubscriptionId)$/.test(error.code))
    return {
      why: 'denied',
      code: 'scope',
      detail: `There is no such subscription or management group, or it may not be read${quoted(error.code)}.`,
    }
  if (/segment/i.test(error.message) || /^(NoRegisteredProviderFound|InvalidResourceType)$/.test(error.code))
    return { why: 'not-offered', code: 'unsupported', detail: 'This cloud does not offer this.' }
  // Whoever answers so is not the service, or not the one that was meant: it says nothing of what there is.
  if (ofItself(call.row))
    return {
      why: 'malformed',
      detail: `The service answered that there is no such list (status ${status})${quoted(error.code)}. Check the cloud in the settings, and what stands between.`,
    }
  return { why: 'not-offered', code: GONE, detail: 'There is no such thing, or no longer.' }
}

function badRequest(refused: Refused): Explanation {
  const { code, message } = refused.error
  if (LICENCE.test(code)) return denied(refused)
  if (/segment/i.test(message) || /^(NoRegisteredProviderFound|InvalidResourceType)$/.test(code))
    return { why: 'not-offered', code: 'unsupported', detail: 'This cloud does not offer this.' }
  return { why: 'malformed', detail: `The question was not understood${quoted(code)}.` }
}

function byStatus(refused: Refused): Explanation {
  const { status, error } = refused
  if (status === 401 || status === 403) return denied(refused)
  if (status === 400) return badRequest(refused)
  if (status === 404) return missing(refused)
  if (status === 429) return { why: 'throttled', detail: 'The service asks to call less often.' }
  if (status === 408 || status === 504)
    return { why: 'timed-out', detail: 'The service did not answer in time.' }
  if (status >= 300 && status < 400)
    return { why: 'unreachable', detail: `The answer points somewhere else (status ${status}).` }
  return status >= 500
    ? { why: 'unreachable', detail: `The service failed (status ${status})${quoted(error.code)}.` }
    : { why: 'malformed', detail: `The service answered with status ${status}${quoted(error.code)}.` }
}

const NETWORK: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing answers at its address',
  ENOTFOUND: 'its name is not known; check the cloud, DNS and the network',
  EAI_AGAIN: 'its name could not be looked up; check DNS',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  EHOSTUNREACH: 'there is no route to it',
  ENETUNREACH: 'there is no route to it',
  ETIMEDOUT: 'no connection came about in time',
  EPROTO: 'it does not speak TLS as expected',
  HPE_INVALID_CONSTANT: 'it does not speak HTTP as expected',
}
const TLS = /^(ERR_TLS|ERR_SSL|CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_)/

/** What the SDK throws of itself: it could not send, or not read. */
function explainSdk(error: Error): Explanation | undefined {
  if (error.name !== 'RestError') return undefined
  if ('code' in error && error.code === 'PARSE_ERROR')
    return { why: 'malformed', detail: 'The answer is not JSON, or was cut short.' }
  return { why: 'unreachable', detail: 'The service cannot be reached: the request could not be sent.' }
}

/** Undefined for an error that did not come from a service or the way to it: that is a bug. */
export function explain(error: unknown): Explanation | undefined {
  if (error instanceof Trouble) return error.explanation
  if (error instanceof Refused) {
    const { retryAfterMs } = error
    return { ...byStatus(error), ...(retryAfterMs !== undefined && { retryAfterMs }) }
  }
  if (!(error instanceof Error)) return undefined
  const code = 'code' in error ? String(error.code) : ''
  const network = NETWORK[code] ?? (TLS.test(code) ? 'its certificate is not trusted' : undefined)
  if (network !== undefined)
    return { why: 'unreachable', code, detail: `The service cannot be reached: ${network} (${code}).` }
  return explainSignIn(error) ?? explainSdk(error)
}
