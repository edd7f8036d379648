// What a role permits on the control plane: whether it gives an action, and what of it changes something.
import type { RoleDefinition } from './shapes-arm'

type Permission = Pick<RoleDefinition['properties']['permissions'][number], 'actions' | 'notActions'>
export type RoleActions = {
  /** @param action in lower case */
  gives: (action: string) => boolean
  /** Patterns of writes, deletes and actions, sorted. Reads are in none of them. */
  changing: readonly string[]
}

const VERBS = ['write', 'delete', 'action'] as const

/** A star stands for any characters, slashes too ("Understand Azure role definitions"). Linear for each part between stars. */
export function fitting(pattern: string): (text: string) => boolean {
  const [head = '', ...rest] = pattern.toLowerCase().split('*')
  const tail = rest.pop()
  if (tail === undefined) return (text) => text === head
  return (text) => {
    if (text.length < head.length + tail.length || !text.startsWith(head) || !text.endsWith(tail))
      return false
    let at = head.length
    for (const part of rest) {
      const found = text.indexOf(part, at)
      if (found < 0 || found + part.length > text.length - tail.length) return false
      at = found + part.length
    }
    return true
  }
}
const anyFitting = (patterns: readonly string[]): ((text: string) => boolean) => {
  const all = patterns.map(fitting)
  return (text) => all.some((fits) => fits(text))
}

/** Patterns that end with something else than a verb or a whole part that is a star are left out: too little is told then. */
function changesOf(pattern: string): string[] {
  if (/\/(write|delete|action)$/i.test(pattern)) return [pattern]
  if (/^[*](\/[*])*$/.test(pattern)) return VERBS.map((verb) => `*/${verb}`)
  if (!pattern.endsWith('/*')) return []
  const type = pattern.slice(0, -2)
  const own = type.includes('/') ? [`${type}/write`, `${type}/delete`] : []
  return [...own, ...VERBS.map((verb) => `${type}/*/${verb}`)]
}

export function roleActions(permissions: readonly Permission[]): RoleActions {
  const entries = permissions.map(({ actions, notActions }) => ({
    given: anyFitting(actions),
    taken: anyFitting(notActions),
    changing: actions.flatMap(changesOf),
  }))
  return {
    gives: (action) => entries.some(({ given, taken }) => given(action) && !taken(action)),
    // A pattern that another one takes away as a whole is not given.
    changing: [
      ...new Set(
        entries.flatMap(({ changing, taken }) => changing.filter((one) => !taken(one.toLowerCase()))),
      ),
    ].sort(),
  }
}
