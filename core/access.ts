// The contract of access analysis: what a principal may do, whom it can become and who can become it; pure, three answers.
import type { HostAccess, IdentityClass } from './observation'

/**
 * `depends`: decided by a condition, or by something that was not seen; `because` and `missing` say which. What is not known
 * never turns into a plain yes or no.
 */
export type AccessAnswer = {
  answer: 'yes' | 'no' | 'depends'
  /** Statement by statement, in words, the deciding ones first. */
  because: readonly string[]
  /** What was not seen and could decide it, in words ("service control policies were not read"). */
  missing?: readonly string[]
}

/** A permission document that a principal holds. */
export type Held = {
  /** Native id of the entitlement at its source. */
  id: string
  name: string
  /** Names its grammar; one that no evaluator of the realm knows may allow or deny anything. */
  language: string
  /** `limit` caps what the allowing documents can give. */
  effect: 'allow' | 'limit'
  /** How it is held: attached, inline or through a group, with the name of the binding or group. */
  via: string
  /** The part of the realm in which it holds, where that is narrower than the realm. */
  place?: string
  /** The document, or undefined when it could not be read. */
  document?: Readonly<Record<string, unknown>>
}

/** One statement about who can become a principal. */
export type TrustStatement = {
  /** Native id of the trust at its source. */
  id: string
  principalType: 'anyone' | 'account' | 'identity' | 'service' | 'federated' | 'unresolvable'
  principal: string
  effect: 'allow' | 'deny'
  actions: readonly string[]
  conditions?: Readonly<Record<string, unknown>>
}

export type Principal = {
  /** Native id at its source, as are all ids here. */
  id: string
  type: string
  name: string
  /** Other names for it: an ARN, an email, `namespace/name`. */
  aliases: readonly string[]
  class: IdentityClass
  /** Undefined where that is not known. */
  enabled?: boolean | undefined
  tags?: Readonly<Record<string, string>>
  held: readonly Held[]
  trusts: readonly TrustStatement[]
}

/** Something that runs, and the principals it runs as: whoever controls it acts as these. */
export type Runner = {
  id: string
  type: string
  name: string
  aliases: readonly string[]
  namespace?: string
  uses: readonly string[]
  /** Machines it runs on, by name; left out where that is not known. */
  runsOn?: readonly string[]
  /** What of them is open to it; left out where that is not known. */
  host?: HostAccess
}

/**
 * A principal of another realm that is let into this one by documents of its own: they say as whom, and with what rights. Its id is
 * the one at its own source.
 */
export type Guest = {
  id: string
  type: string
  name: string
  aliases: readonly string[]
  /** Undefined where that is not known. */
  createdAt?: string
  lets: readonly Omit<Held, 'effect' | 'via'>[]
}

/** A stored secret, or something that issues credentials: what a principal reaches, beside other principals. */
export type Thing = {
  kind: 'secret' | 'issuer'
  id: string
  type: string
  name: string
  /** Of an issuer: the audiences whose tokens are taken of it. Undefined where that is not known. */
  audiences?: readonly string[]
}

/** A document that nobody holds and that rules others: a ceiling of an organisation, a role definition, a level of a namespace. */
export type Ruling = Omit<Held, 'effect' | 'via'> & { type: string; aliases: readonly string[] }

/** Kinds of things a realm consists of. */
export type RealmPart = 'principals' | 'grants' | 'rulings' | 'trusts' | 'runners' | 'things'

/** An account, tenant, cluster, organisation or namespace: what decides about rights together. */
export type Realm = {
  id: string
  type: string
  name: string
  principals: readonly Principal[]
  /** Principals of other realms that name this one, or one of its principals, in their trust: what they hold is not judged here. */
  elsewhere: readonly Principal[]
  /** Left out: there are none. A document of another realm that is about this one and lets nobody in is among the rulings. */
  guests?: readonly Guest[]
  runners: readonly Runner[]
  rulings: readonly Ruling[]
  things: readonly Thing[]
  /** Parts that were not seen whole, with what was not seen: what rests on the rest of such a part depends on it. */
  unseen: readonly { part: RealmPart; words: string }[]
}

export type Question = {
  /** In the platform's own words: `s3:GetObject`, `create`, `Microsoft.Storage/storageAccounts/listKeys/action`. */
  action: string
  /** By native name: an ARN, `pods/exec`, a resource id, a path. */
  resource: string
  /** Where, for platforms that divide a realm further: a namespace. Left out: in the whole realm. */
  place?: string
  /** What is known of the request, by condition key. A key that is not named is not known; one with an empty list is absent. */
  context?: Readonly<Record<string, string | readonly string[]>>
}

/** Strongest first. `administrator`: of the realm, or of a part that is run like one. `escalates`: it can come to be administrator by steps of its own. `sensitive`: it reaches stored secrets or data. */
export const PRIVILEGES = ['administrator', 'escalates', 'sensitive', 'write', 'read', 'none'] as const
export type PrivilegeLevel = (typeof PRIVILEGES)[number]

/** What a principal may do by what it holds, before any step to another. */
export type Privileges = {
  /** The strongest level that is certain. */
  certain: PrivilegeLevel
  /** The strongest level that what is not known could still add up to: equal to `certain` where nothing is open. */
  possible: PrivilegeLevel
  because: readonly string[]
  missing?: readonly string[]
}

/** One known way of coming to more rights, as it stands in a table. */
export type Escalation = {
  /** Of the platform's table: stable, stored with what it explains. */
  id: string
  title: string
  /** The permissions that are needed, all of them. */
  needs: readonly string[]
  /** What has to hold beside the permissions, in words. */
  only?: string
  gives: string
  /** Where it is documented. */
  source: string
}

/** What a step leads to: a principal of this or another realm, every right in the realm, or data. */
export type StepTarget =
  | { kind: 'principal'; id: string }
  | { kind: 'administrator' }
  /** More rights than now, of which it is not known how many. */
  | { kind: 'more' }
  | { kind: 'runner'; id: string }
  /** It can read the stored secret, or have the issuer make a credential. */
  | { kind: 'thing'; id: string }

export type Step = {
  to: StepTarget
  /** Id of the escalation, or `trust` where being let in is all it takes. */
  by: string
  /** Judged by what was seen: a ceiling that was not seen is named in `missing` and does not lower it. */
  answer: 'yes' | 'depends'
  because: readonly string[]
  missing?: readonly string[]
}

/** Who knocks: a principal by name, a service of the platform, or the bearer of a token that an issuer signed. */
export type Caller =
  | {
      kind: 'principal'
      id: string
      aliases: readonly string[]
      realm: string
      tags?: Readonly<Record<string, string>>
    }
  | { kind: 'service'; name: string }
  | { kind: 'token'; issuer: string; claims: Readonly<Record<string, string | readonly string[]>> }

/** A weakness of who can become a principal: one row of the table of federation pitfalls. */
export type Pitfall = {
  /** F01 to F29. */
  id: string
  /** The trust it is about. */
  trust: string
  answer: 'yes' | 'depends'
  severity: 'critical' | 'high' | 'medium' | 'low'
  because: readonly string[]
}

/** A realm, compiled once and ready to be asked. Ids that are not in the realm are answered `depends`, saying so. */
export type Access = {
  can(principal: string, question: Question): AccessAnswer
  privileges(principal: string): Privileges
  /** Everything it can do on its own to act as somebody else or to come to hold more. Bounded: `more` says where it was cut. */
  steps(principal: string): { steps: readonly Step[]; more: boolean }
  /** What whoever controls a runner comes to beside the principals that it runs as. Left out: nothing is known of it. */
  runnerSteps?(runner: string): readonly Step[]
  /** Whether trust in a principal of the realm (or elsewhere) lets the caller become it; what the caller may ask for is not judged. */
  admits(principal: string, caller: Caller): AccessAnswer
  pitfalls(principal: string): readonly Pitfall[]
  /**
   * Everything that privileges, steps and pitfalls of a principal rest on beside the code: where it is equal before and after a
   * change of the realm, so are they, word for word. Undefined, or left out by a platform: it has to be judged again.
   */
  restsOn?(principal: string): Rests | undefined
}

/** Plain data, as JSON has it; what many rest on is one and the same object, so that it need be read only once. */
export type Rests = readonly (object | string)[]

/** One platform: the languages it reads and the table of escalations it knows. */
export type Platform = {
  id: string
  languages: readonly string[]
  /** Types of scopes that it judges; without the part after the last dot any variant. */
  realms: readonly string[]
  escalations: readonly Escalation[]
  /**
   * Set where a realm has parts that are run like realms of their own (subscriptions, projects): full control of one makes an
   * administrator, and only a step to `administrator` says that it is of the whole realm.
   */
  parts?: true
  within(realm: Realm): Access
}
