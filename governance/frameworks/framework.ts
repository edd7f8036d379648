// What a framework of controls is here: data, with the exact ids of whoever publishes it.

export const BASELINES = ['low', 'moderate', 'high'] as const
export type Baseline = (typeof BASELINES)[number]

export type Control = {
  /** As its publisher writes it, such as `PR.AA-05`. Where there are no ids, its place in the document. */
  id: string
  /** Its title or statement. Where quoting is not allowed and there is no title: its gist in our words. */
  title: string
  /** The part of the framework it stands in. */
  group?: string
  /** Its exact statement, only where that is public domain. */
  text?: string
  /** What it is about, in our words. */
  gist?: string
  /** The baselines that select it; none of them where the list is empty. Undefined: the framework has none. */
  baselines?: readonly Baseline[]
}
export type Framework = {
  /** Stands before the ids of its controls: `csf:PR.AA-05`. */
  id: string
  title: string
  version: string
  publisher: string
  /** What may be shown of it, and whose words these are. */
  licence: string
  /** Whether its own text may be quoted. */
  quotable: boolean
  /** What whoever reads the counts should know. */
  note?: string
  controls: readonly Control[]
}

/** The controls of one framework that each rule gives evidence toward, by the id of the rule. */
export type Mapping = Readonly<Record<string, readonly string[]>>
