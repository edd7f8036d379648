// A rule as the registry holds it: whatever its subject and parameters are, it is asked in one way.
import type { Instant } from '@/core/fact'
import { evaluate, type Rule, type RuleMeta, type Severity, type Verdict } from '@/core/rule'
import type { Subject, SubjectKind, SubjectOf } from '@/core/subject'

/** A rule with its parameters settled. */
export type Prepared = {
  /** All of them, with the defaults of those left out. */
  params: unknown
  /**
   * A subject of another kind is not applicable.
   * @param brief where the evidence is not wanted
   */
  ask: (subject: Subject, now: Instant, brief?: boolean) => Verdict
  /** Whether it speaks about subjects such as this one. Reads no fact: what it is asked with need not have any. */
  applies: (subject: Subject) => boolean
}
export type Registered = {
  meta: RuleMeta<SubjectKind, string, unknown>
  /**
   * Checks parameters once, for many subjects. Those left out take their defaults.
   * @param severity how bad it is, where the policy says so
   * @throws ZodError where they are none of the rule's
   */
  prepare: (params: unknown, severity?: Severity) => Prepared
  /** Asks the rule about one subject. */
  judge: (subject: Subject, params: unknown, now: Instant) => Verdict
}

/** Takes a rule into the registry: its types end here, its checks do not. */
export function registered<K extends SubjectKind, const N extends Needed<K>, P>(
  rule: Rule<K, N, P>,
): Registered {
  const isSpokenOf = (subject: Subject): subject is SubjectOf<K> => subject.kind === rule.meta.subject
  const prepare = (given: unknown, severity?: Severity): Prepared => {
    const params = rule.meta.params.parse(given)
    return {
      params,
      ask: (subject, now, brief) =>
        isSpokenOf(subject)
          ? evaluate(rule, subject, params, now, { decided: severity, ...(brief && { brief }) })
          : { state: 'not-applicable' },
      applies: (subject) => isSpokenOf(subject) && rule.applies(subject, params),
    }
  }
  return {
    meta: rule.meta,
    prepare,
    judge: (subject, params, now) => prepare(params).ask(subject, now),
  }
}

/** The fact names a rule about this kind of subject may need. */
type Needed<K extends SubjectKind> = Rule<K>['meta']['needs'][number]
