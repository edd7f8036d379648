// A rule answers pass, fail or unknown. What rests on a fact that nobody knows is unknown, whatever the rule would say.
import type { z } from 'zod'
import type { Fact, Instant } from './fact'
import { earliestOf } from './days'
import { askedOf, viewOf } from './laid-bare'
import { latencyOf, latentFrom } from './latency'
import { factNames } from './fact-words'
import type { AnyFactName, FactName, SubjectKind, SubjectOf } from './subject'

export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const
export type Severity = (typeof SEVERITIES)[number]

/** What does no harm as things are ranks so many steps lower. */
const LATENT_STEPS = 2
const milder = (severity: Severity): Severity =>
  SEVERITIES[Math.min(SEVERITIES.indexOf(severity) + LATENT_STEPS, SEVERITIES.length - 1)] ?? 'info'

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
/** From `until` on the answer may be another although no fact has changed: a limit of time is reached then. */
type Until = { until?: Instant | undefined }
export type Verdict =
  | { state: 'not-applicable'; exempt?: string }
  | ({ state: 'pass'; evidence: Evidence[] } & Until)
  | ({
      state: 'fail'
      message: string
      severity: Severity
      /** Why it does no harm as things are: it ranks lower. */
      latent?: string
      evidence: Evidence[]
    } & Until)
  | ({ state: 'unknown'; missing: string[]; message: string; evidence: Evidence[] } & Until)

/** What a rule found: a message id with its data, and a severity where it differs from the rule's own. */
export type Hit = { message: string; data: Record<string, string | number>; severity?: Severity } & Until
/** The facts were there and still do not decide: on what the answer depends, in words. */
export type Depends = { depends: string } & Until
/** It passes, and from then on may not. `null` passes for good. */
export type Passes = { until: Instant }

/**
 * The subject with its needed facts unwrapped: absent has become null, unknown cannot be read. A rule reads a fact where it
 * decides, and not before: what holds whatever the fact is, holds where nobody knows it.
 */
export type Unwrapped<K extends SubjectKind, N extends FactName<K>> = {
  [P in keyof SubjectOf<K>]: P extends N
    ? SubjectOf<K>[P] extends Fact<infer V>
      ? V | null
      : SubjectOf<K>[P]
    : SubjectOf<K>[P]
}

/** In the order in which lists show them. */
export const TOPICS = {
  offboarding: 'Offboarding',
  leakage: 'Secret leakage',
  'third-party': 'Third parties',
  authentication: 'Authentication',
  privilege: 'Privilege',
  trust: 'Trust',
  lifetime: 'Lifetime',
  environment: 'Environments',
  reuse: 'Reuse',
  people: 'Use by people',
  emergency: 'Emergency access',
  coverage: 'Coverage',
} as const
export type Topic = keyof typeof TOPICS

export type RuleMeta<K extends SubjectKind, N extends string, P> = {
  /** `<noun>-<defect>`, also the name of its folder. */
  id: string
  title: string
  severity: Severity
  subject: K
  /** Facts that its answer rests on: as soon as it reads one that is unknown, the answer is that it cannot tell. */
  needs: readonly N[]
  /** Facts that it reads where they are known, and answers without where they are not: kept as evidence too. */
  weighs?: readonly string[]
  params: z.ZodType<P>
  /** Framework controls it speaks to, `<framework>:<id>`. */
  controls: readonly string[]
  messages: Readonly<Record<string, string>>
  /** What the reader should do, as one sentence with a verb first. */
  remedy: string
  /** What it is about, for lists. */
  topic: Topic
  /** Set where it is just as bad if the subject is disabled or nothing can act as it. */
  whenLatent?: 'as-bad'
  /** Set where it also speaks about identities that are declared to be for emergencies. */
  whenBreakGlass?: 'speaks'
}
type Asked<K extends SubjectKind, N extends FactName<K>, P> = {
  subject: Unwrapped<K, N>
  params: P
  now: Instant
  /** When each needed fact was last confirmed. Left out where facts are asked that were kept without times. */
  seen: Partial<Record<N, Instant>>
}
export type Rule<K extends SubjectKind = SubjectKind, N extends FactName<K> = FactName<K>, P = unknown> = {
  meta: RuleMeta<K, N, P>
  /** Whether the rule speaks about this subject at all, as it is set. Reads no fact. */
  applies: (subject: SubjectOf<K>, params: P) => boolean
  check: (at: Asked<K, N, P>) => Hit | Depends | Passes | null
}
export const defineRule = <K extends SubjectKind, const N extends FactName<K>, P>(
  rule: Rule<K, N, P> & { meta: { weighs?: readonly FactName<K>[] } },
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

/** The facts a rule needs that are not known. */
const missingOf = <N extends string>(subject: object, needs: readonly N[]): N[] =>
  needs.filter((need) => (subject as Record<string, Fact<unknown>>)[need]?.state === 'unknown')

/** How each rule sees its subjects. */
const views = new WeakMap<object, ReturnType<typeof viewOf>>()
function seenBy({ meta }: Rule, subject: object): object {
  let View = views.get(meta)
  if (!View) views.set(meta, (View = viewOf(meta.needs)))
  return new View(subject)
}

/** @throws where the rule needs what is not a fact of its subject */
function seenOf(ruleId: string, subject: object, needs: readonly string[]): Record<string, Instant> {
  const seen: Record<string, Instant> = {}
  for (const need of needs) {
    const fact = (subject as Record<string, Fact<unknown> | undefined>)[need]
    if (fact?.state === undefined)
      throw new Error(`${ruleId} needs ${need}, which is not a fact of its subject`)
    if (fact.state !== 'unknown' && fact.at !== undefined) seen[need] = fact.at
  }
  return seen
}

const evidenceFor = (subject: object, needs: readonly string[]): Evidence[] =>
  needs.map((need) => evidenceOf(need, (subject as Record<string, Fact<unknown>>)[need] as Fact<unknown>))

/** How a rule is asked, where that is not the usual. */
export type Asking = {
  /** How bad it is, where the policy says so: whatever the rule itself would say. */
  decided?: Severity | undefined
  /** Set where only the answer is wanted and not what it rests on, of very many. */
  brief?: boolean
}

/** Asks one rule about one subject. Pure: the clock is passed in. */
export function evaluate<K extends SubjectKind, N extends FactName<K>, P>(
  rule: Rule<K, N, P>,
  subject: SubjectOf<K>,
  params: P,
  now: Instant,
  { decided, brief = false }: Asking = {},
): Verdict {
  const { meta } = rule
  if (!rule.applies(subject, params)) return { state: 'not-applicable' }
  if (subject.breakGlass !== undefined && meta.whenBreakGlass !== 'speaks')
    return { state: 'not-applicable', exempt: subject.breakGlass }
  const seen = seenOf(meta.id, subject, meta.needs) as Partial<Record<N, Instant>>
  const evidence = brief ? [] : evidenceFor(subject, [...meta.needs, ...(meta.weighs ?? [])])
  const asked = askedOf(seenBy(rule as unknown as Rule, subject), (bare) =>
    rule.check({ subject: bare as Unwrapped<K, N>, params, now, seen }),
  )
  if (!asked) {
    const missing = missingOf(subject, meta.needs)
    return {
      state: 'unknown',
      missing,
      message: `Cannot tell without knowing ${factNames(missing as readonly AnyFactName[])}.`,
      evidence,
    }
  }
  const found = asked.answer
  const until = found?.until === undefined ? {} : { until: found.until }
  if (!found || !('message' in found || 'depends' in found)) return { state: 'pass', evidence, ...until }
  if ('depends' in found)
    return { state: 'unknown', missing: [], message: `It depends: ${found.depends}`, evidence, ...until }
  const template = meta.messages[found.message]
  if (template === undefined) throw new Error(`${meta.id} has no message ${found.message}`)
  const message = fill(template, found.data)
  const severity = decided ?? found.severity ?? meta.severity
  if (meta.whenLatent === 'as-bad') return { state: 'fail', message, severity, evidence, ...until }
  const latency = latencyOf(subject, now)
  if (!latency) {
    const end = latentFrom(subject, now)
    const ends = end === undefined ? until : { until: earliestOf(end, found.until) }
    return { state: 'fail', message, severity, evidence, ...ends }
  }
  return {
    state: 'fail',
    message,
    severity: milder(severity),
    latent: latency.why,
    evidence: [
      ...evidence,
      ...latency.facts
        .filter(([name]) => !evidence.some(({ fact }) => fact === name))
        .map(([name, fact]) => evidenceOf(name, fact)),
    ],
    ...until,
  }
}
