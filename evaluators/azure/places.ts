// What lies where in a tenant, ready to be looked up by scope: runners, identities and secrets.
import type { Principal, StepTarget } from '@/core/access'
import { scopeOf } from './scopes'
import type { Tenant } from './tenant'

/** A place, with all that it lies in up to its subscription, beginning with itself; nothing for one in no subscription. */
export type Spot = { place: string; above: readonly string[] }
export type Placed = Spot & { to: StepTarget }
type Lost = { name: string; to: StepTarget }
const byPlace = (a: { place: string }, b: { place: string }): number =>
  a.place < b.place ? -1 : a.place > b.place ? 1 : 0

/** Those that lie at a scope or below it, of a list that is sorted by place. */
function within<T extends { place: string }>(sorted: readonly T[], scope: string): readonly T[] {
  const first = (least: string): number => {
    let [low, high] = [0, sorted.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sorted[middle]?.place ?? '') < least) low = middle + 1
      else high = middle
    }
    return low
  }
  const exact = sorted[first(scope)]
  const below = sorted.slice(first(`${scope}/`), first(`${scope}0`))
  return exact?.place === scope ? [exact, ...below] : below
}

const IDENTITY = /^(.*\/providers\/microsoft\.managedidentity\/userassignedidentities\/[^/]+)/
/** Where a user-assigned identity lies: by another name of it, or by a federated credential that hangs on it. */
function placeOfIdentity({ aliases, trusts }: Principal): string | undefined {
  for (const text of [...aliases, ...trusts.map(({ id }) => id)]) {
    const place = IDENTITY.exec(scopeOf(text) ?? '')?.[1]
    if (place !== undefined) return place
  }
  return undefined
}

const SUBSCRIPTIONS = '/subscriptions/'
function aboveOf(place: string): string[] {
  const above: string[] = []
  if (!place.startsWith(SUBSCRIPTIONS)) return above
  for (let end = place.length; end > SUBSCRIPTIONS.length; end = place.lastIndexOf('/', end - 1))
    above.push(place.slice(0, end))
  return above
}

export class Places {
  private readonly runners = new Map<string, Placed[]>()
  private readonly identities: Placed[] = []
  private readonly lost: Lost[] = []
  private readonly texts = new Map<string, string>()
  /** In key vaults of which it is known where they lie. */
  readonly secrets: readonly Placed[]
  /** Names of the vaults of which it is not. */
  readonly lostVaults: readonly string[]
  /** Key vaults that anything names. */
  readonly vaults: ReadonlySet<string>
  readonly policyVaults: readonly Spot[]
  readonly clusters: readonly Spot[]

  constructor(private readonly tenant: Tenant) {
    for (const [type, runners] of tenant.runnersOf)
      this.runners.set(
        type,
        runners
          .map(({ id }): Placed => ({ ...this.spotAt(scopeOf(id) ?? id), to: { kind: 'runner', id } }))
          .sort(byPlace),
      )
    for (const principal of tenant.realm.principals) {
      if (principal.type !== 'azure.managed-identity') continue
      const place = placeOfIdentity(principal)
      const to: StepTarget = { kind: 'principal', id: principal.id }
      if (place !== undefined) this.identities.push({ ...this.spotAt(place), to })
      else if (principal.tags?.['assigned'] === 'by users') this.lost.push({ name: principal.name, to })
    }
    this.identities.sort(byPlace)
    const lostVaults = new Set<string>()
    this.secrets = this.placedSecrets(lostVaults).sort(byPlace)
    this.lostVaults = [...lostVaults].sort()
    this.vaults = new Set(tenant.vaults.values())
    this.policyVaults = [...tenant.policyVaults].map((place) => this.spotAt(place))
    this.clusters = tenant.clusters.map((place) => this.spotAt(place))
  }

  /** Texts are shared, which makes looking them up cheap. */
  private spotAt(place: string): Spot {
    const above = aboveOf(place).map((text) => {
      const same = this.texts.get(text)
      if (same === undefined) this.texts.set(text, text)
      return same ?? text
    })
    return { place: above[0] ?? place, above }
  }

  private placedSecrets(lost: Set<string>): Placed[] {
    const placed: Placed[] = []
    for (const { kind, type, id } of this.tenant.realm.things) {
      if (kind !== 'secret' || !type.startsWith('azure.key-vault')) continue
      const [, vault = '', name = ''] =
        /^([^./]+)\.[^/]*\/(?:certificates\/)?(.+)$/.exec(id.toLowerCase()) ?? []
      const place = this.tenant.vaults.get(vault)
      if (place === undefined) lost.add(vault)
      else placed.push({ ...this.spotAt(`${place}/secrets/${name}`), to: { kind: 'thing', id } })
    }
    return placed
  }

  private unionOf<T extends { place: string }>(
    sorted: readonly T[],
    scopes: readonly { scope: string }[],
  ): readonly T[] {
    const first = scopes[0]
    const isPath = (scope: string) => scope.startsWith('/subscriptions/')
    // Below a management group anything may lie: each is asked about.
    if (scopes.some(({ scope }) => !isPath(scope))) return sorted
    if (scopes.length === 1 && first) return within(sorted, first.scope)
    return [...new Set(scopes.flatMap(({ scope }) => within(sorted, scope)))]
  }

  runnersIn(type: string, scopes: readonly { scope: string }[]): readonly Placed[] {
    return this.unionOf(this.runners.get(type) ?? [], scopes)
  }
  secretsIn(scopes: readonly { scope: string }[]): readonly Placed[] {
    return this.unionOf(this.secrets, scopes)
  }

  /** Identities that may lie in one of the scopes, and those of which it is not given where they lie. */
  identitiesIn(scopes: readonly { scope: string }[]): {
    known: readonly Placed[]
    unknown: readonly Lost[]
  } {
    return { known: this.unionOf(this.identities, scopes), unknown: this.lost }
  }
}
