// Turns rows into what rules are asked about, with every fact stamped with when it was last confirmed. Pure.
import type { Absent, Fact, Instant, Unknown } from '@/core/fact'
import type { CredentialForm, IdentityClass } from '@/core/observation'
import type { CredentialSubject, IdentitySubject } from '@/core/subject'
import { confirmedAt, lookOf, type LookRow } from './absence'
import { ownerFact } from './owner'
import type { CredentialRow, HintRow, IdentityRow } from './rows'

/** A fact without a time of its own was confirmed when its row was. */
const stamped = <T>(fact: Fact<T>, at: Instant): Fact<T> =>
  fact.state === 'unknown' || fact.at !== undefined ? fact : { ...fact, at }

/** How the scope was looked at, and what it means that nobody is named as an owner. */
export type Looked = { looks: readonly LookRow[]; ownerless: Absent | Unknown }

export function identitySubject(
  row: IdentityRow,
  hints: readonly HintRow[],
  privilege: IdentitySubject['privilege'],
  { looks, ownerless }: Looked,
): IdentitySubject {
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
    createdAt: stamped(row.createdAt, at),
    enabled: stamped(row.enabled, at),
    lastUsedAt: stamped(row.lastUsedAt, at),
    owner: ownerFact(named, ownerless),
    privilege,
  }
}

/** @param holder the identity it belongs to, where that is known */
export function credentialSubject(
  row: CredentialRow,
  holder: { name: string; class: string } | undefined,
  looks: readonly LookRow[],
): CredentialSubject {
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
  }
}
