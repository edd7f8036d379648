// What a rule is asked about: an inventory row with the facts joined to it. Every fact carries its source and time.
import { PRIVILEGES, type PrivilegeLevel } from './access'
import type { Fact, Instant } from './fact'
import type { CredentialForm, IdentityClass } from './observation'
import type { TrustTopic } from './trust-topics'

/** Who answers for an identity, and how that is known. */
export type Owner = { name: string; names: 'person' | 'team' | 'unclear'; how: string }

/**
 * What an identity may do, judged over everything it holds, and over the steps it can take to others.
 * `conditional`: it is an administrator, or comes to be one, only where something holds that is not known.
 */
export type PrivilegeClass = PrivilegeLevel | 'conditional'
export const PRIVILEGE_CLASSES = [
  'administrator',
  'escalates',
  'conditional',
  ...PRIVILEGES.slice(2),
] as const
export type Privilege = {
  class: PrivilegeClass
  /** Set where even that much depends on something. */
  depends?: true
  /** Steps to the nearest administrator, where it can come to be one. */
  hops?: number
  /** The statements that decided it, in words, most important first. */
  because: string[]
  /** What was not seen and could decide it. */
  missing?: string[]
}

/** A weakness of who can become an identity: a row of the table of federation pitfalls. */
export type TrustWeakness = {
  id: string
  topic: TrustTopic
  answer: 'yes' | 'depends'
  severity: 'critical' | 'high' | 'medium' | 'low'
  because: string[]
}

/** Some of several things by name, and how many there are. */
export type Named = { count: number; names: string[] }
/** So many of several things are told by name. */
export const NAMED_MAX = 10

/** What runs as an identity, and where. */
export type Consumers = Named & {
  /** The environments they run in, where the policy can tell. */
  environments: string[]
  /** How many of them run where the policy cannot tell the environment. */
  unlabelled: number
  /** Set where more than these may run as it: why that is not known. */
  more?: string
}

/** Variables with secrets in plain, as `VARIABLE of workload`. */
export type PlainVariables = Named & {
  /** Set where there may be others: why that is not known. */
  more?: string
}

/** Who vouches for those whom the trust of an identity lets in. */
export type Issuers = Named & {
  /** By all that each is called: its name first. */
  rows: { name: string; also: string[] }[]
  /** Set where there may be others: why that is not known. */
  more?: string
}

/** The environments of what something holds rights in. */
export type Reaches = {
  environments: string[]
  /** Set where it may hold rights in others: why that is not known. */
  open?: string
}

/** Of what it was given, how much was seen in use, over a window that the source states. */
export type Exercise = { granted: number; used: number; from: Instant; to: Instant }

/** What every subject has. `breakGlass` and what comes of the policy is set anew whenever the policy changes. */
type AnySubject = {
  id: string
  name: string
  /** What the source calls this sort of thing. */
  type: string
  /** Set where the policy declares it to be for emergencies: in its words. */
  breakGlass?: string
}

export type IdentitySubject = AnySubject & {
  kind: 'identity'
  class: IdentityClass
  createdAt: Fact<Instant>
  enabled: Fact<boolean>
  lastUsedAt: Fact<Instant>
  /** Longest session that can be issued for it, in seconds. */
  maxSessionSeconds: Fact<number>
  owner: Fact<Owner>
  /** Whether the person who owns it is still there. Absent: the owner is no person. */
  ownerStanding: Fact<'here' | 'left'>
  privilege: Fact<Privilege>
  /** What is wrong with who can become it, the worst first. Absent: nothing. */
  trustWeaknesses: Fact<TrustWeakness[]>
  /** Whom its trust names who is not there any more. Absent: nobody. */
  deletedPrincipals: Fact<Named>
  /** Issuers whose word its trust takes. Absent: it takes nobody's. */
  issuers: Fact<Issuers>
  /** By what something can act as it: credentials, workloads, trust. Absent: by nothing. */
  actsBy: Fact<Named>
  /** How many allowing grants it holds. Absent: none. */
  grants: Fact<number>
  /** What it was given and did not use. Absent: nothing was given. */
  exercise: Fact<Exercise>
  /** What runs as it. Absent: nothing. */
  consumers: Fact<Consumers>
  /** When the last of what ran as it was gone. Absent: something runs as it, or nothing ever did. */
  consumersGoneAt: Fact<Instant>
  /**
   * Variables of what runs as it on its own platform whose names tell of a secret and whose values stand in plain. Absent: all
   * of its configuration was seen, and there is none.
   */
  plainSecrets: Fact<PlainVariables>
  /** The organisation outside this one that it belongs to. Absent: this one's own. */
  vendor: Fact<string>
  /** The supplier of the policy's register it belongs to. Absent: none. */
  supplier: Fact<{ name: string; endedOn?: string }>
  /** Where it lives, as the policy tells. Absent: nothing about it tells. */
  environment: Fact<string>
  /** The environments of what it holds rights in, beyond its own place. Absent: none. */
  reaches: Fact<Reaches>
  /** The end that was declared for it. Absent: none. */
  endsAt: Fact<Instant>
  /** When one of the same name had ended whose place it took. Absent: it took nobody's. */
  succeededAt: Fact<Instant>
  /** People who can become it. Absent: nobody. */
  people: Fact<Named>
  /** By what people sign in as it: passwords for a console. Absent: by nothing. */
  signIns: Fact<Named>
  /** Whether it is the one that the platform gives to whatever names none. */
  isDefault: Fact<boolean>
}

/** The value that came next, or is there beside it. */
export type Siblings = { active: number; newestMadeAt?: Instant }

export type CredentialSubject = AnySubject & {
  kind: 'credential'
  form: CredentialForm
  /** Name and class of the identity it belongs to, where that is known. */
  identityName: string
  identityClass: IdentityClass
  identityEnabled: Fact<boolean>
  createdAt: Fact<Instant>
  rotatedAt: Fact<Instant>
  expiresAt: Fact<Instant>
  lastUsedAt: Fact<Instant>
  enabled: Fact<boolean>
  /** How long each value lives from when it was issued, in seconds. */
  lifetimeSeconds: Fact<number>
  /** Other enabled ones of the same form and identity. Absent: none. */
  siblings: Fact<Siblings>
  /** What took the place of this sort of credential, as its source says. Absent: nothing. */
  supersededBy: Fact<string>
  /** How what uses it could sign in without a lasting value. Absent: there is no way known. */
  alternative: Fact<string>
  /** Where the identity lives, as the policy tells. Absent: nothing about it tells. */
  environment: Fact<string>
}

/** Metadata of a stored secret. */
export type SecretSubject = AnySubject & {
  kind: 'secret'
  createdAt: Fact<Instant>
  rotatedAt: Fact<Instant>
  expiresAt: Fact<Instant>
  lastReadAt: Fact<Instant>
  rotates: Fact<boolean>
  /** How often it is copied again from where it is kept, in seconds. Absent: once. */
  copiedEverySeconds: Fact<number>
  /** Where it is kept, where this is a copy. Absent: this is no copy of anything that is kept in a store. */
  keptIn: Fact<Named>
  /** Copies of it elsewhere. Absent: none. */
  copies: Fact<Named>
  /** When the value it is a copy of last changed. Absent: it is no copy, or nothing is known to have changed. */
  sourceRotatedAt: Fact<Instant>
}

/** A part of a source that is looked at by itself: an account, a cluster, a tenant. */
export type ScopeSubject = AnySubject & {
  kind: 'scope'
  /** What is not seen in it now. Absent: everything that is looked for was seen. */
  gaps: Fact<Named>
  /** When everything in it was last seen whole. Absent: never. */
  seenWholeAt: Fact<Instant>
}

export type Subject = IdentitySubject | CredentialSubject | SecretSubject | ScopeSubject
export type SubjectKind = Subject['kind']
export type SubjectOf<K extends SubjectKind> = Extract<Subject, { kind: K }>

/** The facts of a kind of subject, by name. */
export type FactName<K extends SubjectKind> = {
  [P in keyof SubjectOf<K>]-?: SubjectOf<K>[P] extends Fact<infer _> ? P : never
}[keyof SubjectOf<K>] &
  string
export type AnyFactName = { [K in SubjectKind]: FactName<K> }[SubjectKind]
