// What runs as an identity: by its platform, or as one that becomes it by a join, in whichever scope that runs.
import { absent, known, unknown, type Absent, type Fact, type Instant, type Unknown } from '@/core/fact'
import type { PlainVariables } from '@/core/subject'
import type { RawConsumers } from '../raw-facts'
import { credentialsOf, type HeldCredential } from './credential-rows'
import { DECIDED_ELSEWHERE, isClosed } from './acting'
import { isRead, noCredential, noneOf, readElsewhere, reasonOf, seenOf, type FactScope } from './fact-scope'
import { factRows, type FactRow } from './identity-rows'
import { named } from './named'
import { plainFact } from './plain-secrets'
import { lastGoneOf, runnersOf, workloadsById, type Runner } from './running'
import { trustSeen } from './trust'
import { openWay, unnamed, waysInto, waysOf, type TrustRow, type Way, type WaysIn } from './ways-in'
import { typesWith, wordsOf } from './words'

/** So many joins lie at most between what runs and what it acts as in the end. */
const HOPS_MAX = 4
const SOURCE = 'workloads and joins'

/** Who acts as an identity by joins that name one, itself included, and what is open about that. */
type Acting = {
  identities: Set<string>
  workloads: Set<string>
  scopes: Set<string>
  open: Set<string>
  limited: boolean
}
export type ConsumerFacts = {
  consumers: Fact<RawConsumers>
  consumersGoneAt: Fact<Instant>
  plainSecrets: Fact<PlainVariables>
  running: RawConsumers
}
type Given = {
  rows: readonly FactRow[]
  scope: FactScope
  into: WaysIn
  credentials: ReadonlyMap<string, readonly HeldCredential[]>
}

/**
 * Counted is what names the identity as what it runs as, and what runs as one that becomes it: where the identity's trust
 * names that one exactly, or that one says so itself. What a pattern lets in may act as it, and is not known to.
 *
 * What was seen is known; where not everything that could add to it was (workloads of its scope and of each scope from which
 * somebody becomes it, and whoever is named exactly, of a source that is connected), `more` says why. That nothing runs as it takes more: that no credential of a lasting value is there, whose holder nobody knows, and that its
 * trust lets in nobody else: no account, no pattern, no service whose every workload is not read. The same has to be so of
 * each identity that becomes it.
 *
 * `consumersGoneAt` is absent as soon as one is seen, and known where none is and every look was whole. Of what was there and
 * runs as somebody else now nothing is told.
 *
 * `plainSecrets` is of what runs as it by itself, and of nothing that becomes it.
 */
export async function consumerFacts(given: Given): Promise<Map<string, ConsumerFacts>> {
  const acting = await actingAs(given)
  const all = new Set([...acting.values()].flatMap(({ identities }) => [...identities]))
  const [byIdentity, byId] = await Promise.all([
    given.scope.has.workloads ? runnersOf([...all]) : new Map<string, Runner[]>(),
    workloadsById([...acting.values()].flatMap(({ workloads }) => [...workloads])),
  ])
  await readElsewhere(
    given.scope,
    [...acting.values()].flatMap(({ scopes }) => [...scopes]),
  )
  const found = new Map<string, Runner[]>()
  for (const { id } of given.rows) {
    const one = acting.get(id)
    const named = [...(one?.identities ?? [])].flatMap((identity) => byIdentity?.get(identity) ?? [])
    found.set(id, eachOnce([...named, ...direct(one, byId)]))
  }
  const idle = given.rows.filter(({ id }) => !found.get(id)?.length)
  const idleActing = new Set(idle.flatMap(({ id }) => [...(acting.get(id)?.identities ?? [])]))
  const [gone, doubts] = await Promise.all([
    given.scope.has.workloads ? lastGoneOf([...idleActing]) : new Map<string, Date>(),
    doubtsOf(given, [...idleActing]),
  ])
  return new Map(
    given.rows.map((row) => {
      const at = acting.get(row.id) ?? none(row.id)
      const isCut = byIdentity === undefined || given.into.isCut
      const own = eachOnce([...(byIdentity?.get(row.id) ?? []), ...direct(at, byId)])
      const seen = { running: found.get(row.id) ?? [], own, gone, doubts, isCut }
      return [row.id, factsOf(row, given, at, seen)]
    }),
  )
}

const eachOnce = (runners: readonly Runner[]): Runner[] => [
  ...new Map(runners.map((runner) => [runner.id, runner])).values(),
]
const direct = (acting: Acting | undefined, byId: ReadonlyMap<string, Runner>): Runner[] =>
  [...(acting?.workloads ?? [])].flatMap((id) => byId.get(id) ?? [])

const none = (id: string): Acting => ({
  identities: new Set([id]),
  workloads: new Set(),
  scopes: new Set(),
  open: new Set(),
  limited: false,
})

/** Follows the joins from the identities outwards, all of a chunk at once. */
async function actingAs({ rows, into }: Given): Promise<Map<string, Acting>> {
  const all = new Map(rows.map(({ id }) => [id, none(id)]))
  let front = new Map(rows.map(({ id }) => [id, new Set([id])]))
  let ways = [...into.ways.values()].flat()
  for (let hop = 0; ways.length && hop < HOPS_MAX; hop++) {
    const next = new Map<string, Set<string>>()
    for (const way of ways) for (const root of front.get(way.targetId) ?? []) follow(way, root, all, next)
    front = next
    ways = next.size ? await waysOf([...next.keys()]) : []
  }
  for (const { targetId } of ways.filter(isFollowed))
    for (const root of front.get(targetId) ?? []) {
      const one = all.get(root)
      if (one) one.limited = true
    }
  return all
}

const isFollowed = ({ match, state, sourceId }: Way): boolean =>
  match === 'exact' && state === 'matched' && sourceId !== null

function follow(way: Way, root: string, all: Map<string, Acting>, next: Map<string, Set<string>>): void {
  const at = all.get(root)
  if (!at) return
  if (way.match === 'exact' && way.state === 'unknown') at.open.add(`${way.value}: ${way.why}`)
  // What a bare name led to and is gone may still have left workloads that are gone as well.
  const isGone = way.match === 'exact' && way.state === 'dangling' && way.sourceKind === 'identity'
  if (isGone && way.sourceId !== null) at.identities.add(way.sourceId)
  if (!isFollowed(way) || way.sourceId === null) return
  if (way.scopeId !== null) at.scopes.add(way.scopeId)
  if (way.sourceKind === 'workload') at.workloads.add(way.sourceId)
  else if (way.sourceKind === 'identity' && !at.identities.has(way.sourceId)) {
    at.identities.add(way.sourceId)
    next.set(way.sourceId, (next.get(way.sourceId) ?? new Set()).add(root))
  }
}

type Seen = {
  running: Runner[]
  own: Runner[]
  gone: ReadonlyMap<string, Date>
  doubts: ReadonlyMap<string, Unknown>
  isCut: boolean
}
function factsOf(row: FactRow, given: Given, acting: Acting, seen: Seen): ConsumerFacts {
  const { scope } = given
  const whole = workloadsSeen(row, scope, acting)
  const running = rawOf(seen.own)
  const open = incomplete(whole, acting, seen.isCut)
  if (seen.running.length) {
    const more = open && { more: reasonOf(open) }
    return {
      running,
      consumers: { ...known({ ...rawOf(seen.running), ...more }, SOURCE), ...seenOf(whole) },
      consumersGoneAt: absent(SOURCE, 'something runs as it'),
      plainSecrets: plainFact(seen.own, whole, open),
    }
  }
  const [stop = open] = [row.id, ...[...acting.identities].sort()].flatMap(
    (id) => open ?? seen.doubts.get(id) ?? [],
  )
  if (stop) return { running, consumers: stop, consumersGoneAt: stop, plainSecrets: stop }
  const times = [...acting.identities].flatMap((id) => seen.gone.get(id)?.getTime() ?? [])
  return {
    running,
    consumers: whole,
    consumersGoneAt: times.length ? known(new Date(Math.max(...times)).toISOString(), SOURCE) : whole,
    plainSecrets: plainFact([], whole, undefined),
  }
}

/** The workloads of the scope, and of each from which somebody becomes it. */
function workloadsSeen(
  { type }: FactRow,
  { looks, elsewhere }: FactScope,
  { scopes }: Acting,
): Absent | Unknown {
  // A store of secrets runs nothing: what acts as its identities runs elsewhere, and has to be let in.
  const runs = isRead(looks, 'workload')
  const own = noneOf(looks, [
    runs || !wordsOf(type)?.closed || !isRead(looks, 'trust') ? 'workload' : 'trust',
  ])
  const others = [...scopes].flatMap((id) => {
    const other = elsewhere.get(id)
    return other && isRead(other.looks, 'workload') ? [noneOf(other.looks, ['workload'])] : []
  })
  const all = [own, ...others]
  return all.find((one) => one.state === 'unknown') ?? all[0] ?? own
}

function incomplete(whole: Absent | Unknown, { open, limited }: Acting, isCut: boolean): Unknown | undefined {
  if (whole.state === 'unknown') return whole
  if (limited || isCut) return unknown('limited', SOURCE, 'more joins or workloads than are followed')
  const [first] = [...open].sort()
  return first === undefined ? undefined : unknown('not-collected', SOURCE, first)
}

/** Why something that nobody sees may run as each of the identities, of whichever scope: for those of which that is so. */
async function doubtsOf(given: Given, ids: readonly string[]): Promise<Map<string, Unknown>> {
  const own = new Set(given.rows.map(({ id }) => id))
  const beyond = ids.filter((id) => !own.has(id))
  const everywhere = { ...given.scope, has: { ...given.scope.has, trust: true } }
  const [rows, into, credentials] = beyond.length
    ? await Promise.all([factRows(beyond), waysInto(everywhere, beyond), credentialsOf(beyond)])
    : [[], undefined, new Map<string, HeldCredential[]>()]
  await readElsewhere(
    given.scope,
    rows.map(({ scopeId }) => scopeId),
  )
  const asked = new Set(ids)
  const found = given.rows
    .filter(({ id }) => asked.has(id))
    .map((row) => [row.id, mayBeActedAs(row, given)] as const)
  for (const row of rows) {
    if (row.isGone || !into) continue
    const looks = given.scope.elsewhere.get(row.scopeId)?.looks ?? given.scope.looks
    found.push([row.id, mayBeActedAs(row, { rows, scope: { ...given.scope, looks }, into, credentials })])
  }
  return new Map(found.flatMap(([id, doubt]) => (doubt ? [[id, doubt]] : [])))
}

/** Why something that nobody sees may run as it. */
function mayBeActedAs(row: FactRow, { scope, into, credentials }: Given): Unknown | undefined {
  if (!isClosed(row)) return DECIDED_ELSEWHERE
  const trust = isRead(scope.looks, 'trust') ? trustSeen(row, scope) : undefined
  if (trust?.state === 'unknown') return trust
  const keyless = noCredential(scope, row)
  if (keyless.state === 'unknown') return keyless
  const [key] = (credentials.get(row.id) ?? []).filter(({ renews }) => !renews)
  if (key) return unknown('not-offered', 'credentials', `who holds ${key.name} is not told`)
  const [trusts, ways] = [into.trusts.get(row.id) ?? [], into.ways.get(row.id) ?? []]
  const [whoever] = unnamed(trusts, ways).filter((one) => !isService(one) || !covered(one))
  if (whoever) return unknown('not-offered', 'trust', `what ${whoever.principal} runs as it is not told`)
  const pattern = ways.find((way) => way.state === 'matched' && way.match === 'pattern')
  if (pattern)
    return unknown('not-offered', 'trust', `which of those that fit ${pattern.value} act as it is not told`)
  // An account stands for whoever of it has the right.
  const account = ways.find(({ principalType }) => principalType === 'account' || principalType === 'anyone')
  if (account) return unknown('not-offered', 'trust', `who of ${account.value} acts as it is not told`)
  const open = openWay(ways)
  if (open !== undefined) return unknown('not-collected', 'joins', open)
  const issuer = ways.find(
    (way) => isFollowed(way) && way.sourceKind !== 'identity' && way.sourceKind !== 'workload',
  )
  return issuer && unknown('not-offered', 'joins', `who gets its credentials by ${issuer.value} is not told`)
}

const isService = ({ principalType }: TrustRow): boolean => principalType === 'service'
const covered = ({ principal }: TrustRow): boolean =>
  typesWith('runBy').some((type) => wordsOf(type)?.runBy?.includes(principal))

function rawOf(runners: readonly Runner[]): RawConsumers {
  const places = new Map<string, { names: string[]; count: number }>()
  for (const { scopeName, part } of runners) {
    const names = [scopeName, ...part]
    const key = names.join('\n')
    const held = places.get(key)
    if (held) held.count++
    else places.set(key, { names, count: 1 })
  }
  const ordered = [...places].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, place]) => place)
  return {
    ...named(
      runners.map(({ name }) => name),
      runners.length,
    ),
    places: ordered,
  }
}
