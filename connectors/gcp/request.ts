// The request a call of the table is sent as, and its answer as a whole one.
import { CALLS, type Call, type CallName, type CallParams } from './calls'

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const PAGE_TOKEN = 'pageToken'

export type Sent = { method: 'GET' | 'POST'; path: string; query: URLSearchParams; body?: unknown }

function queryOf({ fixed = {}, query = [] }: Call, params: CallParams): URLSearchParams {
  const given = [...query, PAGE_TOKEN].flatMap((key) =>
    [params[key]]
      .flat()
      .map(text)
      .filter((value) => value !== '')
      .map((value) => [key, value] as [string, string]),
  )
  return new URLSearchParams([...Object.entries(fixed), ...given])
}

/** Logs are asked for with a body; policies with the version in which conditions are shown. */
function bodyOf(name: CallName, { fixed = {} }: Call, params: CallParams): unknown {
  if (name !== 'logging.logEntries.list') return { options: { requestedPolicyVersion: 3 } }
  const { resourceNames, filter, pageToken } = params
  return {
    resourceNames,
    filter,
    pageSize: Number(fixed['pageSize']),
    ...(pageToken !== undefined && { pageToken }),
  }
}

/** The request a call is sent as. Names hold whatever somebody typed: each part of a path is escaped by itself. */
export function requestOf(name: CallName, params: CallParams): Sent {
  const call = CALLS[name] as Call
  const path = call.path.replace(/\{([a-z]+)\}/g, (_, field: string) =>
    field === 'name'
      ? text(params[field]).split('/').map(encodeURIComponent).join('/')
      : encodeURIComponent(text(params[field])),
  )
  if (call.method !== 'POST') return { method: 'GET', path, query: queryOf(call, params) }
  return { method: 'POST', path, query: new URLSearchParams(), body: bodyOf(name, call, params) }
}

/** An answer that came whole, with the lists that are empty. */
export function withLists(name: CallName, answer: unknown): unknown {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return answer
  const { lists = [] } = CALLS[name] as Call
  return { ...Object.fromEntries(lists.map((list) => [list, []])), ...answer }
}
