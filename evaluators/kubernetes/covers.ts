// Whether rules give all that a role gives: the check by which the API server keeps anybody from handing on more than it holds.
import type { Own } from './cluster'
import { fitsResource, rulesFor, type Role, type Rule } from './rules'

/** Single permissions that one role may consist of; with more it is not worked out. */
const SINGLE_MAX = 20_000

/**
 * `Covers` of kubernetes/component-helpers auth/rbac/validation: each single verb, group, resource and name has to be in one
 * rule of what is held. Undefined where that is not known.
 */
export function covers(held: readonly Own[], role: Role): boolean | undefined {
  if (role.mysteries.length || held.some(({ grant }) => grant.state === 'unread')) return undefined
  let spent = 0
  for (const rule of role.rules)
    for (const verb of rule.verbs) {
      for (const group of rule.groups)
        for (const resource of rule.resources) {
          spent += held.length + 1
          if (spent > SINGLE_MAX) return undefined
          if (!held.some((own) => gives(own, verb, group, resource, rule.names))) return false
        }
      for (const url of rule.urls) {
        spent += held.length + 1
        if (spent > SINGLE_MAX) return undefined
        if (!held.some((own) => givesUrl(own, verb, url))) return false
      }
    }
  return true
}

function gives(own: Own, verb: string, group: string, type: string, names: Rule['names']): boolean {
  const at = type.indexOf('/')
  const [resource, subresource] = at < 0 ? [type, ''] : [type.slice(0, at), type.slice(at + 1)]
  return some(own, verb, (rule) => {
    if (!fitsResource(rule, { group, resource, subresource })) return false
    return !rule.names || (names !== undefined && [...names].every((name) => rule.names?.has(name)))
  })
}
const givesUrl = (own: Own, verb: string, url: string): boolean =>
  own.grant.place === undefined &&
  some(own, verb, ({ urls }) =>
    urls.some(
      (one) => one === '*' || one === url || (one.endsWith('*') && url.startsWith(one.replace(/\*+$/, ''))),
    ),
  )

function some({ grant: { role, state } }: Own, verb: string, test: (rule: Rule) => boolean): boolean {
  if (state !== 'read' || !role) return false
  for (const rule of rulesFor(role, verb)) if (test(rule)) return true
  return false
}
