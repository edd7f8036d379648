// The contract of whoever proposes least privilege: what of a principal's rights was seen in use, and what would be enough.
import type { Held, Principal, Question, Realm } from '@/core/access'

/**
 * What a source told of one held document: which of its actions were used in a window of time. With `unseen` it tells of what
 * one of the two lists names, and of nothing else.
 */
export type Exercised = { id: string; via: string; actions: readonly string[]; unseen?: readonly string[] }
export type Given = {
  realm: Realm
  principal: Principal
  /** What logs say that it did, in the words of the connector. */
  uses: readonly string[]
  exercised: readonly Exercised[]
}
export type Right = {
  /** In the platform's own words. */
  name: string
  /** may-be: what was seen does not say exactly. */
  use: 'seen' | 'may-be' | 'not-seen'
}
/** `told`: whether anything that was seen speaks of this document. Otherwise nothing is said about its use. */
export type Rights = { told: boolean; rights: readonly Right[] }

export type ProposedFile = { name: string; language: 'yaml' | 'json' | 'hcl'; text: string }
export type Proposal =
  | {
      made: true
      files: readonly ProposedFile[]
      /** The realm as it would be: nothing else differs. */
      realm: Realm
      /** Everything that was seen and has to be allowed as before. */
      asks: readonly Question[]
      /** What to know before it is used. */
      notes: readonly string[]
    }
  | { made: false; why: string }

export type Proposer = {
  /** Id of the platform. */
  platform: string
  /** Where it is told what is used, or what is missing for that. */
  evidence: string
  /** Undefined where the document could not be read. */
  rights(held: Held, given: Given): Rights | undefined
  propose(given: Given): Proposal
}

export const withheld = (why: string): Proposal => ({ made: false, why })
export const exercisedOf = ({ exercised }: Given, { id, via }: Held): Exercised | undefined =>
  exercised.find((one) => one.id === id && one.via === via)
export const isText = (value: unknown): value is string => typeof value === 'string'
export const textsIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter(isText) : isText(value) ? [value] : []

/** The realm in which the principal holds something else, beside further rulings. */
export const holding = (
  realm: Realm,
  id: string,
  held: readonly Held[],
  rulings: Realm['rulings'] = [],
): Realm => ({
  ...realm,
  principals: realm.principals.map((one) => (one.id === id ? { ...one, held } : one)),
  rulings: [...realm.rulings, ...rulings],
})

/** A name that every platform takes, made from the name of a principal: letters, digits and the mark. */
export const plainName = (name: string, mark: '-' | '_'): string =>
  `rollcall${mark}${
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, mark)
      .replace(new RegExp(`^${mark}+|${mark}+$`, 'g'), '')
      .slice(0, 40) || 'proposal'
  }`
