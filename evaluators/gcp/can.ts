// Answers whether a principal may do something to a resource: what restricts first, then every grant on it and above it.
// Source: cloud.google.com/iam/docs/policy-types, "Policy evaluation".
import type { AccessAnswer, Question } from '@/core/access'
import { depends, no, type Answer } from '../three-valued'
import { canonical } from './permissions'
import { answered, short, unseen } from './words'
import type { World } from './world'

export function can(world: World, id: string, { action, resource, context }: Question): AccessAnswer {
  const principal = world.find(id)
  if (!principal) return answered(depends(unseen(`${short(id)} is not in ${world.realm.id}.`)))
  const permission = canonical(action)
  if (permission === undefined) return answered(depends(`${short(action)} is not the name of a permission.`))
  const target = world.targets.read(resource, permission)
  if (!target) return answered(depends(`${short(resource)} is not the name of a resource.`))
  const holding = world.holding(principal)
  const asked = world.asked(target, context)
  const denied = world.denied(holding, permission, target, asked)
  // What is denied for certain no grant gives back, seen or not.
  if (denied.value === 'yes') return answered(no(...denied.because))
  const { value, because } = withUnseen(
    world,
    world.judged(holding, permission, target, asked),
    holding.bounds.length > 0,
  )
  const off =
    principal.enabled === false ? ['It is disabled: nobody can act as it until somebody enables it.'] : []
  return answered({ value, because: [...because, ...off] })
}

/**
 * A yes that something unseen could take away, and a no that something unseen could give, are neither.
 * @param bounded whether a boundary counts, which another one that was not seen could widen
 */
export function withUnseen(world: World, answer: Answer, bounded = false): Answer {
  const above = world.hierarchy.unreadAbove
  const open =
    answer.value === 'yes'
      ? world.unseen('rulings')
      : answer.value === 'no'
        ? world.unseen('grants', 'principals', ...(bounded ? (['rulings'] as const) : []))
        : []
  const all = answer.value === 'depends' || above === undefined ? open : [above, ...open]
  return all.length ? { value: 'depends', because: [...all, ...answer.because] } : answer
}
