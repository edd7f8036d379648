// What verdicts change about findings. A finding keeps its identity across evaluations and is written only when it changes.
import type { Instant } from '@/core/fact'
import type { Evidence, Verdict } from '@/core/rule'
import { contentHash, idOf } from '@/inventory/content-hash'
import type { Tx } from '@/prisma/client'
import type { Judged } from './judge'
import type { FindingRow } from './rows'

/** Times of evidence move with every look and say nothing new. */
const evidenceHash = (evidence: Evidence[], message: string): string =>
  contentHash([message, evidence.map(({ at: _, ...rest }) => rest)])

const findingId = (j: Judged): string => idOf('finding', j.ruleId, j.subject.id)

/** Why a finding ends. That a rule no longer speaks about its subject is not that it passes. */
const SETTLED = { pass: 'the rule passes now', 'not-applicable': 'the rule no longer applies to it' } as const

type OpenRow = ReturnType<typeof rowOf>
export type FindingChanges = { open: OpenRow[]; settled: { id: string; why: string }[] }

const rowOf = (j: Judged, verdict: Extract<Verdict, { state: 'fail' | 'unknown' }>, hash: string) => ({
  id: findingId(j),
  rule_id: j.ruleId,
  revision: j.revision,
  subject_kind: j.subject.kind,
  subject_id: j.subject.id,
  subject_name: j.subject.name,
  identity_id: j.identityId,
  verdict: verdict.state,
  severity: j.severity,
  message: verdict.message,
  evidence: verdict.evidence,
  evidence_hash: hash,
})

/** What has to be written so that the findings say what was judged: nothing, mostly. */
export function findingChanges(
  judged: readonly Judged[],
  held: ReadonlyMap<string, FindingRow[]>,
): FindingChanges {
  const changes: FindingChanges = { open: [], settled: [] }
  for (const one of judged) {
    const { verdict } = one
    const before = held.get(one.subject.id)?.find(({ ruleId }) => ruleId === one.ruleId)
    if (verdict.state === 'pass' || verdict.state === 'not-applicable') {
      if (before?.state === 'open') changes.settled.push({ id: findingId(one), why: SETTLED[verdict.state] })
      continue
    }
    const hash = evidenceHash(verdict.evidence, `${verdict.state} ${one.severity} ${verdict.message}`)
    const same =
      before?.state === 'open' &&
      before.hash === hash &&
      before.revision === one.revision &&
      before.subjectName === one.subject.name &&
      before.identityId === one.identityId
    if (!same) changes.open.push(rowOf(one, verdict, hash))
  }
  return changes
}

/** Opens, reopens and updates findings that fail or cannot be judged; resolves those that pass. */
export async function writeFindings(
  tx: Tx,
  scopeId: string,
  { open, settled }: FindingChanges,
  now: Instant,
): Promise<void> {
  if (open.length)
    await tx.$executeRaw`
      INSERT INTO finding AS f (id, rule_id, revision, subject_kind, subject_id, subject_name, identity_id, scope_id,
        verdict, severity, message, evidence, evidence_hash, state, opened_at, changed_at, valid_from, known_from)
      SELECT id, rule_id, revision, subject_kind, subject_id, subject_name, identity_id, ${scopeId}::uuid,
        verdict, severity, message, evidence, evidence_hash, 'open', ${now}::timestamptz, ${now}::timestamptz,
        ${now}::timestamptz, (SELECT knowledge_now())
      FROM jsonb_to_recordset(${JSON.stringify(open)}::jsonb) AS t (id uuid, rule_id text, revision text,
        subject_kind text, subject_id uuid, subject_name text, identity_id uuid, verdict text,
        severity int, message text, evidence jsonb, evidence_hash text)
      ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, subject_name = excluded.subject_name,
        identity_id = excluded.identity_id, verdict = excluded.verdict, severity = excluded.severity,
        message = excluded.message, evidence = excluded.evidence, evidence_hash = excluded.evidence_hash,
        state = 'open', resolved_at = NULL, resolved_why = NULL, changed_at = excluded.changed_at,
        opened_at = CASE WHEN f.state = 'open' THEN f.opened_at ELSE excluded.opened_at END,
        valid_from = excluded.valid_from
      WHERE (f.state, f.evidence_hash, f.revision, f.subject_name, f.identity_id) IS DISTINCT FROM
        ('open', excluded.evidence_hash, excluded.revision, excluded.subject_name, excluded.identity_id)`
  if (settled.length)
    await tx.$executeRaw`
      UPDATE finding f SET state = 'resolved', resolved_at = ${now}::timestamptz, changed_at = ${now}::timestamptz,
        resolved_why = t.why, valid_from = ${now}::timestamptz
      FROM jsonb_to_recordset(${JSON.stringify(settled)}::jsonb) AS t (id uuid, why text)
      WHERE f.id = t.id AND f.state = 'open'`
}
