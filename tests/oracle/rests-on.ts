// Changes one thing of a realm at a time, and finds principals whose answers change although all that they are said to rest on does not.
import fc from 'fast-check'
import type { Access, Held, Platform, Principal, Realm, Rests, TrustStatement } from '@/core/access'

type Mutable<T> = { -readonly [K in keyof T]: T[K] }
type Pick = (most: number) => number
/** Takes something of the donor over into a realm of its own; does nothing where there is nothing of the kind. */
type Graft = (realm: Mutable<Realm>, donor: Realm, pick: Pick) => void

const oneOf = <T>(list: readonly T[], pick: Pick): T | undefined =>
  list.length ? list[pick(list.length)] : undefined
const replaced = <T>(list: readonly T[], at: number, by: T): T[] =>
  list.map((one, n) => (n === at ? by : one))

/** Principals keep their places, so that one of the donor stands for the same one. */
const inPrincipal =
  (change: (one: Mutable<Principal>, donor: Principal, pick: Pick, realm: Realm) => void): Graft =>
  (realm, donor, pick) => {
    const at = pick(realm.principals.length)
    const [old, other] = [realm.principals[at], donor.principals[at]]
    if (!old || !other) return
    const one = { ...old }
    change(one, other, pick, realm)
    realm.principals = replaced(realm.principals, at, one)
  }

/** What a document says is the same for all who hold it. */
const rewritten: Graft = (realm, donor, pick) => {
  const all = donor.principals.flatMap(({ held }) => held)
  const ids = [...new Set(realm.principals.flatMap(({ held }) => held.map(({ id }) => id)))]
  const id = oneOf(ids, pick)
  const same = all.filter((one) => one.id === id)
  const from = oneOf(same.length ? same : all, pick)
  const rewrite = (one: Held): Held => {
    if (one.id !== id) return one
    const { document: _, ...rest } = one
    return { ...rest, ...(from?.document && { document: from.document }) }
  }
  realm.principals = realm.principals.map((one) => ({ ...one, held: one.held.map(rewrite) }))
}

const inTrust = (
  of: 'principals' | 'elsewhere',
  change: (one: TrustStatement, pick: Pick) => TrustStatement[],
) => {
  const graft: Graft = (realm, _, pick) => {
    const all = realm[of].flatMap(({ trusts }, at) => trusts.map((_one, row) => [at, row] as const))
    const [at, row] = oneOf(all, pick) ?? []
    const one = at === undefined ? undefined : realm[of][at]
    if (!one || at === undefined) return
    const trusts = one.trusts.flatMap((trust, n) => (n === row ? change(trust, pick) : [trust]))
    realm[of] = replaced(realm[of], at, { ...one, trusts })
  }
  return graft
}

const inList =
  (of: 'runners' | 'rulings' | 'things' | 'elsewhere' | 'unseen'): Graft =>
  (realm, donor, pick) => {
    const own: readonly unknown[] = realm[of]
    const other: readonly unknown[] = donor[of]
    const from = oneOf(other, pick)
    const kind = pick(3)
    const at = pick(Math.max(1, own.length))
    const list =
      kind === 0 || from === undefined
        ? own.filter((_, n) => n !== at)
        : kind === 1
          ? [...own, from]
          : replaced(own, at, from)
    Object.assign(realm, { [of]: unique(list) })
  }
const unique = (list: readonly unknown[]): unknown[] => [
  ...new Map(list.map((one) => [JSON.stringify((one as { id?: string }).id ?? one), one])).values(),
]

export const CHANGES: Readonly<Record<string, Graft>> = {
  'a document says something else': rewritten,
  'something else is held': inPrincipal((one, donor) => (one.held = donor.held)),
  'something more is held': inPrincipal((one, _, pick, realm) => {
    const more = oneOf(
      realm.principals.flatMap(({ held }) => held),
      pick,
    )
    if (more) one.held = [...one.held, more]
  }),
  'something is held no longer': inPrincipal((one, _, pick) => {
    const at = pick(Math.max(1, one.held.length))
    one.held = one.held.filter((_held, n) => n !== at)
  }),
  'it is held in another way, or elsewhere': inPrincipal((one, donor, pick, realm) => {
    const like = oneOf(
      realm.principals.flatMap(({ held }) => held),
      pick,
    )
    const at = pick(Math.max(1, one.held.length))
    if (!like) return
    const { place: _, ...bare } = one.held[at] ?? like
    const place = like.place === undefined ? {} : { place: like.place }
    const moved = { ...bare, ...place, via: like.via, effect: like.effect }
    one.held = replaced(one.held, at, moved)
  }),
  'trust of others': inPrincipal((one, donor) => (one.trusts = donor.trusts)),
  'one trust is gone': inTrust('principals', () => []),
  'one trust says something else': inTrust('principals', (one, pick) => [
    pick(2) ? { ...one, effect: one.effect === 'allow' ? 'deny' : 'allow' } : { ...one, actions: ['sts:*'] },
  ]),
  'one trust elsewhere is gone': inTrust('elsewhere', () => []),
  tags: inPrincipal((one, donor) => {
    delete one.tags
    if (donor.tags) one.tags = donor.tags
  }),
  'another name': inPrincipal((one, _, pick) => (one.name = `${one.name}${pick(3)}`)),
  'other aliases': inPrincipal((one, _, pick) => {
    one.aliases = pick(2) ? [] : one.aliases.map((alias) => `${alias}x`)
  }),
  'another type, or class': inPrincipal((one, donor, pick, realm) => {
    const like = oneOf(realm.principals, pick)
    one.type = like?.type ?? one.type
    one.class = donor.class
  }),
  'it is turned on or off': inPrincipal((one) => (one.enabled = one.enabled === false)),
  'a principal is gone': (realm, _, pick) => {
    const at = pick(realm.principals.length)
    realm.principals = realm.principals.filter((_one, n) => n !== at)
  },
  runners: inList('runners'),
  rulings: inList('rulings'),
  'a ruling says something else': (realm, donor, pick) => {
    const at = pick(Math.max(1, realm.rulings.length))
    const [one, like] = [realm.rulings[at], oneOf(donor.rulings, pick)]
    if (!one) return
    const { document: _, ...rest } = one
    realm.rulings = replaced(realm.rulings, at, {
      ...rest,
      ...(like?.document && { document: like.document }),
    })
  },
  things: inList('things'),
  'other realms': inList('elsewhere'),
  'what was not seen': inList('unseen'),
}
type Changed = { before: Realm; after: Realm; kind: string }

export const changed = (realms: fc.Arbitrary<Realm>, kinds: readonly string[]): fc.Arbitrary<Changed> =>
  fc
    .tuple(realms, realms, fc.constantFrom(...kinds), fc.array(fc.nat(9999), { minLength: 6, maxLength: 6 }))
    .map(([before, donor, kind, numbers]) => {
      let next = 0
      const after = { ...before }
      CHANGES[kind]?.(after, donor, (most) => (numbers[next++ % numbers.length] ?? 0) % Math.max(1, most))
      return { before, after, kind }
    })

const told = (access: Access, id: string): string =>
  JSON.stringify([access.privileges(id), access.steps(id), access.pitfalls(id)])
type Of = (access: Access, id: string) => Rests | undefined
const whole: Of = (access, id) => access.restsOn?.(id)

/**
 * Ids of principals that are said to rest on what has not changed, and of those the ones about whom something else is told.
 * Asked in one order before and in the other after: who is asked first must not matter.
 */
export function compared(platform: Platform, { before, after }: Changed, of: Of = whole) {
  const [one, two] = [platform.within(before), platform.within(after)]
  const ids = before.principals.map(({ id }) => id)
  const rests = (access: Access, id: string) => JSON.stringify(of(access, id))
  const still = new Set(after.principals.map(({ id }) => id))
  const first = new Map(ids.map((id) => [id, told(one, id)]))
  const kept = ids.filter((id) => still.has(id) && rests(one, id) === rests(two, id)).reverse()
  return { kept, stale: kept.filter((id) => told(two, id) !== first.get(id)) }
}

type Tree = Readonly<Record<string, unknown>>
const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function cut(value: unknown, [first = '', ...rest]: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((one: unknown) => cut(one, [first, ...rest]))
  if (!isTree(value) || !(first in value)) return value
  const { [first]: inner, ...others } = value
  return rest.length ? { ...others, [first]: cut(inner, rest) } : others
}

const MARKS = ['own', 'frame', 'of']
/** The same without some things: `documents`, the name of a part (`of`), or a path into the others. */
export const without =
  (...what: readonly string[]): Of =>
  (access, id) =>
    access.restsOn?.(id)?.flatMap((part) => {
      if (!isTree(part)) return [part]
      const isDocument = !MARKS.some((mark) => mark in part)
      if (what.includes(isDocument ? 'documents' : String(part.of))) return []
      if (isDocument) return [part]
      return [what.reduce<unknown>((rest, path) => cut(rest, path.split('.')), part) as object]
    })
