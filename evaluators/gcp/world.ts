// A realm, read once: roles, hierarchy, service accounts, what restricts, and what each principal holds in all.
import type { Held, Principal, Realm, RealmPart } from '@/core/access'
import { all, any, depends, no, not, yes, type Answer } from '../three-valued'
import { Boundaries, type Bounding } from './boundaries'
import { gives, isMystery, readHeld, type Binding, type Compiled, type Mystery } from './bindings'
import type { Asked } from './conditions'
import { Hierarchy } from './hierarchy'
import { means, poolOf, whoIs, type Pool, type Who } from './members'
import { shortOf } from './permissions'
import { Denials, type Denying } from './restrictions'
import { Roles } from './roles'
import { Targets, type Target } from './targets'
import { unseen } from './words'

/**
 * A binding, and whether the principal holds it: what everybody holds, or a whole pool, it holds as well. `common`: it holds it
 * only as everybody does.
 */
export type Hold = { binding: Binding; held: Answer; common: boolean }
/** What principals that hold the same, and are restricted in the same way, have in common. */
export type Holding = {
  holds: readonly Hold[]
  mysteries: readonly Mystery[]
  denials: readonly Denying[]
  bounds: readonly Bounding[]
}

type Share = { answer: Answer; common: boolean }

export class World {
  readonly hierarchy: Hierarchy
  readonly targets: Targets
  readonly roles: Roles
  readonly denials: Denials
  readonly boundaries: Boundaries
  private readonly principals = new Map<string, Principal>()
  private readonly compiled = new Map<string, Compiled>()
  private readonly holdings = new Map<string, Holding>()
  private readonly holdingOf = new Map<string, Holding>()
  private readonly whos = new Map<string, Who>()
  /** Principals that stand for everybody: whoever is meant by one holds what it holds. */
  private readonly everybody: readonly Principal[]
  /** All that come in through pools. */
  readonly federated: { principal: Principal; pool: Pool }[] = []
  /** Those that stand for a pool or for part of one, by the pool; single subjects by their name in it too. */
  private readonly pooled = new Map<string, Principal[]>()

  constructor(readonly realm: Realm) {
    this.hierarchy = new Hierarchy(realm)
    this.roles = new Roles(realm.rulings)
    this.targets = new Targets(realm, this.hierarchy)
    this.denials = new Denials(realm.rulings, this.hierarchy, this.roles)
    this.boundaries = new Boundaries(realm.rulings, this.hierarchy)
    for (const principal of realm.principals) this.principals.set(principal.id, principal)
    for (const principal of realm.principals)
      for (const alias of principal.aliases)
        if (!this.principals.has(alias)) this.principals.set(alias, principal)
    this.everybody = realm.principals.filter(({ id }) => id === 'allUsers' || id === 'allAuthenticatedUsers')
    for (const principal of realm.principals) this.keep(principal)
  }

  private keep(principal: Principal): void {
    const pool = poolOf(principal.id)
    if (!pool) return
    this.federated.push({ principal, pool })
    const key = pool.rest.startsWith('subject/') ? `${pool.pool} ${pool.rest}` : pool.pool
    const same = this.pooled.get(key)
    if (same) same.push(principal)
    else this.pooled.set(key, [principal])
  }

  find(name: string): Principal | undefined {
    return this.principals.get(name)
  }

  who(principal: Principal): Who {
    const found = this.whos.get(principal.id)
    if (found) return found
    const who = whoIs([principal.id, ...principal.aliases, principal.name], principal.held, this.hierarchy)
    this.whos.set(principal.id, who)
    return who
  }

  holding(principal: Principal): Holding {
    const found = this.holdingOf.get(principal.id)
    if (found) return found
    const who = this.who(principal)
    const held = new Map<Compiled, Share>()
    for (const one of principal.held) held.set(this.read(one), { answer: yes(), common: false })
    const { pool } = who
    const sets = pool
      ? [pool.pool, `${pool.pool} ${pool.rest}`].flatMap((key) => this.pooled.get(key) ?? [])
      : []
    for (const set of sets) this.join(held, set, principal, who, false)
    for (const set of this.everybody) this.join(held, set, principal, who, true)
    const sorted = [...held].sort(([a], [b]) => a.index - b.index)
    const denials = this.denials.about(who)
    const bounds = this.boundaries.about(who)
    const shares = sorted.map(
      ([{ index }, { answer, common }]) => `${index}${answer.value}${common ? '*' : ''}`,
    )
    // What is open about one principal is said of that one alone.
    const own = sorted.some(([, { answer }]) => answer.value !== 'yes') ? principal.id : ''
    const key = [shares.join(), denials.key, bounds.key, own].join('|')
    const holding = this.holdings.get(key) ?? {
      holds: sorted.flatMap(([binding, { answer, common }]) =>
        isMystery(binding) ? [] : [{ binding, held: answer, common }],
      ),
      mysteries: sorted.flatMap(([one]) => (isMystery(one) ? [one] : [])),
      denials: denials.rules,
      bounds: bounds.bounds,
    }
    this.holdings.set(key, holding)
    this.holdingOf.set(principal.id, holding)
    return holding
  }

  /** What a set holds, whoever is in it holds too. */
  private join(
    held: Map<Compiled, Share>,
    set: Principal,
    principal: Principal,
    who: Who,
    common: boolean,
  ): void {
    if (set === principal || !set.held.length) return
    const meant = means(set.id, who, this.hierarchy)
    if (meant.value === 'no') return
    for (const one of set.held) {
      const read = this.read(one)
      if (held.get(read)?.answer.value !== 'yes') held.set(read, { answer: meant, common })
    }
  }

  private read(held: Held): Compiled {
    const key = `${held.language} ${held.effect} ${held.document === undefined ? '?' : ''}${held.id}`
    const found = this.compiled.get(key)
    if (found) return found
    const read = readHeld(held, this.compiled.size, this.roles, this.targets)
    this.compiled.set(key, read)
    return read
  }

  /** What of a part was not seen, in words. */
  unseen(...parts: readonly RealmPart[]): string[] {
    return this.realm.unseen.filter(({ part }) => parts.includes(part)).map(({ words }) => unseen(words))
  }

  /** Whether the permission is held on the target by what was read, before anything that was not seen. */
  judged(holding: Holding, permission: string, target: Target, asked: Asked): Answer {
    const { holds, mysteries } = holding
    const allowed = any([
      ...holds.map(({ binding, held }) => {
        const given = gives(binding, permission, target, this.targets, asked)
        return given.value === 'no' || held.value === 'yes' ? given : all([held, given])
      }),
      ...mysteries.map(({ mystery, limits }) => (limits ? no() : depends(mystery))),
    ])
    if (allowed.value === 'no')
      return no(`Nothing that it holds gives ${shortOf(permission)} there.`, ...allowed.because)
    return all([not(this.restricted(holding, permission, target, asked)), allowed])
  }

  /** Whether a deny policy takes the permission away there: whatever else is granted, it does. */
  denied({ denials }: Holding, permission: string, target: Target, asked: Asked): Answer {
    return this.denials.denied(denials, permission, (node) => this.targets.under(target, node), asked)
  }

  /** Whether a deny policy or a boundary takes the permission away there, by what was read. */
  restricted(
    { denials, bounds, mysteries }: Holding,
    permission: string,
    target: Target,
    asked: Asked,
  ): Answer {
    if (!denials.length && !bounds.length && !mysteries.some(({ limits }) => limits)) return no()
    const covers = (node: string): Answer => this.targets.under(target, node)
    return any([
      this.denials.denied(denials, permission, covers, asked),
      this.boundaries.blocked(bounds, permission, covers),
      ...mysteries.map(({ mystery, limits }) => (limits ? depends(mystery) : no())),
    ])
  }

  asked(target: Target, context?: Asked['context']): Asked {
    return { resource: target.attributes, project: this.targets.projectNames(target), context }
  }
}
