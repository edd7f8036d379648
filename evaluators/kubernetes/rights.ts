// What somebody's grants add up to, for the permissions that escalations ask about: by scope, with the rule that gives each.
import { nameOf, type Own } from './cluster'
import { ruleInWords } from './can'
import type { Need } from './definition'
import { DEFINITIONS } from './escalations'
import { requestOf, type Request } from './question'
import { fitsResource, type Role, type Rule } from './rules'

export type Source = { own: Own; rule: Rule }
/** On any name, or on these only. */
export type Right = { any: Source | undefined; named: ReadonlyMap<string, Source> }
/** The right on each resource of a need, and all of them together. */
export type NeedRight = Right & { by: ReadonlyMap<string, Right> }

export const inWords = ({ own, rule }: Source): string =>
  `${nameOf(own)}, rule ${rule.at}: ${ruleInWords(rule)}${own.grant.place === undefined ? '' : `, in namespace ${own.grant.place}`}.`

type Atom = { verb: string; what: Request & { kind: 'resource' } }
const keyOf = (verb: string, resource: string): string => `${verb} ${resource}`
const ATOMS = new Map<string, Atom>()
for (const { asks } of DEFINITIONS)
  for (const { verbs, resources } of asks)
    for (const verb of verbs)
      for (const resource of resources) {
        const what = requestOf({ action: verb, resource })
        if (what.kind === 'resource') ATOMS.set(keyOf(verb, resource), { verb, what })
      }

type Found = { any: Rule | undefined; named: Map<string, Rule> }
const reaches = new WeakMap<Role, ReadonlyMap<string, Found>>()
/** Which of the permissions a role gives, worked out once. */
function reachOf(role: Role): ReadonlyMap<string, Found> {
  const known = reaches.get(role)
  if (known) return known
  const found = new Map<string, Found>()
  for (const rule of role.rules)
    for (const [key, { verb, what }] of ATOMS) {
      if (!rule.verbs.has(verb) && !rule.verbs.has('*')) continue
      if (!fitsResource(rule, what)) continue
      const at = found.get(key) ?? { any: undefined, named: new Map<string, Rule>() }
      found.set(key, at)
      if (!rule.names) at.any ??= rule
      else for (const name of rule.names) if (!at.named.has(name)) at.named.set(name, rule)
    }
  reaches.set(role, found)
  return found
}

type Atoms = Map<string, { any: Source | undefined; named: Map<string, Source> }>
function atomsOf(grants: Iterable<Own>): Atoms {
  const atoms: Atoms = new Map()
  for (const own of grants) {
    const { role, state } = own.grant
    if (state !== 'read' || !role) continue
    for (const [key, { any, named }] of reachOf(role)) {
      const at = atoms.get(key) ?? { any: undefined, named: new Map<string, Source>() }
      atoms.set(key, at)
      if (any) at.any ??= { own, rule: any }
      for (const [name, rule] of named) if (!at.named.has(name)) at.named.set(name, { own, rule })
    }
  }
  return atoms
}

const NOTHING: Right = { any: undefined, named: new Map() }

/** The rights of one subject. A place that is left out is the whole cluster. */
export class Rights {
  private readonly wide: Atoms
  private readonly inPlace = new Map<string, Atoms>()
  readonly grants: readonly Own[]

  constructor(grants: readonly Own[]) {
    this.grants = grants
    this.wide = atomsOf(grants.filter(({ grant }) => grant.place === undefined))
    const byPlace = new Map<string, Own[]>()
    for (const own of grants) {
      const { place } = own.grant
      if (place === undefined) continue
      const same = byPlace.get(place)
      if (same) same.push(own)
      else byPlace.set(place, [own])
    }
    for (const [place, some] of byPlace) {
      const atoms = atomsOf(some)
      if (atoms.size) this.inPlace.set(place, atoms)
    }
  }

  /** Namespaces in which it has more than in the whole cluster. */
  get places(): Iterable<string> {
    return this.inPlace.keys()
  }
  get isNothing(): boolean {
    return !this.wide.size && !this.inPlace.size
  }

  right(verb: string, resource: string, place?: string): Right {
    const key = keyOf(verb, resource)
    const wide = this.wide.get(key)
    const there = place === undefined ? undefined : this.inPlace.get(place)?.get(key)
    if (!there) return wide ?? NOTHING
    if (!wide) return there
    return { any: wide.any ?? there.any, named: new Map([...there.named, ...wide.named]) }
  }

  /** Undefined where the need is not met. */
  met({ verbs, resources, nameless, wide, names }: Need, place: string | undefined): NeedRight | undefined {
    const by = new Map<string, Right>()
    for (const resource of resources)
      for (const verb of verbs) {
        const right = this.right(verb, resource, wide ? undefined : place)
        const kept = names ? only(right, names) : nameless ? { ...right, named: NOTHING.named } : right
        if (kept.any || kept.named.size) by.set(resource, joined(by.get(resource), kept))
      }
    if (!by.size) return undefined
    let all: Right = NOTHING
    for (const right of by.values()) all = joined(all, right)
    return { ...all, by }
  }
}

const only = ({ any, named }: Right, names: readonly string[]): Right => ({
  any,
  named: new Map([...named].filter(([name]) => names.includes(name))),
})
function joined(first: Right | undefined, second: Right): Right {
  if (!first || (!first.any && !first.named.size)) return second
  return {
    any: first.any ?? second.any,
    named: first.named.size ? new Map([...second.named, ...first.named]) : second.named,
  }
}

/** Both rights on the same name: any where both are, else the names they share. */
export function same(first: Right, second: Right): Right {
  const named = new Map<string, Source>()
  for (const [name, source] of first.named) if (second.any || second.named.has(name)) named.set(name, source)
  if (first.any) for (const [name, source] of second.named) named.set(name, source)
  return { any: first.any && second.any ? first.any : undefined, named }
}
export const holds = ({ any, named }: Right, name: string): Source | undefined => any ?? named.get(name)
