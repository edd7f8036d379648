// What the policy makes of what was read: environment, declared end, supplier, emergency use. Pure.
import { reached } from '@/core/days'
import { absent, known, unknown, type Fact, type Instant } from '@/core/fact'
import type {
  Consumers,
  CredentialSubject,
  IdentitySubject,
  Reaches,
  ScopeSubject,
  SecretSubject,
} from '@/core/subject'
import { endOfDay, type CompiledPolicy } from './compiled-policy'
import type {
  Place,
  RawConsumers,
  RawCredential,
  RawIdentity,
  RawReaches,
  RawScope,
  RawSecret,
} from './raw-facts'

const BY_POLICY = 'policy'

/** The first of the tags that the source has, in the order of the policy. Keys are compared without regard to case. */
function tagOf(
  tags: Readonly<Record<string, string>>,
  wanted: readonly string[],
): { key: string; value: string } | undefined {
  const keys = Object.keys(tags)
  if (!keys.length) return undefined
  for (const one of wanted)
    for (const key of keys) {
      const value = tags[key]
      if (value?.trim() && key.toLowerCase() === one) return { key, value }
    }
  return undefined
}

function environmentOf(
  tags: Fact<Record<string, string>>,
  places: readonly string[],
  policy: CompiledPolicy,
): Fact<string> {
  const tag = tags.state === 'known' ? tagOf(tags.value, policy.environmentTags) : undefined
  if (tag) return known(policy.environmentOfTag(tag.value), `tag ${tag.key}`)
  const place = policy.environmentOfPlace(places)
  // A tag that was not seen may say something else, but what the place tells is what the policy has decided.
  if (place) return known(place.environment, `the name ${place.name}`)
  if (tags.state === 'unknown') return tags
  return absent(BY_POLICY, 'no tag and no name of its place tells')
}

const ofPlace = ({ names, tags = {} }: Place, policy: CompiledPolicy): string | undefined => {
  const tag = tagOf(tags, policy.environmentTags)
  return tag ? policy.environmentOfTag(tag.value) : policy.environmentOfPlace(names)?.environment
}

const sorted = (texts: Iterable<string>): string[] => [...new Set(texts)].sort((a, b) => (a < b ? -1 : 1))

const consumersUnder =
  (policy: CompiledPolicy) =>
  ({ count, names, places, more }: RawConsumers): Consumers => {
    const environments: string[] = []
    let unlabelled = 0
    for (const place of places) {
      const environment = ofPlace(place, policy)
      if (environment === undefined) unlabelled += place.count
      else environments.push(environment)
    }
    return {
      ...{ count, names, environments: sorted(environments), unlabelled },
      ...(more !== undefined && { more }),
    }
  }

/** Of a known fact, what the policy makes of its value. */
function made<T, U>(fact: Fact<T>, make: (value: T) => U): Fact<U> {
  return fact.state === 'known' ? { ...fact, value: make(fact.value) } : fact
}

const reachesUnder =
  (policy: CompiledPolicy) =>
  ({ places, open }: RawReaches): Reaches => {
    const told = places.map((place) => ofPlace(place, policy))
    const silent = places.find((_, at) => told[at] === undefined)
    const why =
      silent &&
      `nothing tells the environment of ${silent.names[0] ?? 'a place without a name'}, where it holds rights`
    const reason = open ?? why
    return {
      environments: sorted(told.filter((one) => one !== undefined)),
      ...(reason !== undefined && { open: reason }),
    }
  }

/** A day, or an instant in UTC. */
const DAY = /^\d{4}-\d{2}-\d{2}$/
function instantIn(text: string): Instant | undefined {
  const trimmed = text.trim()
  const time = DAY.test(trimmed) ? Date.parse(endOfDay(trimmed)) : Date.parse(trimmed)
  if (Number.isNaN(time) || !/^\d{4}-\d{2}-\d{2}(T|$)/.test(trimmed)) return undefined
  const at = new Date(time).toISOString()
  // The 31st of a month that has 30 days is no day.
  return DAY.test(trimmed) && at.slice(0, 10) !== trimmed ? undefined : at
}

function endOf(tags: Fact<Record<string, string>>, policy: CompiledPolicy): Fact<Instant> {
  if (tags.state === 'unknown') return tags
  const tag = tags.state === 'known' ? tagOf(tags.value, policy.endTags) : undefined
  if (!tag) return absent(tags.source, 'no tag names an end')
  const source = `tag ${tag.key}`
  const at = instantIn(tag.value)
  return at === undefined
    ? unknown('malformed', source, `“${tag.value.slice(0, 80)}” is no day like 2026-09-30`)
    : known(at, source)
}

const UNREGISTERED = absent(BY_POLICY, 'no supplier names it')
/** Who is in no register where none is kept is not known to be no supplier. */
const NO_REGISTER = unknown('left-out', BY_POLICY, 'the policy keeps no register of suppliers')
const noSupplier = ({ hasSuppliers }: CompiledPolicy) => (hasSuppliers ? UNREGISTERED : NO_REGISTER)

/** What is said of it now, and from when on the policy alone says something else. */
export type Under<S> = { subject: S; until?: Instant }

export function identityUnder(
  raw: RawIdentity,
  policy: CompiledPolicy,
  now: Instant,
): Under<IdentitySubject> {
  const { calls, tags, places, consumers, reaches } = raw
  const declared = policy.breakGlass(calls)
  const isDeclared = declared && !reached(declared.until, now)
  const supplier = policy.supplier(calls)
  const subject: IdentitySubject = {
    // Copied whole, with what only the policy asks about: very many are.
    ...raw,
    consumers: made(consumers, consumersUnder(policy)),
    reaches: made(reaches, reachesUnder(policy)),
    environment: environmentOf(tags, places, policy),
    supplier: supplier ? known(supplier, BY_POLICY) : noSupplier(policy),
    endsAt: endOf(tags, policy),
    ...(isDeclared && { breakGlass: declared.why }),
  }
  return isDeclared ? { subject, until: declared.until } : { subject }
}

/** @param holder the identity it belongs to, where that is held: its credentials are for emergencies where it is */
export const credentialUnder = (
  raw: RawCredential,
  holder: Pick<IdentitySubject, 'environment' | 'breakGlass'> | undefined,
): CredentialSubject => ({
  ...raw,
  environment:
    holder?.environment ?? unknown('not-collected', BY_POLICY, 'the identity it belongs to is not held'),
  ...(holder?.breakGlass !== undefined && { breakGlass: holder.breakGlass }),
})
export const secretUnder = (raw: RawSecret): SecretSubject => raw
export const scopeUnder = (raw: RawScope): ScopeSubject => raw

/** The earlier of two instants, where there are any. */
export const sooner = (a: Instant | undefined, b: Instant | undefined): Instant | undefined =>
  a === undefined || b === undefined ? (a ?? b) : reached(a, b) ? a : b
