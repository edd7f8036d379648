// Writes verdicts down. A finding keeps its identity across evaluations and is written only when it changes.
import type { Instant } from '@/core/fact'
import { SEVERITIES, type Evidence, type Verdict } from '@/core/rule'
import { contentHash, idOf } from '@/inventory/content-hash'
import { db } from '@/prisma/client'

export type Judged = {
  ruleId: string
  revision: string
  subject: { kind: string; id: string; name: string }
  identityId: string | null
  scopeId: string
  verdict: Verdict
}

/** Times of evidence move with every look and say nothing new. */
const evidenceHash = (evidence: Evidence[], message: string): string =>
  contentHash([message, evidence.map(({ at: _, ...rest }) => rest)])

const findingId = (j: Judged): string => idOf('finding', j.ruleId, j.subject.id)

/** Why a finding ends. That a rule no longer speaks about its subject is not that it passes. */
const SETTLED = [
  ['pass', 'the rule passes now'],
  ['not-applicable', 'the rule no longer applies to it'],
] as const

type Open = Judged & { verdict: Extract<Verdict, { state: 'fail' | 'unknown' }> }
const isOpen = (j: Judged): j is Open => j.verdict.state === 'fail' || j.verdict.state === 'unknown'

const rowOf = (j: Open, severityOf: (ruleId: string) => number) => {
  const { verdict } = j
  const severity = verdict.state === 'fail' ? SEVERITIES.indexOf(verdict.severity) : severityOf(j.ruleId)
  return {
    id: findingId(j),
    rule_id: j.ruleId,
    revision: j.revision,
    subject_kind: j.subject.kind,
    subject_id: j.subject.id,
    subject_name: j.subject.name,
    identity_id: j.identityId,
    scope_id: j.scopeId,
    verdict: verdict.state,
    severity,
    message: verdict.message,
    evidence: verdict.evidence,
    evidence_hash: evidenceHash(verdict.evidence, `${verdict.state} ${severity} ${verdict.message}`),
  }
}

/** Opens, reopens and updates findings that fail or cannot be judged; resolves those that pass. */
export async function writeFindings(
  judged: Judged[],
  severityOf: (ruleId: string) => number,
  now: Instant,
): Promise<void> {
  const rows = judged.filter(isOpen).map((j) => rowOf(j, severityOf))
  if (rows.length)
    await db.$executeRaw`
      INSERT INTO finding AS f (id, rule_id, revision, subject_kind, subject_id, subject_name, identity_id, scope_id,
        verdict, severity, message, evidence, evidence_hash, state, opened_at, changed_at)
      SELECT id, rule_id, revision, subject_kind, subject_id, subject_name, identity_id, scope_id,
        verdict, severity, message, evidence, evidence_hash, 'open', ${now}::timestamptz, ${now}::timestamptz
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS t (id uuid, rule_id text, revision text,
        subject_kind text, subject_id uuid, subject_name text, identity_id uuid, scope_id uuid, verdict text,
        severity int, message text, evidence jsonb, evidence_hash text)
      ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, subject_name = excluded.subject_name,
        identity_id = excluded.identity_id, verdict = excluded.verdict, severity = excluded.severity,
        message = excluded.message, evidence = excluded.evidence, evidence_hash = excluded.evidence_hash,
        state = 'open', resolved_at = NULL, resolved_why = NULL, changed_at = excluded.changed_at,
        opened_at = CASE WHEN f.state = 'open' THEN f.opened_at ELSE excluded.opened_at END
      WHERE f.state <> 'open' OR f.evidence_hash <> excluded.evidence_hash OR f.revision <> excluded.revision`
  for (const [state, why] of SETTLED) {
    const ids = judged.filter((j) => j.verdict.state === state).map(findingId)
    await db.$executeRaw`
      UPDATE finding SET state = 'resolved', resolved_at = ${now}::timestamptz, changed_at = ${now}::timestamptz,
        resolved_why = ${why}
      WHERE id = ANY(${ids}::uuid[]) AND state = 'open'`
  }
}

/** Findings about what a complete look no longer saw. */
export async function resolveRetired(scopeId: string, now: Instant): Promise<void> {
  await db.$executeRaw`
    UPDATE finding f SET state = 'resolved', resolved_at = ${now}::timestamptz, changed_at = ${now}::timestamptz,
      resolved_why = 'the subject is gone'
    WHERE f.scope_id = ${scopeId}::uuid AND f.state = 'open' AND (
      EXISTS (SELECT 1 FROM identity i WHERE i.id = f.subject_id AND i.retired_at IS NOT NULL) OR
      EXISTS (SELECT 1 FROM credential c WHERE c.id = f.subject_id AND c.retired_at IS NOT NULL))`
}
