// What a pack says of what it was asked about, as the report, the README and the exchange formats print it. Plain values.

/** One rule as it was asked: enough to ask it again. Counts are of the pack's population alone. */
export type RuleTest = {
  id: string
  title: string
  severity: string
  /** The hash of the rule's text that gave the answers; several where it changed in the period. */
  revisions: string[]
  /** What it was asked with, in words. */
  parameters: string
  /** What it cannot see. */
  blindSpot?: string
  pass: number
  fail: number
  /** Of those that fail: under an approved exception. */
  excepted: number
  unknown: number
  /** Subjects it was not asked about, for their source was not judged. */
  notAsked: number
}

/** Unknown is never a pass: `no-failure` only where every rule was asked everywhere and passed. */
export type ControlState = 'failing' | 'no-failure' | 'cannot-tell' | 'nothing-judged' | 'no-rule'

export type SignedOff = {
  campaign: string
  by: string
  at: string
  decisions: number
  statement: string
}

export type ControlResult = {
  framework: { id: string; title: string; version: string }
  /** As its publisher writes it, such as `PR.AA-05` or `8.6.1`. */
  control: string
  title: string
  /** Its exact statement, only where that may be quoted. */
  text?: string
  state: ControlState
  /** What was tested for it, in words of its own; undefined where only the rules tell. */
  test?: string
  /** How many were looked at for it. */
  population: number
  rules: RuleTest[]
  /** What was not seen that it rests on, in words. */
  gaps: string[]
  signOffs: SignedOff[]
}

/** A source, reconciled: what its API told against what is held. */
export type SourceLine = {
  connection: string
  connector: string
  scope: string
  scopeNativeId: string
  kind: string
  /** How many the source itself said that there are, where it says so; undefined is not the same as none. */
  reported?: number
  /** Rows read by the last complete look. */
  read?: number
  held: number
  excluded: { count: number; why: string }[]
  refused: { call: string; permission: string; times: number }[]
  /** Whether the last look was complete, and when one last was. */
  state: 'complete' | 'partial' | 'never'
  lookedAt?: string
  completeAt?: string
  why?: string
}

export type ExceptionLine = {
  id: string
  reason: string
  askedBy: string
  approvedBy?: string
  from?: string
  until?: string
  findings: number
}

/** One verdict of a rule about one subject, for formats that list them. */
export type FindingLine = {
  id: string
  ruleId: string
  ruleTitle: string
  revision: string
  verdict: 'fail' | 'unknown'
  severity: string
  message: string
  subject: { id: string; nativeId: string; name: string; kind: string }
  identityId?: string
  scope: { name: string; nativeId: string; connector: string }
  state: 'open' | 'resolved'
  openedAt: string
  changedAt: string
  resolvedAt?: string
  excepted?: { until: string; reason: string; approvedBy: string }
  /** `<framework>:<control>` of all it gives evidence toward. */
  controls: string[]
}

export type ReportFacts = {
  title: string
  product: { name: string; version: string }
  by: string
  asOf: { valid: string; known: string }
  period?: { from: string; to: string }
  /** The filter in words, part by part. */
  scope: string[]
  redacted: string[]
  complete: boolean
  gaps: string[]
  totals: { identities: number; credentials: number; failing: number; unknown: number; excepted: number }
  controls: ControlResult[]
  sources: SourceLine[]
  exceptions: ExceptionLine[]
  /** Files of the pack with their rows, as they are before the manifest is written. */
  files: { name: string; about: string; rows?: number }[]
  /** How it was come by and how it can be done again, sentence by sentence. */
  method: string[]
}
