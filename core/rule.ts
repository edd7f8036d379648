// A rule answers pass, fail or unknown. The engine answers unknown before a rule is asked.
import type { z } from 'zod'
import { isFact, type Fact, type Instant } from './fact'
import type { SubjectKind, SubjectOf } from './subject'

export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const
export type Severity = (typeof SEVERITIES)[number]

/** A fact a verdict rests on, kept with the finding so that it can be read without the inventory. */
export type Evidence = {
  fact: string
  state: 'known' | 'absent' | 'unknown'
  value?: unknown
  source: string
  at?: Instant
  /** Why a newer look could not confirm it, or why there is no answer. */
  why?: string
}
export type Verdict =
  | { state: 'not-applicable' }
  | { state: 'pass'; evidence: Evidence[] }
  | { state: 'fail'; message: string; severity: Severity; evidence: Evidence[] }
  | { state: 'unknown'; missing: string[]; message: string; evidence: Evidence[] }

/** What a rule found: a message id with its data, and a severity where it differs from the rule's own. */
export type Hit = { message: string; data: Record<string, string | number>; severity?: Severity }
/** The facts were there and still do not decide: on what the answer depends, in words. */
export type Depends = { depends: string }

type FactName<K extends SubjectKind> = {
  [P in keyof SubjectOf<K>]-?: SubjectOf<K>[P] extends Fact<infer _> ? P : never
}[keyof SubjectOf<K>] &
  string
/** The subject with its needed facts unwrapped: absent has become null, unknown cannot occur. */
export type Unwrapped<K extends SubjectKind, N extends FactName<K>> = {
  [P in keyof SubjectOf<K>]: P extends N
    ? SubjectOf<K>[P] extends Fact<infer V>
      ? V | null
      : SubjectOf<K>[P]
    : SubjectOf<K>[P]
}

export type RuleMeta<K extends SubjectKind, N extends string, P> = {
  /** `<noun>-<defect>`, also the name of its folder. */
  id: string
  title: string
  severity: Severity
  subject: K
  /** Facts without which it cannot answer. */
  needs: readonly N[]
  params: z.ZodType<P>
  /** Framework controls it speaks to, `<framework>:<id>`. */
  controls: readonly string[]
  messages: Readonly<Record<string, string>>
  /** What the reader should do, as one sentence with a verb first. */
  remedy: string
}
export type Rule<K extends SubjectKind = SubjectKind, N extends FactName<K> = FactName<K>, P = unknown> = {
  meta: RuleMeta<K, N, P>
  /** Whether the rule speaks about this subject at all. Reads no fact. */
  applies: (subject: SubjectOf<K>) => boolean
  check: (at: { subject: Unwrapped<K, N>; params: P; now: Instant }) => Hit | Depends | null
}
export const defineRule = <K extends SubjectKind, const N extends FactName<K>, P>(
  rule: Rule<K, N, P>,
): Rule<K, N, P> => rule

const evidenceOf = (name: string, fact: Fact<unknown>): Evidence => {
  if (fact.state === 'unknown') return { fact: name, state: 'unknown', source: fact.source, why: fact.why }
  return {
    fact: name,
    state: fact.state,
    source: fact.source,
    ...(fact.state === 'known' && { value: fact.value }),
    ...(fact.at !== undefined && { at: fact.at }),
    ...(fact.unconfirmed && { why: fact.unconfirmed.why }),
  }
}

/** Fills `{{name}}` places. @throws when a place has no value: a message with a hole must not be stored */
export const fill = (template: string, data: Record<string, string | number>): string =>
  template.replace(/\{\{(\w+)\}\}/g, (_, key: string) => {
    const value = Object.hasOwn(data, key) ? data[key] : undefined
    if (value === undefined) throw new Error(`message has no value for {{${key}}}`)
    return String(value)
  })

/** Asks one rule about one subject. Pure: the clock is passed in. */
export function evaluate<K extends SubjectKind, N extends FactName<K>, P>(
  rule: Rule<K, N, P>,
  subject: SubjectOf<K>,
  params: P,
  now: Instant,
): Verdict {
  if (!rule.applies(subject)) return { state: 'not-applicable' }
  const bare: Record<string, unknown> = { ...subject }
  const evidence: Evidence[] = []
  const missing: string[] = []
  for (const need of rule.meta.needs) {
    const fact = bare[need]
    if (!isFact(fact))
      throw new Error(`${rule.meta.id} needs ${need}, which is not a fact of ${rule.meta.subject}`)
    evidence.push(evidenceOf(need, fact))
    if (fact.state === 'unknown') missing.push(need)
    else bare[need] = fact.state === 'known' ? fact.value : null
  }
  if (missing.length)
    return { state: 'unknown', missing, message: `Cannot tell: ${missing.join(', ')} not known.`, evidence }
  const hit = rule.check({ subject: bare as Unwrapped<K, N>, params, now })
  if (!hit) return { state: 'pass', evidence }
  if ('depends' in hit)
    return { state: 'unknown', missing: [], message: `It depends: ${hit.depends}`, evidence }
  const template = rule.meta.messages[hit.message]
  if (template === undefined) throw new Error(`${rule.meta.id} has no message ${hit.message}`)
  return {
    state: 'fail',
    message: fill(template, hit.data),
    severity: hit.severity ?? rule.meta.severity,
    evidence,
  }
}
