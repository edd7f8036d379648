// Matches the path of a request against a template of the API. Pure.
import { invalid } from '@/governance/command'

const PREFIX = '/api/v1'

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    throw invalid([{ path: 'path', message: 'The address is not encoded as UTF-8.' }])
  }
}

/**
 * Values of the places of `/runs/{run}/cancel`; `{reference...}` takes the rest, encoded or not, so that an ARN with
 * slashes can be written either way.
 */
export function pathParams(template: string, url: string): Record<string, string> {
  const path = new URL(url).pathname
  const given = path
    .slice(path.indexOf(PREFIX) + PREFIX.length)
    .split('/')
    .slice(1)
  const params: Record<string, string> = {}
  for (const [at, part] of template.split('/').slice(1).entries()) {
    const name = /^\{(\w+)(\.\.\.)?\}$/.exec(part)
    if (!name?.[1]) continue
    params[name[1]] = decoded(name[2] ? given.slice(at).join('/') : (given[at] ?? ''))
  }
  return params
}
