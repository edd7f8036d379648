// Asks every rule about every active subject of a scope and keeps what they answer.
import type { Instant } from '@/core/fact'
import { SEVERITIES } from '@/core/rule'
import type { Subject } from '@/core/subject'
import { db } from '@/prisma/client'
import { rules } from '@/rules'
import { revisionOf } from '@/rules/revisions'
import { absenceOf } from './absence'
import { resolveRetired, writeFindings, type Judged } from './findings'
import { countPosture, writePosture } from './posture'
import { credentialSubjects, identitySubjects, looksOf } from './subjects'

type Counts = { pass: number; fail: number; unknown: number; notApplicable: number }
type At = { scopeId: string; signal: AbortSignal; now: Instant }

const severityOf = (ruleId: string): number => {
  const rule = rules.find((r) => r.meta.id === ruleId)
  return SEVERITIES.indexOf(rule?.meta.severity ?? 'info')
}

class Judge {
  readonly tallies = new Map<string, Counts>()

  constructor(private readonly at: At) {
    for (const rule of rules)
      this.tallies.set(rule.meta.id, { pass: 0, fail: 0, unknown: 0, notApplicable: 0 })
  }

  /** What all rules of its kind say about a subject. Parameters are each rule's own defaults. */
  judge(subject: Subject, identityId: string | null): Judged[] {
    const { kind, name } = subject
    return rules
      .filter((rule) => rule.meta.subject === kind)
      .map((rule) => {
        const ruleId = rule.meta.id
        const verdict = rule.judge(subject, {}, this.at.now)
        this.count(ruleId, verdict.state)
        return {
          ruleId,
          revision: revisionOf(ruleId),
          subject: { kind, id: subject.id, name },
          identityId,
          scopeId: this.at.scopeId,
          verdict,
        }
      })
  }

  private count(ruleId: string, state: 'pass' | 'fail' | 'unknown' | 'not-applicable'): void {
    const counts = this.tallies.get(ruleId)
    if (counts) counts[state === 'not-applicable' ? 'notApplicable' : state]++
  }
}

/** Evaluates a scope. Safe to repeat and to interrupt: verdicts are written per chunk, counts at the end. */
export async function evaluateScope(at: At): Promise<void> {
  const { scopeId, now, signal } = at
  const looks = await looksOf(scopeId)
  const judge = new Judge(at)
  for await (const chunk of identitySubjects(scopeId, looks)) {
    signal.throwIfAborted()
    await writePosture(scopeId, chunk, now)
    await writeFindings(
      chunk.flatMap((s) => judge.judge(s, s.id)),
      severityOf,
      now,
    )
  }
  for await (const chunk of credentialSubjects(scopeId, looks)) {
    signal.throwIfAborted()
    await writeFindings(
      chunk.flatMap((s) => judge.judge(s, s.identityId)),
      severityOf,
      now,
    )
  }
  await resolveRetired(scopeId, now)
  await countPosture(scopeId, absenceOf(looks, 'credential').state === 'absent')
  await writeTallies(scopeId, judge.tallies, now)
}

async function writeTallies(scopeId: string, tallies: Map<string, Counts>, at: Instant): Promise<void> {
  await db.$transaction([
    db.tally.deleteMany({ where: { scopeId } }),
    db.tally.createMany({
      data: [...tallies].map(([ruleId, counts]) => ({ ruleId, scopeId, ...counts, at })),
    }),
    db.scope.update({ where: { id: scopeId }, data: { evaluatedAt: at } }),
  ])
}
