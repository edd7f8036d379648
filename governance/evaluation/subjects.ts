// Turns rows into what was read, with every fact stamped with when it was last confirmed. Pure.
import { unknown, type Absent, type Fact, type Instant, type Unknown } from '@/core/fact'
import type { CredentialForm, IdentityClass } from '@/core/observation'
import type { IdentitySubject } from '@/core/subject'
import { confirmedAt, lookOf, type LookRow } from './absence'
import { ownerFact, type Confirmed } from './owner'
import type { RawCredential, RawIdentity, RawSecret } from './raw-facts'
import type { CredentialRow, HintRow, IdentityRow, SecretRow } from './rows'

/** A fact without a time of its own was confirmed when its row was. */
const stamped = <T>(fact: Fact<T>, at: Instant): Fact<T> =>
  fact.state === 'unknown' || fact.at !== undefined ? fact : { ...fact, at }

/** Of sources that do not say it: whether there is any was never asked. */
const stampedOr = <T>(fact: Fact<T> | null, at: Instant, what: string): Fact<T> =>
  fact ? stamped(fact, at) : unknown('not-offered', what)

/** What nobody reads yet: no rule may take it for an answer. */
const unread = (what: string): Unknown => unknown('not-collected', what, 'not read yet')

/** How the scope was looked at, and what it means that nobody is named as an owner. */
export type Looked = {
  scope: string
  looks: readonly LookRow[]
  ownerless: Absent | Unknown
  /** Who was confirmed to answer for it. */
  confirmed?: Confirmed | undefined
}

/** What is joined to an identity or credential from other rows, by name. What is not joined is unknown. */
export type Joined<T> = Partial<T>

const IDENTITY_UNREAD = {
  ownerStanding: unread('ownerStanding'),
  deletedPrincipals: unread('deletedPrincipals'),
  actsBy: unread('actsBy'),
  grants: unread('grants'),
  exercise: unread('exercise'),
  consumers: unread('consumers'),
  consumersGoneAt: unread('consumersGoneAt'),
  plainSecrets: unread('plainSecrets'),
  issuers: unread('issuers'),
  reaches: unread('reaches'),
  succeededAt: unread('succeededAt'),
  people: unread('people'),
  signIns: unread('signIns'),
  isDefault: unread('isDefault'),
}

export function rawIdentity(
  row: IdentityRow,
  hints: readonly HintRow[],
  judged: Pick<IdentitySubject, 'privilege' | 'trustWeaknesses'>,
  { scope, looks, ownerless, confirmed }: Looked,
  joined: Joined<RawIdentity> = {},
): RawIdentity {
  const at = confirmedAt(row.validFrom, lookOf(looks, row.stream, 'identity'))
  const named = hints.map(({ names, value, via, stream, validFrom }) => ({
    names,
    value,
    via,
    at: confirmedAt(validFrom, lookOf(looks, stream, 'owner-hint')),
  }))
  return {
    kind: 'identity',
    id: row.id,
    name: row.name,
    type: row.type,
    class: row.class as IdentityClass,
    calls: [row.nativeId, row.name, ...row.aliases],
    createdAt: stamped(row.createdAt, at),
    enabled: stamped(row.enabled, at),
    lastUsedAt: stamped(row.lastUsedAt, at),
    maxSessionSeconds: stamped(row.maxSessionSeconds, at),
    vendor: stampedOr(row.vendor, at, 'vendor'),
    tags: stamped(row.tags, at),
    places: [scope],
    owner: ownerFact(named, ownerless, confirmed),
    ...judged,
    ...IDENTITY_UNREAD,
    ...joined,
  }
}

/** @param holder the identity it belongs to, where that is known */
export function rawCredential(
  row: CredentialRow,
  holder: { name: string; class: string; enabled: Fact<boolean> } | undefined,
  looks: readonly LookRow[],
  joined: Joined<RawCredential> = {},
): RawCredential {
  const at = confirmedAt(row.validFrom, lookOf(looks, row.stream, 'credential'))
  return {
    kind: 'credential',
    id: row.id,
    name: row.name,
    type: row.type,
    form: row.form as CredentialForm,
    identityName: holder?.name ?? row.identityRef ?? 'no identity',
    identityClass: (holder?.class ?? 'unclear') as IdentityClass,
    createdAt: stamped(row.createdAt, at),
    rotatedAt: stamped(row.rotatedAt, at),
    expiresAt: stamped(row.expiresAt, at),
    lastUsedAt: stamped(row.lastUsedAt, at),
    enabled: stamped(row.enabled, at),
    identityEnabled: holder?.enabled ?? unread('identityEnabled'),
    lifetimeSeconds: stampedOr(row.lifetimeSeconds, at, 'lifetimeSeconds'),
    siblings: unread('siblings'),
    supersededBy: unread('supersededBy'),
    alternative: unread('alternative'),
    ...joined,
  }
}

export function rawSecret(
  row: SecretRow,
  looks: readonly LookRow[],
  joined: Joined<RawSecret> = {},
): RawSecret {
  const at = confirmedAt(row.validFrom, lookOf(looks, row.stream, 'secret'))
  return {
    kind: 'secret',
    id: row.id,
    name: row.name,
    type: row.type,
    createdAt: stamped(row.createdAt, at),
    rotatedAt: stamped(row.rotatedAt, at),
    expiresAt: stamped(row.expiresAt, at),
    lastReadAt: stamped(row.lastReadAt, at),
    rotates: stamped(row.rotates, at),
    copiedEverySeconds: stampedOr(row.copiedEverySeconds, at, 'copiedEverySeconds'),
    keptIn: unread('keptIn'),
    copies: unread('copies'),
    sourceRotatedAt: unread('sourceRotatedAt'),
    ...joined,
  }
}
