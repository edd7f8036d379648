// What verdicts change about findings. A finding keeps its identity across evaluations and is written only when it changes.
import type { Instant } from '@/core/fact'
import type { Evidence } from '@/core/rule'
import { contentHash, idOf } from '@/inventory/content-hash'
import type { Tx } from '@/prisma/client'
import type { Judge, JudgedUnit, Open } from './judge'
import type { FindingRow } from './rows'

/** Times of evidence move with every look and say nothing new. */
const evidenceHash = (evidence: Evidence[], ...said: (string | number | undefined)[]): string =>
  contentHash([said, evidence.map(({ at: _, ...rest }) => rest)])

const findingId = ({ settled, subject }: Open): string => idOf('finding', settled.ruleId, subject.id)
const latentOf = ({ verdict }: Open): string | undefined =>
  verdict.state === 'fail' ? verdict.latent : undefined

/** Why a finding ends. That a rule no longer speaks about its subject is not that it passes. */
const SETTLED = {
  p: 'the rule passes now',
  n: 'the rule no longer applies to it',
  x: 'it is declared to be for emergencies',
} as const

type OpenRow = ReturnType<typeof rowOf>
export type FindingChanges = {
  open: OpenRow[]
  settled: { id: string; why: string }[]
  /** Subjects of what is open and was not judged: gone, or with something else now. */
  left: string[]
}

const rowOf = (one: Open, hash: string) => ({
  id: findingId(one),
  rule_id: one.settled.ruleId,
  revision: one.settled.revision,
  subject_kind: one.subject.kind,
  subject_id: one.subject.id,
  subject_name: one.subject.name,
  identity_id: one.identityId,
  verdict: one.verdict.state,
  severity: one.severity,
  message: one.verdict.message,
  latent: latentOf(one) ?? null,
  evidence: one.verdict.evidence,
  evidence_hash: hash,
})

/** What has to be written so that the findings say what was judged: nothing, mostly. */
export function findingChanges(
  judge: Judge,
  units: readonly JudgedUnit[],
  held: readonly FindingRow[],
): FindingChanges {
  const changes: FindingChanges = { open: [], settled: [], left: [] }
  const before = new Map(held.map((row) => [row.id, row]))
  const kept = new Set<string>()
  const judged = new Map<string, JudgedUnit>()
  for (const unit of units) {
    for (const id of unit.letters.keys()) judged.set(id, unit)
    for (const one of unit.open) {
      const { verdict, severity, subject } = one
      const hash = evidenceHash(verdict.evidence, verdict.state, severity, verdict.message, latentOf(one))
      const was = before.get(findingId(one))
      kept.add(findingId(one))
      const same =
        was?.hash === hash &&
        was.revision === one.settled.revision &&
        was.subjectName === subject.name &&
        was.identityId === one.identityId
      if (!same) changes.open.push(rowOf(one, hash))
    }
  }
  for (const { id, ruleId, subjectKind, subjectId } of held) {
    if (kept.has(id)) continue
    const unit = judged.get(subjectId)
    if (!unit) changes.left.push(subjectId)
    else settle(changes, id, judge.answerOf(unit, subjectKind, subjectId, ruleId))
  }
  return changes
}

/** One of a rule that is not asked any more is ended elsewhere, where it is known why. */
function settle(changes: FindingChanges, id: string, answer: ReturnType<Judge['answerOf']>): void {
  if (answer === 'p' || answer === 'n' || answer === 'x') changes.settled.push({ id, why: SETTLED[answer] })
}

/** Opens, reopens and updates findings that fail or cannot be judged; resolves those that pass. */
export async function writeFindings(
  tx: Tx,
  scopeId: string,
  { open, settled }: Pick<FindingChanges, 'open' | 'settled'>,
  now: Instant,
): Promise<void> {
  if (open.length)
    await tx.$executeRaw`
      INSERT INTO finding AS f (id, rule_id, revision, subject_kind, subject_id, subject_name, identity_id, scope_id,
        verdict, severity, message, latent, evidence, evidence_hash, state, opened_at, changed_at, valid_from, known_from)
      SELECT id, rule_id, revision, subject_kind, subject_id, subject_name, identity_id, ${scopeId}::uuid,
        verdict, severity, message, latent, evidence, evidence_hash, 'open', ${now}::timestamptz, ${now}::timestamptz,
        ${now}::timestamptz, (SELECT knowledge_now())
      FROM jsonb_to_recordset(${JSON.stringify(open)}::jsonb) AS t (id uuid, rule_id text, revision text,
        subject_kind text, subject_id uuid, subject_name text, identity_id uuid, verdict text,
        severity int, message text, latent text, evidence jsonb, evidence_hash text)
      ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, subject_name = excluded.subject_name,
        identity_id = excluded.identity_id, verdict = excluded.verdict, severity = excluded.severity,
        message = excluded.message, latent = excluded.latent, evidence = excluded.evidence,
        evidence_hash = excluded.evidence_hash,
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
