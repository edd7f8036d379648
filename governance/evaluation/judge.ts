// Asks every rule about what was read, as the policy has settled them.
import type { Instant } from '@/core/fact'
import { valueOf } from '@/core/fact'
import type { Policy } from '@/core/policy'
import { SEVERITIES, type Verdict } from '@/core/rule'
import type { IdentitySubject, Subject, SubjectKind } from '@/core/subject'
import { contentHash } from '@/inventory/content-hash'
import { hash } from 'node:crypto'
import type { Registered } from '@/rules/registered'
import { writeAnswers, type Answer } from './answers'
import { compilePolicy, type CompiledPolicy } from './compiled-policy'
import type { RawUnit } from './raw-facts'
import { RuleSettings, type Settled } from './settings'
import { credentialUnder, identityUnder, scopeUnder, secretUnder, sooner } from './under-policy'

/** Counted up when what is written down of the same verdicts is another: everything is then written anew. */
const WRITTEN_AS = 1
const ANSWER_OF = { pass: 'p', fail: 'f', unknown: 'u', 'not-applicable': 'n' } as const

/** A verdict that is kept: it fails, or it cannot be told. */
export type Open = {
  settled: Settled
  subject: Pick<Subject, 'kind' | 'id' | 'name'>
  identityId: string | null
  /** 0 critical to 4 info: of the verdict where it fails, else of the rule. */
  severity: number
  verdict: Extract<Verdict, { state: 'fail' | 'unknown' }>
}
/** What was judged as one. */
export type JudgedUnit = {
  id: string
  kind: SubjectKind
  open: Open[]
  /** Of each subject, a letter for each rule about its kind. */
  letters: Map<string, string>
  answers: string
  /** Of what is kept of the verdicts; equal where nothing of it differs. Empty where nothing is. */
  digest: string
  /** When time alone may change an answer. */
  due: Instant | undefined
  identity?: IdentitySubject
}

type Asked = { id: string; settings: RuleSettings }
type Heard = { open: Open[]; letters: Map<string, string>; due: Instant | undefined; brief: boolean }

export class Judge {
  /** Rules that are asked, by what they speak of, each in one order. */
  readonly asked: Readonly<Record<SubjectKind, readonly Asked[]>>
  /** Rules that are turned off, and why. */
  readonly off: ReadonlyMap<string, string>
  readonly settled: readonly Settled[]
  /** Equal as long as the same rules are asked with the same settings. */
  readonly mark: string
  private readonly policy: CompiledPolicy

  constructor(
    private readonly now: Instant,
    private readonly given: Policy,
    rules: readonly Registered[],
  ) {
    const policy = given
    this.policy = compilePolicy(policy)
    this.off = new Map(
      rules.flatMap(({ meta }) => {
        const why = policy.rules[meta.id]?.off
        return why === undefined ? [] : [[meta.id, why] as const]
      }),
    )
    const on = rules
      .filter(({ meta }) => !this.off.has(meta.id))
      .map((rule) => ({
        id: rule.meta.id,
        kind: rule.meta.subject,
        settings: new RuleSettings(rule, policy.rules[rule.meta.id]),
      }))
    const of = (kind: SubjectKind) => on.filter((one) => one.kind === kind)
    this.asked = {
      identity: of('identity'),
      credential: of('credential'),
      secret: of('secret'),
      scope: of('scope'),
    }
    this.settled = on.flatMap(({ settings }) => settings.revisions)
    this.mark = contentHash([
      WRITTEN_AS,
      on.map(({ id, settings }) => [id, settings.revisions.map(({ revision }) => revision)]),
      policy,
    ])
  }

  /** From which another one can be made that says the same. */
  get like(): { now: Instant; policy: Policy; mark: string } {
    return { now: this.now, policy: this.given, mark: this.mark }
  }

  /**
   * What all rules say about something and what belongs to it.
   * @param brief where only its digest and its answers are wanted, and not what they rest on
   */
  judge(unit: RawUnit, brief = false): JudgedUnit {
    const until = 'until' in unit ? unit.until : undefined
    const heard: Heard = { open: [], letters: new Map(), due: until, brief }
    if (unit.kind === 'identity') return this.judgeIdentity(unit, heard)
    const subject =
      unit.kind === 'credential'
        ? credentialUnder(unit.credential, undefined)
        : unit.kind === 'secret'
          ? secretUnder(unit.secret)
          : scopeUnder(unit.scope)
    const identityId = unit.kind === 'credential' ? unit.holderId : null
    const letters = this.ask(subject, identityId, undefined, heard)
    const { open, due } = heard
    return {
      ...{ id: subject.id, kind: unit.kind, open, letters: heard.letters, due },
      ...{ answers: letters, digest: digestOf(open) },
    }
  }

  private judgeIdentity(unit: Extract<RawUnit, { kind: 'identity' }>, heard: Heard): JudgedUnit {
    const { subject, until } = identityUnder(unit.identity, this.policy, this.now)
    if (until !== undefined) heard.due = sooner(until, heard.due)
    const environment = valueOf(subject.environment)
    const own = this.ask(subject, subject.id, environment, heard)
    const belonging = unit.credentials.map((raw) =>
      this.ask(credentialUnder(raw, subject), subject.id, environment, heard),
    )
    return {
      id: subject.id,
      kind: 'identity',
      ...heard,
      answers: writeAnswers(own, belonging),
      digest: digestOf(heard.open),
      identity: subject,
    }
  }

  /** @returns a letter for each rule about its kind */
  private ask(
    subject: Subject,
    identityId: string | null,
    environment: string | undefined,
    heard: Heard,
  ): string {
    let letters = ''
    for (const { settings } of this.asked[subject.kind]) {
      const settled = settings.of(subject.type, environment)
      const verdict = settled.ask(subject, this.now, heard.brief)
      const { state } = verdict
      letters += state === 'not-applicable' && verdict.exempt !== undefined ? 'x' : ANSWER_OF[state]
      if (state === 'not-applicable') continue
      if (verdict.until !== undefined) heard.due = sooner(verdict.until, heard.due)
      if (state === 'pass') continue
      heard.open.push({
        settled,
        subject,
        identityId,
        severity: state === 'fail' ? SEVERITIES.indexOf(verdict.severity) : settled.severity,
        verdict,
      })
    }
    heard.letters.set(subject.id, letters)
    return letters
  }

  /** What a rule that is asked said about a subject of which it keeps nothing. */
  answerOf(unit: JudgedUnit, kind: SubjectKind, subjectId: string, ruleId: string): Answer | undefined {
    const at = this.asked[kind].findIndex(({ id }) => id === ruleId)
    return unit.letters.get(subjectId)?.[at] as Answer | undefined
  }
}

/** Evidence is no part of it: it is told by what was read, which is compared by itself. */
function digestOf(open: readonly Open[]): string {
  if (!open.length) return ''
  let text = ''
  for (const { settled, subject, severity, verdict } of open) {
    const latent = verdict.state === 'fail' ? (verdict.latent ?? '') : ''
    // The revision names the rule and its settings; half of the id tells subjects of one unit apart.
    text += `${subject.id.slice(0, 18)} ${settled.revision.slice(0, 24)} ${verdict.state} ${severity} ${verdict.message}\n${latent}\n`
  }
  return hash('sha256', text).slice(0, 32)
}
