// How the rules answered over a whole scope. Only counts that differ are written.
import type { Instant } from '@/core/fact'
import type { Tx } from '@/prisma/client'
import type { Counts } from './judge'

export async function writeTallies(
  tx: Tx,
  scopeId: string,
  counts: ReadonlyMap<string, Counts>,
  now: Instant,
): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM tally WHERE scope_id = ${scopeId}::uuid AND rule_id <> ALL(${[...counts.keys()]}::text[])`
  const rows = [...counts].map(([rule_id, { notApplicable, ...rest }]) => ({
    rule_id,
    not_applicable: notApplicable,
    ...rest,
  }))
  // That it was asked again is no version: `at` is not watched.
  await tx.$executeRaw`
    INSERT INTO tally AS t (rule_id, scope_id, pass, fail, unknown, not_applicable, at, valid_from, known_from)
    SELECT rule_id, ${scopeId}::uuid, pass, fail, unknown, not_applicable, ${now}::timestamptz, ${now}::timestamptz,
      (SELECT knowledge_now())
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS n (rule_id text, pass int, fail int, unknown int, not_applicable int)
    ON CONFLICT (rule_id, scope_id) DO UPDATE SET pass = excluded.pass, fail = excluded.fail, unknown = excluded.unknown,
      not_applicable = excluded.not_applicable, at = excluded.at,
      valid_from = CASE WHEN (t.pass, t.fail, t.unknown, t.not_applicable)
        = (excluded.pass, excluded.fail, excluded.unknown, excluded.not_applicable)
        THEN t.valid_from ELSE excluded.valid_from END`
}
