// A rule as the registry holds it: whatever its subject and parameters are, it is asked in one way.
import type { Instant } from '@/core/fact'
import { evaluate, type Rule, type RuleMeta, type Verdict } from '@/core/rule'
import type { Subject, SubjectKind, SubjectOf } from '@/core/subject'

export type Registered = {
  meta: RuleMeta<SubjectKind, string, unknown>
  /** Asks the rule. A subject of another kind is not applicable; parameters left out take their defaults. */
  judge: (subject: Subject, params: unknown, now: Instant) => Verdict
}

/** Takes a rule into the registry: its types end here, its checks do not. */
export function registered<K extends SubjectKind, const N extends Needed<K>, P>(
  rule: Rule<K, N, P>,
): Registered {
  const isSpokenOf = (subject: Subject): subject is SubjectOf<K> => subject.kind === rule.meta.subject
  return {
    meta: rule.meta,
    judge: (subject, params, now) =>
      isSpokenOf(subject)
        ? evaluate(rule, subject, rule.meta.params.parse(params), now)
        : { state: 'not-applicable' },
  }
}

/** The fact names a rule about this kind of subject may need. */
type Needed<K extends SubjectKind> = Rule<K>['meta']['needs'][number]
