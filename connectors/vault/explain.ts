// Reads how a server refused: why there is no answer, and which line of the policy would give it. No text of an answer
// leaves this file.
import type { Explanation } from '@/core/upstream'
import { asHcl, policyLinesOf, type CallName } from './calls'

/** A call that ended with a status other than success. */
export class Refused extends Error {
  override readonly name = 'Refused'
  constructor(
    readonly call: CallName,
    /** The mount and namespace that were asked, where the call is for one. */
    readonly at: { mount: string; ns: string },
    readonly status: number,
    /** The errors of the answer: read here, never told. */
    readonly errors: readonly string[] | undefined,
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

/** The thing asked for is not there, or no longer. */
export const GONE = { absentOn: ['gone'] }

const says = ({ errors }: Refused, pattern: RegExp): boolean =>
  (errors ?? []).some((one) => pattern.test(one))

/**
 * Whether it is the token that is refused rather than what it asked for: servers say the bare words where they do not know
 * the token, and wrap them into a list where a policy decides.
 */
export const isTokenUnknown = (refused: Refused): boolean =>
  (refused.status === 403 &&
    (says(refused, /^permission denied$/) || says(refused, /invalid token|bad token|token expired/))) ||
  (refused.status === 400 && says(refused, /missing client token/))

function denied(refused: Refused): Explanation {
  if (isTokenUnknown(refused))
    return {
      why: 'denied',
      code: 'token',
      detail:
        'The token is not valid, or no longer. Sign in with a role that gives new ones, or enter a new token.',
    }
  const { mount, ns } = refused.at
  const lines = policyLinesOf(refused.call, mount).map(asHcl)
  const where = ns === '' ? '' : ` in the namespace ${ns}`
  return {
    why: 'denied',
    code: 'policy',
    detail: lines.length
      ? `No policy of this connection permits it${where}. Add: ${lines.join(' ')}`
      : 'Signing in was refused: check the role, its bounds and the auth method.',
  }
}

/** "Not there" is an empty list of errors; anything said means that the server cannot answer this at all. */
function missing(refused: Refused): Explanation {
  if (refused.errors?.length === 0)
    return { why: 'not-offered', code: 'gone', detail: 'There is no such thing, or no longer.' }
  if (says(refused, /namespace not found/))
    return {
      why: 'not-offered',
      code: 'unsupported',
      detail: 'There is no such namespace. Check the settings.',
    }
  return {
    why: 'not-offered',
    code: 'unsupported',
    detail: 'This server or its edition does not offer this.',
  }
}

function badRequest(refused: Refused): Explanation {
  if (isTokenUnknown(refused)) return denied(refused)
  // A token or lease that ended since it was listed.
  if (says(refused, /invalid accessor|invalid lease|failed to find accessor|no lease entry/))
    return { why: 'not-offered', code: 'gone', detail: 'It ended while the server was read.' }
  if (policyLinesOf(refused.call).length === 0)
    return {
      why: 'denied',
      code: 'login',
      detail: 'Signing in was refused: check the role, what it is bound to and the secret.',
    }
  return { why: 'malformed', detail: 'The server did not understand the question (status 400).' }
}

const NOT_NOW: Readonly<Record<number, string>> = {
  412: 'The node has not caught up with the others yet.',
  429: 'The server asks to call less often: a rate limit quota is used up.',
  472: 'The node is a disaster recovery secondary: use the address of the primary.',
  473: 'The node is a performance standby: use the address of the active node.',
  501: 'The server is not initialised.',
  502: 'What stands before the server could not reach it.',
  504: 'What stands before the server could not reach it in time.',
}

function byStatus(refused: Refused): Explanation {
  const { status } = refused
  if (status === 401 || status === 403) return denied(refused)
  if (status === 400) return badRequest(refused)
  if (status === 404) return missing(refused)
  if (status === 405) return { ...missing(refused), code: 'unsupported' }
  if (status >= 300 && status < 400)
    return {
      why: 'unreachable',
      detail:
        'The node is a standby that sends on to another one: use the address of the active node, or of what stands before the nodes.',
    }
  if (status === 503 && says(refused, /sealed/i))
    return { why: 'unreachable', code: 'sealed', detail: 'The server is sealed: unseal it, then sync again.' }
  const known = NOT_NOW[status]
  const why = status === 429 ? 'throttled' : 'unreachable'
  if (known !== undefined) return { why, detail: known }
  return status >= 500
    ? { why: 'unreachable', detail: `The server failed (status ${status}).` }
    : { why: 'malformed', detail: `The server answered with status ${status}.` }
}

const NETWORK: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing answers at the address; check it',
  ENOTFOUND: 'the name in the address is not known; check it and DNS',
  EAI_AGAIN: 'the name in the address could not be looked up; check DNS',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  EHOSTUNREACH: 'there is no route to the address',
  ENETUNREACH: 'there is no route to the address',
  EPROTO: 'the server does not speak TLS as expected; check http or https',
  HPE_INVALID_CONSTANT: 'the server does not speak HTTP as expected; check http or https',
}
const TLS = /^(ERR_TLS|ERR_SSL|CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_)/
const TOKEN_FILE: Readonly<Record<string, string>> = {
  ENOENT: 'The file of the token to sign in with is not there. Check its path, and where Rollcall runs.',
  EACCES: 'The file of the token to sign in with may not be read by Rollcall.',
  EISDIR: 'The path of the token to sign in with is a folder.',
}

/** Undefined for an error that did not come from the server or the way to it: that is a bug. */
export function explain(error: unknown): Explanation | undefined {
  if (error instanceof Trouble) return error.explanation
  if (error instanceof Refused) {
    const { retryAfterMs } = error
    return { ...byStatus(error), ...(retryAfterMs !== undefined && { retryAfterMs }) }
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const file = TOKEN_FILE[code]
  if (file !== undefined) return { why: 'denied', code, detail: file }
  if (code === 'ETIMEDOUT' || code === 'ESOCKETTIMEDOUT')
    return { why: 'timed-out', code, detail: 'The server did not answer in time.' }
  const network = NETWORK[code] ?? (TLS.test(code) ? 'its certificate is not trusted' : undefined)
  return network === undefined
    ? undefined
    : { why: 'unreachable', code, detail: `The server cannot be reached: ${network} (${code}).` }
}
