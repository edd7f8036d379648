// Every action AWS knows, by service: its kind of access and the kinds of resources it can be about.
import generated from './actions.json'
import { covers } from '../glob'

/** `P`: permissions management, `T`: tagging; both write too. */
export type AccessLevel = 'R' | 'L' | 'W' | 'T' | 'P'
export type Action = {
  /** As AWS spells it, with the service. */
  name: string
  level: AccessLevel
  /** Kinds of resources; none where the resource of a request is always `*`. */
  types: readonly string[]
  /** Whether a request can bring tags. */
  tags: boolean
}

const SERVICES: Readonly<Record<string, string>> = generated.services
/** Prefixes of services whose resources the policies of an organization can cap. */
export const RESOURCE_CAPPED: ReadonlySet<string> = new Set(generated.resourceCapped.split(' '))

const read = new Map<string, ReadonlyMap<string, Action>>()
const EMPTY: ReadonlyMap<string, Action> = new Map()

/** Actions of a service, by their names in lower case without it. */
export function actionsOf(service: string): ReadonlyMap<string, Action> {
  const known = read.get(service)
  if (known) return known
  if (!Object.hasOwn(SERVICES, service)) return EMPTY
  const lines = (SERVICES[service] ?? '').split(' ').filter(Boolean)
  const actions = new Map(lines.map((line) => named(service, line)))
  read.set(service, actions)
  return actions
}

function named(service: string, line: string): [string, Action] {
  const [name = '', level = '', types = ''] = line.split(':')
  const action = {
    name: `${service}:${name}`,
    level: level.charAt(0) as AccessLevel,
    types: types.split(',').filter(Boolean),
    tags: level.endsWith('+'),
  }
  return [name.toLowerCase(), action]
}

export const serviceOf = (action: string): string => action.slice(0, action.indexOf(':')).toLowerCase()

/** The action, by its name in any case; undefined for one that AWS does not know. */
export function actionNamed(action: string): Action | undefined {
  return actionsOf(serviceOf(action)).get(action.slice(action.indexOf(':') + 1).toLowerCase())
}

/** All actions that a pattern such as `s3:Get*` covers. */
export function* actionsLike(pattern: string): Generator<Action> {
  const wanted = pattern.toLowerCase()
  const service = wanted.includes(':') ? wanted.slice(0, wanted.indexOf(':')) : '*'
  const services = /[*?]/.test(service) ? Object.keys(SERVICES) : [service]
  for (const one of services) {
    if (!covers(service, one)) continue
    for (const [name, action] of actionsOf(one)) if (covers(wanted, `${one}:${name}`)) yield action
  }
}

/**
 * Actions that give tags to what an action is about: a request that makes something with tags takes one of them as well.
 * Source: EC2 user guide, "Grant permission to tag Amazon EC2 resources during creation", and the like of other services.
 */
export function tagging(name: string): readonly string[] {
  const made = actionNamed(name)
  if (!made || made.level === 'T') return made ? [name] : []
  return [...actionsOf(serviceOf(name)).values()].flatMap((action) =>
    action.level === 'T' && action.tags && action.types.some((type) => made.types.includes(type))
      ? [action.name]
      : [],
  )
}
