// A tenant, compiled once: roles by id, denials, which vaults decide by access policies, what runs where.
import type { Principal, Realm, Ruling, Runner } from '@/core/access'
import { AZURE_RBAC, isRecord, readHeld, type Item } from './documents'
import { denialsIn, type Denial } from './denials'
import { Planes } from './planes'
import { FIXED, roleOf, type Role } from './roles'
import { resourceTypeOf, scopeOf, Scopes } from './scopes'
import { lastPart } from './words'

export class Tenant {
  readonly id: string
  readonly scopes: Scopes
  readonly roles = new Map<string, Role>()
  readonly denials: readonly Denial[]
  readonly planes: Planes
  readonly principals = new Map<string, Principal>()
  /** Vaults of which an access policy was seen: these decide by access policies alone. */
  readonly policyVaults = new Set<string>()
  /** Vaults of which it is told whether roles decide there. */
  readonly roleVaults = new Map<string, boolean>()
  /** Key vaults that anything names, by the name of the vault, which no other vault has. */
  readonly vaults = new Map<string, string>()
  readonly runnersOf = new Map<string, Runner[]>()
  readonly clusters: readonly string[]
  private readonly items = new Map<string, { document: unknown; item: Item }[]>()
  private readonly words = new Map<string, readonly string[]>()

  /** @param control actions that are known to be about resources */
  constructor(
    readonly realm: Realm,
    control: Iterable<string>,
  ) {
    this.id = realm.id.toLowerCase()
    this.scopes = new Scopes(this.id, parentsIn(realm.rulings))
    for (const role of FIXED) this.roles.set(role.id, role)
    for (const ruling of realm.rulings) {
      if (ruling.language !== AZURE_RBAC) continue
      const role = roleOf(ruling)
      if (role) for (const id of [ruling.id, ...ruling.aliases]) this.roles.set(lastPart(id), role)
    }
    this.denials = denialsIn(realm.rulings)
    this.planes = new Planes(
      [...this.roles.values()].map(({ permissions }) => permissions),
      control,
    )
    for (const one of realm.principals) this.principals.set(one.id.toLowerCase(), one)
    for (const one of [...realm.principals, ...realm.elsewhere])
      for (const held of one.held) this.learn(this.item(held))
    for (const ruling of realm.rulings) this.learnVault(ruling)
    for (const ruling of realm.rulings) this.learn(readHeld({ ...ruling, effect: 'allow' }))
    for (const runner of realm.runners) this.addRunner(runner)
    this.clusters = this.clustersOf()
  }

  /** What a document says; each is read once, however many hold it. */
  item(held: Principal['held'][number]): Item {
    const key = `${held.effect} ${held.language} ${held.id}`
    const same = this.items.get(key) ?? []
    const found = same.find(({ document }) => document === held.document)
    if (found) return found.item
    const item = readHeld(held)
    this.items.set(key, [...same, { document: held.document, item }])
    return item
  }

  /** What was not seen whole of a part, in words. */
  unseen(...parts: readonly Realm['unseen'][number]['part'][]): readonly string[] {
    const key = parts.join(' ')
    const found = this.words.get(key)
    if (found) return found
    const words = [
      ...new Set(this.realm.unseen.filter(({ part }) => parts.includes(part)).map((one) => one.words)),
    ]
    this.words.set(key, words)
    return words
  }

  private learnVault({ type, document }: Ruling): void {
    const id = type === 'azure.key-vault' ? document?.['id'] : undefined
    const vault = typeof id === 'string' ? scopeOf(id) : undefined
    const byRoles = document?.['rbac']
    if (vault === undefined || typeof byRoles !== 'boolean') return
    this.vaults.set(lastPart(vault), vault)
    this.roleVaults.set(vault, byRoles)
    if (!byRoles) this.policyVaults.add(vault)
  }

  private learn(item: Item): void {
    if (item.kind === 'vault-policy') this.policyVaults.add(item.vault)
    const path = item.kind === 'vault-policy' ? item.vault : item.kind === 'assigned' ? item.scope : ''
    const [vault, name] = /^.*\/providers\/microsoft\.keyvault\/vaults\/([^/]+)/.exec(path) ?? []
    if (vault !== undefined && name !== undefined) this.vaults.set(name, vault)
  }

  private addRunner(runner: Runner): void {
    const type = resourceTypeOf(runner.id)
    if (type === undefined) return
    const same = this.runnersOf.get(type)
    if (same) same.push(runner)
    else this.runnersOf.set(type, [runner])
  }

  /** Clusters by their issuers and by what runs as an identity. */
  private clustersOf(): string[] {
    const issuers = this.realm.things
      .filter(({ type }) => type === 'azure.aks-issuer')
      .map(({ id }) => scopeOf(id.replace(/^aks-issuer\//, '')))
    const running = (this.runnersOf.get('microsoft.containerservice/managedclusters') ?? []).map(({ id }) =>
      scopeOf(id),
    )
    return [...new Set([...issuers, ...running].filter((one) => one !== undefined))].sort()
  }
}

/** Of each management group and subscription the group that it lies in, as rulings of type `azure.management-groups` tell it. */
function parentsIn(rulings: readonly Ruling[]): ReadonlyMap<string, string> {
  const parents = new Map<string, string>()
  for (const { type, document } of rulings) {
    const told = type === 'azure.management-groups' ? document?.['parents'] : undefined
    for (const [child, parent] of Object.entries(isRecord(told) ? told : {})) {
      const [below, above] = [scopeOf(child), typeof parent === 'string' ? scopeOf(parent) : undefined]
      if (below !== undefined && above !== undefined) parents.set(below, above)
    }
  }
  return parents
}
