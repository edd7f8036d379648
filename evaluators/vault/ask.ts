// Whether a principal may make one request: the capability at the path, with what the server asks beside it.
import type { AccessAnswer, Principal, Question } from '@/core/access'
import { agree, all, depends, type Answer } from '../three-valued'
import { bounded, TOO_MUCH, toldWith, unknownId } from './answers'
import { CAPABILITIES, LISTS, type Access as Held } from './can'
import { needsSudo } from './protected'
import { STEPS_MAX, type World } from './world'

const KNOWN = new Set<string>(CAPABILITIES)
const DISABLED = 'It is disabled: the server refuses its tokens until somebody enables it.'
const OF_ROLES =
  'Its tokens also hold the policies of the role that they were made by, which are judged with the role.'

export function ask(world: World, id: string, question: Question): AccessAnswer {
  const principal = world.principals.get(id)
  if (!principal || !world.own.has(id)) return unknownId(id, world.realm.name)
  const answer = bounded(() => judged(world, principal, question), depends(TOO_MUCH))
  const words = [
    ...answer.because,
    ...(answer.value === 'no' ? world.holdingOf(principal).notes : []),
    ...(principal.type === 'vault.entity' ? [OF_ROLES] : []),
    ...(principal.enabled === false ? [DISABLED] : []),
  ]
  const isRoot = world.holdingOf(principal).access.held.root
  return toldWith({ ...answer, because: words }, isRoot ? [] : world.grantsUnseen(principal))
}

function judged(world: World, principal: Principal, { action, resource, place, context }: Question): Answer {
  if (place)
    return depends(`Policies hold in the namespace that they are in; ${place.slice(0, 120)} was not judged.`)
  if (!KNOWN.has(action)) return depends(`${action.slice(0, 120)} is no capability that is known.`)
  const { access } = world.holdingOf(principal, moment(context?.['now']))
  access.allow(STEPS_MAX)
  const parameters = context?.['parameters']
  const names = typeof parameters === 'string' ? [parameters] : parameters
  const given = atSlash(
    world,
    resource,
    action,
    () => access.can(resource, action, world.server, names),
    access,
  )
  const sudo = needsSudo(resource.replace(/^\/+/, ''), action)
  if (sudo === 'no' || given.value === 'no') return given
  const allowed = access.can(resource, 'sudo', world.server)
  if (sudo === 'yes') return all([given, allowed])
  const ofPki = 'Where an authority for certificates is mounted there, the server asks for sudo as well.'
  return allowed.value === 'yes' ? given : depends(ofPki, ...given.because, ...allowed.because)
}

/**
 * What the server tells of its own capabilities looks at a path that ends with a slash as if to list it (`Capabilities` in
 * `policy/acl.go`), and a request that does not list is judged at the path as it stands: where the two differ it depends on
 * which is meant.
 */
function atSlash(
  { server }: World,
  path: string,
  capability: string,
  asRequest: () => Answer,
  access: Held,
): Answer {
  const request = asRequest()
  if (!path.endsWith('/') || LISTS.has(capability)) return request
  const told = access.says(path, capability, server)
  return request.value === 'no' || told.value === 'no' ? agree([request, told], SLASH) : request
}
const SLASH =
  'The list of capabilities of the server takes a path that ends with a slash for what stands before it; a request does not.'

function moment(now: string | readonly string[] | undefined): number | undefined {
  const text = typeof now === 'string' ? now : now?.length === 1 ? now[0] : undefined
  const at = text === undefined ? NaN : Date.parse(text)
  return Number.isFinite(at) ? at : undefined
}
