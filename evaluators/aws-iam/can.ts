// Whether what is held allows one action on one class of resources: explicit denies first, then allows, then every limit.
import { all, any, depends, no, not, yes, type Answer } from '../three-valued'
import type { Budget } from '../budget'
import { covers } from './glob'
import type { NameClass } from './names'
import type { Held, Settled } from './settled'

/** A role, user, group or policy, or the class of those that no statement tells apart. */
export type Resource = NameClass

type Side = 'Allow' | 'Deny'
/** Statements of one side that speak of one action: those found by a pattern, and those that name exceptions. */
type Indexed = { byGlob: ReadonlyMap<string, readonly Settled[]>; except: readonly Settled[] }

/** What is held, ready to be asked about actions of the kind `A`. */
export class Access<A extends string = string> {
  private readonly indexes = new Map<string, Indexed>()

  constructor(
    readonly held: Held,
    private readonly budget: Budget,
  ) {}

  /** Whether the action is allowed on this resource. */
  can(action: A, resource: Resource): Answer {
    const { own, limits } = this.held
    return all([
      not(this.denied(action, resource)),
      this.applies('own', own, 'Allow', action, resource),
      ...limits.map(({ name, statements }, at) => {
        const within = this.applies(`limit ${at}`, statements, 'Allow', action, resource)
        return within.value === 'no' ? no(`${name} caps it and does not allow ${action}.`) : within
      }),
    ])
  }

  /** Whether a statement denies the action outright, whatever allows it. */
  denied(action: A, resource: Resource): Answer {
    const { own, limits } = this.held
    return any([
      this.applies('own', own, 'Deny', action, resource),
      ...limits.map(({ statements }, at) =>
        this.applies(`limit ${at}`, statements, 'Deny', action, resource),
      ),
    ])
  }

  private applies(
    layer: string,
    statements: readonly Settled[],
    side: Side,
    action: string,
    resource: Resource,
  ): Answer {
    const { byGlob, except } = this.index(`${layer} ${side} ${action}`, statements, side, action)
    const answers: Answer[] = []
    for (const glob of resource.matched) {
      for (const statement of byGlob.get(glob) ?? []) {
        this.budget.spend(1)
        const answer = applied(statement, resource)
        if (answer.value === 'yes') return answer
        answers.push(answer)
      }
    }
    for (const statement of except) {
      this.budget.spend(statement.resources.patterns.length)
      answers.push(applied(statement, resource))
    }
    return any(answers)
  }

  private index(key: string, statements: readonly Settled[], side: Side, action: string): Indexed {
    const found = this.indexes.get(key)
    if (found) return found
    const byGlob = new Map<string, Settled[]>()
    const except: Settled[] = []
    for (const statement of statements) {
      if (!speaksOf(statement, side, action)) continue
      if (statement.resources.except) except.push(statement)
      else
        for (const { glob } of statement.resources.patterns) {
          const others = byGlob.get(glob)
          if (others) others.push(statement)
          else byGlob.set(glob, [statement])
        }
    }
    const indexed = { byGlob, except }
    this.indexes.set(key, indexed)
    return indexed
  }
}

/** Whether a statement is of this side, or of one not known, and names the action. */
export function speaksOf({ effect, actions }: Settled, side: Side, action: string): boolean {
  if (effect !== 'either' && effect !== side) return false
  const wanted = action.toLowerCase()
  return actions.patterns.some((pattern) => covers(pattern, wanted)) !== actions.except
}

/** Whether a statement that names the action applies to this resource. */
function applied({ resources, open, words }: Settled, { matched }: Resource): Answer {
  const hits = resources.patterns.filter(({ glob }) => matched.has(glob))
  const surely = hits.some(({ exact }) => exact)
  if (resources.except ? surely : !hits.length) return no()
  const certain = resources.except ? !hits.length : surely
  const because = words ? [words] : []
  return certain && !open ? yes(...because) : depends(...because)
}
