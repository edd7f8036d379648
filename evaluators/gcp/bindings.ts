// Bindings: a role at a place under a condition, read once for each document, however many hold it.
import type { Held } from '@/core/access'
import { all, depends, no, yes, type Answer } from '../three-valued'
import { conditionIn, holds, type Asked, type Condition } from './conditions'
import { nodeOf } from './resources'
import type { Role, Roles } from './roles'
import type { Target, Targets } from './targets'
import { short, textOf, unseen } from './words'

export type Binding = {
  id: string
  index: number
  name: string
  role: Role
  /** A project, folder or organisation, or the name of a resource. */
  node: string | undefined
  resource: string | undefined
  condition: Condition | undefined
}
/** What is held that cannot be read: it may allow anything, anywhere. */
export type Mystery = { id: string; index: number; mystery: string; limits: boolean }
export type Compiled = Binding | Mystery

export const isMystery = (one: Compiled): one is Mystery => 'mystery' in one

export function readHeld(held: Held, index: number, roles: Roles, targets: Targets): Compiled {
  const { id, name, language, effect, document } = held
  const role = textOf(document?.role)
  const resource = textOf(document?.resource)
  const limits = effect !== 'allow'
  if (limits || language !== 'gcp-iam')
    return {
      id,
      index,
      limits,
      mystery: unseen(`${short(name)} is in a language that is not read here (${short(language, 40)}).`),
    }
  if (role === undefined || resource === undefined)
    return { id, index, limits: false, mystery: unseen(`what ${short(name)} allows was not read.`) }
  const canonical = targets.canonical(resource)
  return {
    id,
    index,
    name,
    role: roles.get(role),
    node: nodeOf(canonical),
    resource: nodeOf(canonical) === undefined ? canonical : undefined,
    condition: conditionIn(document?.condition),
  }
}

/** Whether the binding gives the permission on the target. */
export function gives(
  binding: Binding,
  permission: string,
  target: Target,
  targets: Targets,
  asked: Asked,
): Answer {
  const has = binding.role.has(permission)
  if (has.value === 'no') return no()
  const reaches = coversOf(binding, target, targets)
  if (reaches.value === 'no') return no()
  const condition = binding.condition ? holds(binding.condition, asked) : yes()
  const { value, because } = all([has, reaches, condition])
  if (value === 'no') return no(`${binding.name}: ${because.join(' ')}`)
  return value === 'yes'
    ? yes(`It holds ${short(binding.name, 240)}.`, ...because)
    : depends(...because, `It holds ${short(binding.name, 240)}.`)
}
export const coversOf = ({ node, resource }: Binding, target: Target, targets: Targets): Answer =>
  node !== undefined
    ? targets.under(target, node)
    : resource !== undefined
      ? targets.within(target, resource)
      : no()
