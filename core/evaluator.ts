// What it is to be an administrator, asked of the documents that somebody holds in one language.

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
