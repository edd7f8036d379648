// Judges whether policies together let their holder come to hold every right that the server can give.
import type { AdministratorAnswer, HeldDocument } from '@/core/evaluator'
import { Budget, TooMuch } from '../budget'
import { all, any, depends, no, yes, type Answer } from '../three-valued'
import { accessOf, type Access } from './can'
import type { Definition, Need } from './definition'
import { DEFINITIONS, definition } from './escalations'
import { bindingsOf, freshName } from './names'

/** Steps of work for one holder: a few seconds at most, whatever is in its policies. */
const STEPS_MAX = 2_000_000
const ADMINISTERING = DEFINITIONS.filter(({ administers }) => administers)
const HARMLESS = definition('V04')
/** Policies nobody can write. */
const FIXED = new Set(['root', 'response-wrapping', 'control-group'])

export function administrator(documents: readonly HeldDocument[]): AdministratorAnswer {
  const budget = new Budget(STEPS_MAX)
  try {
    const access = accessOf(documents, budget)
    const { value, because } = judged(access, budget)
    return { answer: value, because: [...because, ...conclusion(value, because)] }
  } catch (error) {
    if (!(error instanceof TooMuch)) throw error
    return { answer: 'depends', because: ['What it holds is too large or too tangled to be judged.'] }
  }
}

function conclusion(value: Answer['value'], because: readonly string[]): string[] {
  if (value === 'yes') return ['So it can come to hold every right there.']
  return value === 'no' && !because.length ? ['No rule lets it come to hold more than it does.'] : []
}

function judged(access: Access, budget: Budget): Answer {
  const { root, mysteries, rules } = access.held
  if (root) return yes('The policy root allows everything (V01).')
  if (mysteries.length) return depends(...mysteries)
  const fresh = freshName(rules)
  const found = any(ADMINISTERING.map((one) => through(access, one, fresh, budget)))
  if (found.value !== 'no') return found
  const harmless = held(access, HARMLESS, fresh, budget)
  return harmless.value === 'no' ? no() : no(`${HARMLESS.gives} (${HARMLESS.id})`)
}

function through(access: Access, definition: Definition, fresh: string, budget: Budget): Answer {
  const { gives, open, id } = definition
  const { value, because } = held(access, definition, fresh, budget)
  if (value === 'no') return no()
  const words = [`${gives} (${id})`, ...because]
  return open === undefined ? { value, because: words } : depends(...words, open)
}

/** Whether the permissions of one definition are held, for any names. */
export const held = (access: Access, { ways }: Definition, fresh: string, budget: Budget): Answer =>
  any(
    ways.flatMap((needs) =>
      namesFor(access, needs, fresh, budget).map((names) =>
        all(needs.map((need) => allowed(access, need, names))),
      ),
    ),
  )

function allowed(access: Access, { path, capability, sudo }: Need, names: Record<string, string>): Answer {
  const asked = path.replace(/\{\w+\}/g, (name) => names[name] ?? name)
  const acts = any(capability.map((one) => access.can(asked, one)))
  return sudo ? all([acts, access.can(asked, 'sudo')]) : acts
}

/** All sets of names that are worth asking about, from every rule that is about one of the paths. */
function namesFor(access: Access, needs: readonly Need[], fresh: string, budget: Budget) {
  const sets = new Map<string, Record<string, string>>()
  if (needs.some(({ path }) => path.includes('{held}'))) {
    const own = access.held.names.filter((name) => !FIXED.has(name))
    return own.map((name) => ({ '{held}': name, '{name}': fresh }))
  }
  const { rules } = access.held
  const blank: Record<string, string> = { '{name}': fresh, '{mount}': fresh, '{user}': fresh }
  for (const { path } of needs)
    for (const [, names] of bindingsOf(path, rules, fresh, (steps) => budget.spend(steps))) {
      const full = { ...blank, ...names }
      sets.set(JSON.stringify(full), full)
    }
  return [...sets.values()]
}
