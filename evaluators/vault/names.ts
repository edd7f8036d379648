// Paths to ask about: names of which at least one is decided by each rule that can decide about any.
import type { Rule } from './rules'

/** Parts a name may have in paths where the server lets it hold slashes. */
const DEPTHS = [1, 2, 3]

/** A name that stands in no rule. */
export function freshName(rules: readonly Rule[]): string {
  for (let n = 0; ; n++) {
    const name = `zz${n}`
    if (!rules.some(({ pattern }) => pattern.includes(name))) return name
  }
}

/**
 * What can be put for the names in a path of the form `sys/policies/acl/{name}`, as far as rules tell names apart: for each
 * rule that can be about such a path the names that it spells out, with a name nobody uses where it leaves them open.
 */
export function bindingsOf(
  form: string,
  rules: readonly Rule[],
  fresh: string,
  spend: (steps: number) => void,
): Map<string, Record<string, string>> {
  const found = new Map<string, Record<string, string>>()
  const parts = form.split('/')
  const put = (binding: Record<string, string>): void => {
    found.set(JSON.stringify(binding), binding)
  }
  for (const depth of DEPTHS) put(bound(parts, [], fresh, depth))
  spend(rules.length)
  for (const { pattern, kind } of rules) {
    const text = pattern.endsWith('*') ? pattern.slice(0, -1) : pattern
    const open = kind === 'prefix' || pattern.endsWith('*')
    const given = text.split('/')
    if (!fits(parts, given, open)) continue
    if (!open) put(bound(parts, given, fresh, 0))
    else for (const depth of DEPTHS) put(bound(parts, given, fresh, depth))
  }
  return found
}

const isName = (part = ''): boolean => part.startsWith('{')

/** Whether a rule's parts can be about a path of the form; the last name may have more parts than one. */
function fits(parts: readonly string[], given: readonly string[], open: boolean): boolean {
  const endsInName = isName(parts.at(-1))
  if (given.length > parts.length && !endsInName) return false
  if (!open && given.length < parts.length) return false
  return given.every((part, at) => {
    const wanted = parts[at]
    if (wanted === undefined || isName(wanted) || part === '+') return true
    return open && at === given.length - 1 ? wanted.startsWith(part) : wanted === part
  })
}

function bound(parts: readonly string[], given: readonly string[], fresh: string, depth: number) {
  const binding: Record<string, string> = {}
  for (const [at, part] of parts.entries()) {
    if (!isName(part)) continue
    const last = at === parts.length - 1
    const spelled = (last ? given.slice(at) : given.slice(at, at + 1)).map((one) =>
      one === '+' ? fresh : one,
    )
    const isOpenEnd = depth > 0 && (given.length <= at + 1 || last)
    if (!isOpenEnd) binding[part] = spelled.join('/') || fresh
    else {
      const more = Array.from({ length: last ? depth : 1 }, () => fresh).join('/')
      const ended = given[at] === '+' && given.length === at + 1 && !last
      binding[part] = ended ? fresh : spelled.join('/') + more
    }
  }
  return binding
}
