// How the rules answered over a whole scope, counted from what each that was judged keeps. Only counts that differ are written.
import type { Instant } from '@/core/fact'
import type { SubjectKind } from '@/core/subject'
import type { Tx } from '@/prisma/client'
import { countAnswers, noCounts, type Counts } from './answers'
import type { Judge } from './judge'

/** Most give the same few answers: they are counted by these, and never one by one. */
async function countsOf(tx: Tx, scopeId: string, { asked }: Judge): Promise<Map<string, Counts>> {
  const rows = await tx.$queryRaw<{ kind: SubjectKind; answers: string; count: number }[]>`
    SELECT kind, answers, count(*)::int AS count FROM subject_state WHERE scope_id = ${scopeId}::uuid GROUP BY kind, answers`
  const counts = new Map<string, Counts>()
  const lists = Object.fromEntries(
    Object.entries(asked).map(([kind, rules]) => [
      kind,
      rules.map(({ id }) => {
        const none = noCounts()
        counts.set(id, none)
        return none
      }),
    ]),
  ) as Record<SubjectKind, Counts[]>
  for (const { kind, answers, count } of rows) countAnswers(answers, count, lists[kind], lists.credential)
  return counts
}

export async function writeTallies(tx: Tx, scopeId: string, judge: Judge, now: Instant): Promise<void> {
  const counts = await countsOf(tx, scopeId, judge)
  const rows = [
    ...[...counts].map(([rule_id, { notApplicable, ...rest }]) => ({
      rule_id,
      not_applicable: notApplicable,
      off: null,
      ...rest,
    })),
    ...[...judge.off].map(([rule_id, off]) => {
      const { notApplicable, ...rest } = noCounts()
      return { rule_id, not_applicable: notApplicable, off, ...rest }
    }),
  ]
  await tx.$executeRaw`
    DELETE FROM tally WHERE scope_id = ${scopeId}::uuid AND rule_id <> ALL(${rows.map(({ rule_id }) => rule_id)}::text[])`
  // That it was asked again is no version: `at` is not watched.
  await tx.$executeRaw`
    INSERT INTO tally AS t (rule_id, scope_id, pass, fail, unknown, not_applicable, exempt, off, at, valid_from, known_from)
    SELECT rule_id, ${scopeId}::uuid, pass, fail, unknown, not_applicable, exempt, off, ${now}::timestamptz, ${now}::timestamptz,
      (SELECT knowledge_now())
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS n (rule_id text, pass int, fail int, unknown int, not_applicable int, exempt int, off text)
    ON CONFLICT (rule_id, scope_id) DO UPDATE SET pass = excluded.pass, fail = excluded.fail, unknown = excluded.unknown,
      not_applicable = excluded.not_applicable, exempt = excluded.exempt, off = excluded.off, at = excluded.at,
      valid_from = CASE WHEN (t.pass, t.fail, t.unknown, t.not_applicable, t.exempt, t.off)
        IS NOT DISTINCT FROM (excluded.pass, excluded.fail, excluded.unknown, excluded.not_applicable, excluded.exempt, excluded.off)
        THEN t.valid_from ELSE excluded.valid_from END`
}
