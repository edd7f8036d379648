// All that one principal holds, sorted by what it is about. Principals that hold the same share it.
import type { Principal } from '@/core/access'
import type { Answer } from '../three-valued'
import { speaksOf } from './denials'
import type { AppRole, Assigned, Delegated, DirectoryRole, Mystery, VaultPolicy } from './documents'
import type { Role } from './roles'
import type { Tenant } from './tenant'

export type Assignment = Assigned & { role: string; definition: Role | undefined; via: string }
export type Holding = {
  /** The same for principals of which the same can be said. */
  key: string
  /** Set where what is held is under a condition that names the holder. */
  id: string
  /** Whether activating a role takes a person: applications and managed identities cannot. */
  person: boolean
  assignments: readonly Assignment[]
  /** Assignments by their scope, and those above subscriptions. */
  byScope: ReadonlyMap<string, readonly Assignment[]>
  wide: readonly Assignment[]
  appRoles: readonly AppRole[]
  delegated: readonly Delegated[]
  directoryRoles: readonly DirectoryRole[]
  policies: readonly VaultPolicy[]
  mysteries: readonly Mystery[]
  /** Of each deny assignment of the tenant, whether it speaks of this principal. */
  denied: readonly Answer[]
}

/** Groups are flattened: only the words of a grant still name the group. */
const GROUP = /^group group ([0-9a-f-]{36}),/i
const viaWords = (via: string): string =>
  /^group /i.test(via) ? `, through ${via.replace(/^group /i, '')}` : ''

/** "Eligible role assignments … you can't create for applications, service principals, or managed identities". */
export const activation = (person: boolean, words: string): string =>
  person
    ? `if it activates its eligibility for ${words}, which may need approval and is not known here`
    : `if it activates its eligibility for ${words}: Microsoft says that applications and managed identities cannot`

function byPlace(assignments: readonly Assignment[]): Pick<Holding, 'byScope' | 'wide'> {
  const byScope = new Map<string, Assignment[]>()
  const wide: Assignment[] = []
  for (const one of assignments) {
    if (!one.scope.startsWith('/subscriptions/')) {
      wide.push(one)
      continue
    }
    const same = byScope.get(one.scope)
    if (same) same.push(one)
    else byScope.set(one.scope, [one])
  }
  return { byScope, wide }
}

/** Assignments that may reach a place: at it, above it, or, where it is not known, all of them. */
export function reaching(
  { assignments, byScope, wide }: Holding,
  target: string | undefined,
): readonly Assignment[] {
  if (target === undefined) return assignments
  const found = [...wide]
  for (let end = target.indexOf('/', 1); end >= 0; end = target.indexOf('/', end + 1))
    found.push(...(byScope.get(target.slice(0, end)) ?? []))
  return [...found, ...(byScope.get(target) ?? [])]
}

export class Holdings {
  private readonly shared = new Map<string, Holding>()

  constructor(private readonly tenant: Tenant) {}

  of(principal: Principal): Holding {
    const { tenant } = this
    const groups = new Set<string>()
    for (const { via } of principal.held) {
      const group = GROUP.exec(via)?.[1]
      if (group !== undefined) groups.add(group.toLowerCase())
    }
    const id = principal.id.toLowerCase()
    const naming = {
      id,
      groups,
      isAnother: (other: string) => other !== id && tenant.principals.has(other),
    }
    const denied = tenant.denials.map((denial) => speaksOf(denial, naming))
    const person = principal.class === 'human'
    const items = principal.held.map((held) => ({ item: tenant.item(held), held }))
    const named = items.some(
      ({ item }) => item.kind === 'assigned' && /principalid/i.test(item.condition?.text ?? ''),
    )
    const parts = items.map(({ held }) => `${held.effect} ${held.id} ${held.via} ${held.document ? '' : '?'}`)
    const key = [...new Set(parts), person, named ? id : '', denied.map(({ value }) => value)]
      .sort()
      .join('\n')
    const found = this.shared.get(key)
    // Two documents of one id are no case to be fast in.
    if (found && this.isSame(found, items)) return found
    const holding = this.make({ key: found ? `${key}\n${id}` : key, id, person, denied }, items)
    if (!found) this.shared.set(key, holding)
    return holding
  }

  private readonly made = new WeakMap<Holding, Set<unknown>>()

  private isSame(holding: Holding, items: readonly { item: unknown }[]): boolean {
    const known = this.made.get(holding)
    return (
      known?.size === new Set(items.map(({ item }) => item)).size &&
      items.every(({ item }) => known.has(item))
    )
  }

  private make(
    base: Pick<Holding, 'key' | 'id' | 'person' | 'denied'>,
    items: readonly { item: ReturnType<Tenant['item']>; held: Principal['held'][number] }[],
  ): Holding {
    const seen = new Map<unknown, Set<string>>()
    const assignments: Assignment[] = []
    const sorted = {
      appRoles: [] as AppRole[],
      delegated: [] as Delegated[],
      directoryRoles: [] as DirectoryRole[],
      policies: [] as VaultPolicy[],
      mysteries: [] as Mystery[],
    }
    for (const { item, held } of items) {
      const ways = seen.get(item) ?? new Set()
      if (ways.has(held.via)) continue
      seen.set(item, ways.add(held.via))
      const words = 'words' in item ? `${item.words}${viaWords(held.via)}` : ''
      if (item.kind === 'assigned')
        assignments.push({ ...item, words, via: held.via, definition: this.tenant.roles.get(item.role) })
      else if (item.kind === 'app-role') sorted.appRoles.push({ ...item, words })
      else if (item.kind === 'delegated') sorted.delegated.push({ ...item, words })
      else if (item.kind === 'directory-role') sorted.directoryRoles.push({ ...item, words })
      else if (item.kind === 'vault-policy') sorted.policies.push({ ...item, words })
      else if (item.kind === 'mystery') sorted.mysteries.push(item)
    }
    const holding = { ...base, assignments, ...byPlace(assignments), ...sorted }
    this.made.set(holding, new Set(items.map(({ item }) => item)))
    return holding
  }
}
