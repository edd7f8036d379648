// Whether roles held in Azure allow an action at a place: any assignment may give it, and deny assignments win.
import type { Budget } from '../budget'
import { all, any, depends, no, not, yes, type Answer } from '../three-valued'
import { holds, type Request } from './abac/evaluate'
import { denies } from './denials'
import { activation, reaching, type Assignment, type Holding } from './holding'
import type { Plane, Way } from './roles'
import type { Tenant } from './tenant'
import { BUILT_IN, placeOf } from './words'

export type Asked = {
  plane: Plane
  /** Where; undefined where the resource is known to be somewhere, but not where. */
  target: string | undefined
  request: Request
}

const UNREAD: readonly Way[] = [{ sure: false }]
export const unreadRole = ({ role, words }: Assignment): string =>
  `What ${BUILT_IN.get(role) ?? `the role ${role}`} permits could not be read (${words}).`

/** Whether one assignment gives the action at the place. */
export function given(assignment: Assignment, { plane, target, request }: Asked, at: At): Answer {
  const { definition, scope, words, eligible, condition } = assignment
  const covers = at.tenant.scopes.covers(scope, target)
  if (covers.value === 'no') return no()
  const ways = definition ? definition.permissions.permits(plane, request.action) : UNREAD
  if (ways.length === 0) return no()
  const because = `${words} gives ${request.action}`
  const place = covers.value === 'yes' ? yes() : depends(covers.why ?? '')
  const permitted = any(
    ways.map((way) => {
      const sure = way.sure
        ? yes()
        : depends(definition ? `${words}: ${way.why ?? ''}` : unreadRole(assignment))
      return way.condition ? all([sure, holds(way.condition, request)]) : sure
    }),
  )
  const allowed = all([permitted, place, ...(condition ? [holds(condition, request)] : [])])
  if (allowed.value === 'no') return no(`${words} gives it under a condition that does not hold.`)
  if (allowed.value === 'yes')
    return eligible ? depends(`${because}, ${activation(at.holding.person, words)}.`) : yes(`${because}.`)
  return depends(
    `${because}, depending.`,
    ...allowed.because.filter((one) => one !== '').map((one) => (one.endsWith('.') ? one : `Only ${one}.`)),
  )
}

export type At = { tenant: Tenant; holding: Holding; budget: Budget }

/** What the roles give, before anything is denied. */
export function allowed(asked: Asked, at: At): Answer {
  const { mysteries } = at.holding
  const assignments = reaching(at.holding, asked.target)
  at.budget.spend(assignments.length + 1)
  const answers: Answer[] = []
  for (const assignment of assignments) {
    const answer = given(assignment, asked, at)
    if (answer.value === 'yes') return answer
    answers.push(answer)
  }
  for (const { about, words } of mysteries)
    if (about === 'arm' || about === 'any') answers.push(depends(`${words} It may allow this.`))
  const result = any(answers)
  return result.value === 'no' && result.because.length === 0
    ? no(`No role that it holds gives ${asked.request.action} at ${placeOf(asked.target ?? 'any place')}.`)
    : result
}

export function denied(asked: Asked, { tenant, holding, budget }: At): Answer {
  budget.spend(tenant.denials.length)
  return any(
    tenant.denials.map((denial, index) =>
      denies(denial, holding.denied[index] ?? no(), tenant.scopes, asked),
    ),
  )
}

/** What takes away in a way that is not known. */
export const limited = ({ mysteries }: Holding): Answer =>
  any(mysteries.filter(({ about }) => about === 'limit').map(({ words }) => depends(words)))

/** Whether it may do it at all, as far as what was seen goes. */
export function judged(asked: Asked, at: At): Answer {
  const first = allowed(asked, at)
  if (first.value === 'no') return first
  const taken = any([denied(asked, at), limited(at.holding)])
  if (taken.value === 'no') return first
  if (taken.value === 'yes') return no(...taken.because, ...first.because)
  return all([not(taken), first])
}
