// What a rule is asked about: an inventory row with the facts joined to it. Every fact carries its source and time.
import type { Fact, Instant } from './fact'
import type { CredentialForm, IdentityClass } from './observation'

/** Who answers for an identity, and how that is known. */
export type Owner = { name: string; names: 'person' | 'team' | 'unclear'; how: string }

/**
 * What an identity may do, judged over all grants it holds.
 * `conditional`: administrator only where a condition holds that inventory cannot decide; `limited`: less than administrator.
 */
export type PrivilegeClass = 'administrator' | 'conditional' | 'limited' | 'none'
export type Privilege = {
  class: PrivilegeClass
  /** The statements that decided it, in words, most important first. */
  because: string[]
}

export type IdentitySubject = {
  kind: 'identity'
  id: string
  name: string
  type: string
  class: IdentityClass
  createdAt: Fact<Instant>
  enabled: Fact<boolean>
  lastUsedAt: Fact<Instant>
  owner: Fact<Owner>
  privilege: Fact<Privilege>
}
export type CredentialSubject = {
  kind: 'credential'
  id: string
  name: string
  type: string
  form: CredentialForm
  /** Name and class of the identity it belongs to, where that is known. */
  identityName: string
  identityClass: IdentityClass
  createdAt: Fact<Instant>
  rotatedAt: Fact<Instant>
  expiresAt: Fact<Instant>
  lastUsedAt: Fact<Instant>
  enabled: Fact<boolean>
}
export type Subject = IdentitySubject | CredentialSubject
export type SubjectKind = Subject['kind']
export type SubjectOf<K extends SubjectKind> = Extract<Subject, { kind: K }>
