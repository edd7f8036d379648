// What one row of the table of calls says: a call that is not in the table, or asks for another path, cannot be made.
import type { Permission } from '@/core/connector'

/**
 * Where a call goes. `authorization`: Azure Resource Manager through the SDK; `query`: Azure Resource Graph;
 * `vault`: the host of one key vault, which the call names.
 */
export type Api = 'graph' | 'graph-beta' | 'arm' | 'authorization' | 'query' | 'vault' | 'login'
/** A service with a limit that it states: calls are spread so that it is not met. */
export type Pace = 'reports' | 'resource-graph'

export type Call = {
  api: Api
  /** `{name}` stands for one part of a path, `{scope}` for several. */
  path: string
  gives: string
  optional?: true
  /**
   * What permits it, where that is not what its name begins with: an app role of Microsoft Graph, an action of Azure, a role
   * of a key vault. Empty: nothing needs to be granted.
   */
  needs?: string
  pace?: Pace
  /** For `arm` and `vault`: the version of the API. */
  version?: string
}

/** What a call is asked with. All of it is text, so that recordings and live sources are asked alike. */
export type CallParams = {
  /** The path with its parts filled in; left out where there is nothing to fill in. Escape parts with `segment`. */
  path?: string
  query?: Readonly<Record<string, string>>
  body?: Readonly<Record<string, unknown>>
  /** The next page, as the answer before gave it. */
  link?: string
  /** For `query`: where the page before ended. */
  skipToken?: string
  /** For `vault`: the host of the vault. */
  host?: string
}

/** The permission a call stands for: what has to be granted. */
export const needsOf = (name: string, { needs }: Call): string => needs ?? name.split(' ')[0] ?? name

export const permissionsOf = (calls: Readonly<Record<string, Call>>): Permission[] =>
  Object.entries(calls).map(([name, { gives, optional }]) => ({ name, gives, ...(optional && { optional }) }))

/** One part of a path, escaped. */
export const segment = (text: string): string => encodeURIComponent(text)

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
/** A part that would lead somewhere else than it says. */
const CLIMBS = /(^|\/)(\.|%2e){1,2}(\/|$)/i

/** Whether a path is one that the row speaks of. */
export function fitsPath({ path: template }: Call, path: string): boolean {
  if (CLIMBS.test(path) || /[?#\\]/.test(path)) return false
  const pattern = template
    .split(/(\{[a-zA-Z]+\})/)
    .map((part) => (part === '{scope}' ? '(?:/[^/]+)*' : /^\{/.test(part) ? '[^/]+' : escaped(part)))
    .join('')
  return new RegExp(`^${pattern}$`, 'i').test(path)
}
