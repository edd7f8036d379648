// Errors of the API as RFC 9457 problem documents. Only expected errors say what they are; others name the request.
import { CODES, RollcallError, type Code, type Issue } from '@/core/errors'

export type Problem = {
  type: string
  title: string
  status: number
  detail: string
  issues?: Issue[]
  /** Also in the header `x-request-id` and in the server's log. */
  requestId: string
}

const TITLES: Readonly<Record<Code, string>> = {
  invalid: 'The request is not valid',
  unauthenticated: 'Sign in or send a token',
  forbidden: 'Not permitted',
  'not-found': 'Not found',
  conflict: 'Conflict',
  limited: 'Too much at once',
  upstream: 'The source did not answer',
  bug: 'Something went wrong inside Rollcall',
}

/** What does not hang on the person who asks: for codes whose status has more than one meaning. */
type Options = { requestId: string; status?: number; headers?: HeadersInit }

export function problem(error: unknown, { requestId, status, headers }: Options): Response {
  const known = error instanceof RollcallError ? error : undefined
  const code: Code = known?.code ?? 'bug'
  const body: Problem = {
    type: `urn:rollcall:problem:${code}`,
    title: TITLES[code],
    status: status ?? CODES[code],
    detail:
      known?.message ?? `Look for ${requestId} in the log of the server, or report it with that number.`,
    ...(known?.issues.length && { issues: known.issues }),
    requestId,
  }
  const answer = new Response(JSON.stringify(body), { status: body.status, headers })
  answer.headers.set('content-type', 'application/problem+json')
  if (code === 'unauthenticated') answer.headers.set('www-authenticate', 'Bearer realm="rollcall"')
  return answer
}
