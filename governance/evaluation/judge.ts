// Asks every rule about a subject, and counts what they answer.
import type { Instant } from '@/core/fact'
import { SEVERITIES, type Verdict } from '@/core/rule'
import type { Subject } from '@/core/subject'
import { rules } from '@/rules'
import { revisionOf } from '@/rules/revisions'

export type Judged = {
  ruleId: string
  revision: string
  subject: { kind: Subject['kind']; id: string; name: string }
  identityId: string | null
  /** 0 critical to 4 info: of the verdict where it fails, else the rule's own. */
  severity: number
  verdict: Verdict
}
export type Counts = { pass: number; fail: number; unknown: number; notApplicable: number }

const asked = rules.map((rule) => ({
  rule,
  ruleId: rule.meta.id,
  subject: rule.meta.subject,
  severity: SEVERITIES.indexOf(rule.meta.severity),
}))
export const RULE_IDS: readonly string[] = asked.map(({ ruleId }) => ruleId)

export class Judge {
  readonly counts = new Map<string, Counts>(
    RULE_IDS.map((id) => [id, { pass: 0, fail: 0, unknown: 0, notApplicable: 0 }]),
  )

  constructor(private readonly now: Instant) {}

  /** What all rules of its kind say about a subject. Parameters are each rule's own defaults. */
  judge(subject: Subject, identityId: string | null): Judged[] {
    const judged: Judged[] = []
    const { kind, id, name } = subject
    for (const one of asked) {
      if (one.subject !== kind) continue
      const { ruleId } = one
      const verdict = one.rule.judge(subject, {}, this.now)
      const severity = verdict.state === 'fail' ? SEVERITIES.indexOf(verdict.severity) : one.severity
      const counts = this.counts.get(ruleId)
      if (counts) counts[verdict.state === 'not-applicable' ? 'notApplicable' : verdict.state]++
      judged.push({
        ruleId,
        revision: revisionOf(ruleId),
        subject: { kind, id, name },
        identityId,
        severity,
        verdict,
      })
    }
    return judged
  }
}
