// The contract of an access evaluator: pure, one per policy language, three answers.

/** A permission document that an identity holds, as its evaluator sees it. */
export type HeldDocument = {
  name: string
  /** `limit` caps what the allowing documents can give. */
  effect: 'allow' | 'limit'
  via: string
  /** The document, or undefined when it could not be read. */
  document?: Record<string, unknown>
}

export type AdministratorAnswer = {
  /** `depends`: decided by a condition or a document that is not known; `because` says which. */
  answer: 'yes' | 'no' | 'depends'
  /** Statement by statement, in words, the deciding ones first. */
  because: string[]
}

export type Evaluator = {
  /** The language it reads, as entitlements name it. */
  language: string
  /** Whether all held documents together make their holder an administrator of its scope. */
  administrator: (held: readonly HeldDocument[]) => AdministratorAnswer
}
