// A trust domain, compiled once: its entries, what each asks for, and which node goes by which name.
import type { Principal, Realm, RealmPart, TrustStatement } from '@/core/access'

export const LANGUAGE = 'spire-entry'
export type Right = 'admin' | 'downstream'
export type Entry = {
  /** The statement about it. */
  trust: string
  identity: string
  parent: string
  selectors: ReadonlySet<string>
  federates: readonly string[]
  /** The instant after which the server removes it. */
  until: string | undefined
}
const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []

/** @returns undefined where it is in no form that is known */
export function readEntry(identity: string, { id, conditions = {} }: TrustStatement): Entry | undefined {
  const { parent, selectors, federates_with: federates, expires_at: until } = conditions
  const all = texts(selectors)
  if (typeof parent !== 'string' || !all.length || !Array.isArray(selectors)) return undefined
  if (all.length !== selectors.length) return undefined
  return {
    trust: id,
    identity,
    parent,
    selectors: new Set(all),
    federates: texts(federates),
    until: typeof until === 'string' ? until : undefined,
  }
}

export class Domain {
  readonly principals = new Map<string, Principal>()
  readonly entries = new Map<string, Entry[]>()
  /** Identities with a statement that is in no form that is known. */
  readonly unread = new Set<string>()
  readonly below = new Map<string, Entry[]>()
  readonly aliases: string[] = []
  readonly agents: string[] = []
  private readonly bySelector: ReadonlyMap<string, readonly Entry[]>

  constructor(readonly realm: Realm) {
    for (const principal of realm.principals) this.add(principal)
    this.bySelector = rarestFirst([...this.entries.values()].flat())
  }

  private add(principal: Principal): void {
    const { id, type, trusts } = principal
    this.principals.set(id, principal)
    if (type === 'spire.node-alias') this.aliases.push(id)
    if (type === 'spire.agent') this.agents.push(id)
    for (const trust of trusts) {
      const entry = trust.effect === 'allow' ? readEntry(id, trust) : undefined
      if (!entry) {
        this.unread.add(id)
        continue
      }
      push(this.entries, id, entry)
      push(this.below, entry.parent, entry)
    }
  }

  /** The server itself, by the name that entries of nodes have for it. */
  get server(): string {
    return `${this.realm.id}/spire/server`
  }
  isAlias = (id: string): boolean => this.principals.get(id)?.type === 'spire.node-alias'
  isAgent = (id: string): boolean => this.principals.get(id)?.type === 'spire.agent'
  entriesOf = (id: string): readonly Entry[] => this.entries.get(id) ?? []

  unseen(...parts: RealmPart[]): string[] {
    return this.realm.unseen.filter(({ part }) => parts.includes(part)).map(({ words }) => words)
  }

  /** What the node of an agent was found to be; undefined where that is not known. */
  foundOf(agent: string): ReadonlySet<string> | undefined {
    const { type, tags } = this.principals.get(agent) ?? {}
    if (type !== 'spire.agent' || !tags) return undefined
    return new Set([`spiffe_id:${agent}`, ...(tags['selectors']?.split('\n') ?? [])])
  }

  /** Entries whose selectors are all among these. */
  *fitting(selectors: ReadonlySet<string>): Generator<Entry> {
    for (const selector of selectors)
      for (const entry of this.bySelector.get(selector) ?? [])
        if (isWithin(entry.selectors, selectors)) yield entry
  }
}

export const isWithin = (some: ReadonlySet<string>, all: ReadonlySet<string>): boolean =>
  some.size <= all.size && [...some].every((one) => all.has(one))

/** Each entry once, by the selector that fewest others have: whoever looks for what fits meets few in vain. */
function rarestFirst(entries: readonly Entry[]): Map<string, Entry[]> {
  const counts = new Map<string, number>()
  for (const { selectors } of entries)
    for (const one of selectors) counts.set(one, (counts.get(one) ?? 0) + 1)
  const found = new Map<string, Entry[]>()
  for (const entry of entries) {
    const [rarest = ''] = [...entry.selectors].sort((a, b) => (counts.get(a) ?? 0) - (counts.get(b) ?? 0))
    push(found, rarest, entry)
  }
  return found
}

export function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const same = map.get(key)
  if (same) same.push(value)
  else map.set(key, [value])
}
