// Asks once for all places that are alike to a holder: between which no role that it holds and no denial begins.
import type { Answer } from '../three-valued'
import { judged, type Asked, type At } from './arm'
import type { Spot } from './places'
import { forced } from './planes'

const NO_ATTRIBUTES: Asked['request']['attributes'] = new Map()

/** What a table asks for: on the control plane unless it says another. */
export const need = (text: string): Pick<Asked, 'plane'> & { action: string } => {
  const { action, plane = 'control' } = forced(text)
  return { action, plane }
}
export function askedOf(text: string, target: string | undefined): Asked {
  const { action, plane } = need(text)
  return { plane, target, request: { action, resource: target, attributes: NO_ATTRIBUTES } }
}
export const may = (text: string, target: string | undefined, at: At): Answer =>
  judged(askedOf(text, target), at)

/**
 * Scopes at which something begins that can make a difference to the needs; undefined where a condition can: it may ask for
 * the name of the resource itself.
 */
function marksOf(needs: readonly string[], { holding, tenant }: At): ReadonlySet<string> | undefined {
  const marks = new Set<string>()
  for (const text of needs) {
    const { action, plane } = need(text)
    for (const { definition, condition, scope } of holding.assignments) {
      const ways = definition?.permissions.permits(plane, action)
      if (ways?.length === 0) continue
      if (condition || ways?.some((way) => way.condition)) return undefined
      marks.add(scope)
    }
    for (const [index, { permissions, scope }] of tenant.denials.entries()) {
      if (holding.denied[index]?.value === 'no') continue
      const ways = permissions.permits(plane, action)
      if (ways.some((way) => way.condition)) return undefined
      if (ways.length && scope !== undefined) marks.add(scope)
    }
  }
  return marks
}

/**
 * By place, what `ask` answers: it is asked once for all that are alike.
 * @param apart further scopes that tell apart what lies in one of them from what lies in another
 */
export function alike<T>(
  needs: readonly string[],
  at: At,
  ask: (place: string) => T,
  apart?: ReadonlySet<string>,
): (spot: Spot) => T {
  const marks = marksOf(needs, at)
  if (!marks) return ({ place }) => ask(place)
  const here = new Map<string, T>()
  const below = new Map<string, T>()
  return ({ place, above }) => {
    // The last of them is the subscription: which management group it is in decides as well.
    const end = above.find((one) => marks.has(one) || apart?.has(one)) ?? above.at(-1)
    if (end === undefined) return ask(place)
    // A denial may be about a scope and nothing below it.
    const known = end === place ? here : below
    const found = known.get(end)
    if (found !== undefined) return found
    const made = ask(place)
    known.set(end, made)
    return made
  }
}
