// Answers about an earlier moment: the same question gets the same bytes for ever, and the answer says its moment.
import { createHash } from 'node:crypto'
import { RollcallError } from '@/core/errors'
import type { Moment } from '@/core/moment'
import { askMoment } from '@/inventory/moment/ask-moment'
import { momentView } from '@/inventory/moment/moment-view'
import type { Method } from './route'

const NAMES = ['asOf', 'known'] as const
type Asked = { asOf?: string; known?: string }

/** Takes the moment's parameters out of the query; the rest is the route's own. */
export function takeMoment(search: URLSearchParams): { asked: Asked; rest: URLSearchParams } {
  const rest = new URLSearchParams(search)
  const asked: Asked = {}
  for (const name of NAMES) {
    const text = rest.getAll(name).filter(Boolean).join(',')
    if (text) asked[name] = text
    rest.delete(name)
  }
  return { asked, rest }
}

/** @throws RollcallError `invalid` naming the parameter, `conflict` while changes of that moment are still being written */
export const momentOfRequest = (asked: Asked): Promise<Moment | undefined> => askMoment(asked)

/** What a route without a past says to one of the two parameters, unless it is the route's own; undefined where there is none. */
export function withoutPast(
  method: Method,
  search: URLSearchParams,
  own: readonly string[] = [],
): RollcallError | undefined {
  const name = NAMES.find((one) => search.has(one) && !own.includes(one))
  if (!name) return undefined
  const message =
    method === 'GET'
      ? 'This is about the present only. Leave it out.'
      : 'The past cannot be changed. Leave it out.'
  return new RollcallError('invalid', `${name}: ${message}`, [{ path: name, message }])
}

/** Adds the moment to the body and the headers. The tag is a hash of the body: equal tags are equal answers. */
export async function sayMoment(response: Response, moment: Moment, request: Request): Promise<Response> {
  const view = momentView(moment)
  const headers = new Headers(response.headers)
  headers.set('rollcall-as-of', view.asOf)
  headers.set('rollcall-known', view.known)
  const { status } = response
  if (!headers.get('content-type')?.startsWith('application/json'))
    return new Response(response.body, { status, headers })
  const body = JSON.stringify({ ...((await response.json()) as object), moment: view })
  const etag = `"${createHash('sha256').update(body).digest('hex')}"`
  headers.set('etag', etag)
  const held = request.headers.get('if-none-match')?.split(',') ?? []
  if (held.some((one) => one.trim().replace(/^W\//, '') === etag)) {
    headers.delete('content-type')
    return new Response(null, { status: 304, headers })
  }
  return new Response(body, { status, headers })
}
