// Wraps the routes of one path as handlers: who asks, may they, is it understood, and every failure as a problem document.
import { randomUUID } from 'node:crypto'
import { RollcallError } from '@/core/errors'
import type { Actor } from '@/core/permissions'
import { actorFrom } from '@/governance/auth/actor-from'
import { authorise } from '@/governance/authorise'
import { atMoment } from '@/inventory/moment/at-moment'
import { parseFilter } from '@/inventory/queries/parse-filter'
import { z } from 'zod'
import { copyFor } from './auditor-copy'
import { momentOfRequest, sayMoment, takeMoment, withoutPast } from './at-asked-moment'
import { readBody } from './body'
import { logBug } from './log-bug'
import { pathParams } from './path'
import { problem } from './problem'
import { Answer, type AnyRoute } from './route'
import { ensureSameOrigin } from './same-origin'
import { TooLarge } from './too-large'

const NO_QUERY = z.object({})
/** Acts for routes that anyone may ask: holds no data of anyone. */
const ANYONE: Actor = { kind: 'system', id: 'anyone', name: 'anyone', role: 'auditor' }

type Handler = (request: Request) => Promise<Response>
export type Handlers = Record<'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', Handler>

async function actorFor(route: AnyRoute, request: Request): Promise<Actor> {
  if (route.permission === null) return ANYONE
  const actor = await actorFrom(request.headers)
  authorise(actor, route.permission)
  if (route.method !== 'GET' && actor.kind === 'user') ensureSameOrigin(request)
  return actor
}

function answerOf(result: unknown, status: number): Response {
  if (result instanceof Response) return result
  if (!(result instanceof Answer)) return Response.json(result, { status })
  return Response.json(result.body, { status: result.status, headers: result.headers })
}

async function answer(route: AnyRoute, request: Request): Promise<Response> {
  const actor = await actorFor(route, request)
  const search = new URL(request.url).searchParams
  if (!route.past) {
    const refusal = withoutPast(route.method, search, Object.keys(route.query?.shape ?? {}))
    if (refusal) throw refusal
    return handled(route, { actor, request, search })
  }
  const { asked, rest } = takeMoment(search)
  const moment = await momentOfRequest(asked)
  const response = await atMoment(moment, () => handled(route, { actor, request, search: rest }))
  return moment ? sayMoment(response, moment, request) : response
}

type Handling = { actor: Actor; request: Request; search: URLSearchParams }
async function handled(route: AnyRoute, { actor, request, search }: Handling): Promise<Response> {
  const query = parseFilter(route.query ?? NO_QUERY, search)
  const params = pathParams(route.path, request.url)
  if (Object.values(params).some((value) => value.includes('\u0000')))
    throw new RollcallError('invalid', 'The address holds a NUL character.')
  const body = route.body ? await readBody(route.body, request) : undefined
  const asked = { actor, params, query, body, request } as never
  return copyFor(actor, request, answerOf(await route.handle(asked), route.status))
}

async function told(work: () => Promise<Response>, request: Request): Promise<Response> {
  const requestId = randomUUID()
  let response: Response
  try {
    response = await work()
  } catch (error) {
    const expected = error instanceof RollcallError && error.code !== 'bug'
    if (!expected) logBug({ requestId, request, error })
    response = problem(error, { requestId, status: error instanceof TooLarge ? 413 : undefined })
    const wait = error instanceof RollcallError ? error.retryAfterSeconds : undefined
    if (wait !== undefined) response.headers.set('retry-after', String(wait))
  }
  response.headers.set('x-request-id', requestId)
  response.headers.set('cache-control', 'no-store')
  return response
}

function refused(allow: string): Handler {
  return async (request) => {
    const error = new RollcallError(
      'invalid',
      `${request.method} is not understood here. There is: ${allow}.`,
    )
    const requestId = randomUUID()
    const headers = { allow, 'x-request-id': requestId, 'cache-control': 'no-store' }
    return problem(error, { requestId, status: 405, headers })
  }
}

/** The same answer without its body; what would have made the body is stopped. */
const headOf =
  (get: Handler): Handler =>
  async (request) => {
    const response = await get(request)
    await response.body?.cancel()
    return new Response(null, { status: response.status, headers: response.headers })
  }

/** Handlers of all methods of one path, of the routes that have it. */
export function endpoint(routes: readonly AnyRoute[]): Handlers {
  const of = (method: AnyRoute['method']): Handler | undefined => {
    const found = routes.find((one) => one.method === method)
    return found && ((request) => told(() => answer(found, request), request))
  }
  const get = of('GET')
  const names = [...(get ? ['GET', 'HEAD'] : []), ...routes.map((r) => r.method).filter((m) => m !== 'GET')]
  const other = refused(names.join(', '))
  return {
    GET: get ?? other,
    HEAD: get ? headOf(get) : other,
    POST: of('POST') ?? other,
    PUT: of('PUT') ?? other,
    PATCH: other,
    DELETE: of('DELETE') ?? other,
  }
}
