// What an evaluation has to say about what is not asked any more: subjects that are gone, and rules that are.
import type { Instant } from '@/core/fact'
import { NO_SEVERITY } from '@/core/score'
import type { Tx } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'
import type { Judge } from './judge'
import { LASTING_FORMS } from './posture'

/** Which subjects are looked at: those, or all of the scope. */
export type Which = readonly string[] | 'all'
const among = (column: Prisma.Sql, which: Which): Prisma.Sql =>
  which === 'all' ? Prisma.sql`TRUE` : Prisma.sql`${column} = ANY(${which}::uuid[])`

/** Findings of rules that are turned off, or no longer there. */
export async function resolveUnasked(tx: Tx, scopeId: string, judge: Judge, now: Instant): Promise<void> {
  const asked = Object.values(judge.asked).flatMap((rules) => rules.map(({ id }) => id))
  const off = JSON.stringify(Object.fromEntries(judge.off))
  await tx.$executeRaw`
    UPDATE finding f SET state = 'resolved', resolved_at = ${now}::timestamptz, changed_at = ${now}::timestamptz,
      resolved_why = coalesce('the rule is turned off: ' || (${off}::jsonb ->> f.rule_id), 'the rule is no longer there'),
      valid_from = ${now}::timestamptz
    WHERE f.scope_id = ${scopeId}::uuid AND f.state = 'open' AND f.rule_id <> ALL(${asked}::text[])`
}

/** Findings about what a complete look no longer saw. */
export async function resolveRetired(tx: Tx, scopeId: string, which: Which, now: Instant): Promise<void> {
  if (!which.length) return
  await tx.$executeRaw`
    WITH ended AS (
      SELECT f.id FROM finding f LEFT JOIN identity i ON i.id = f.subject_id AND f.subject_kind = 'identity'
        LEFT JOIN credential c ON c.id = f.subject_id AND f.subject_kind = 'credential'
        LEFT JOIN secret s ON s.id = f.subject_id AND f.subject_kind = 'secret'
      WHERE f.scope_id = ${scopeId}::uuid AND f.state = 'open' AND f.subject_kind <> 'scope'
        AND ${among(Prisma.sql`f.subject_id`, which)}
        AND (coalesce(i.id, c.id, s.id) IS NULL OR coalesce(i.retired_at, c.retired_at, s.retired_at) IS NOT NULL)
    )
    UPDATE finding f SET state = 'resolved', resolved_at = ${now}::timestamptz, changed_at = ${now}::timestamptz,
      resolved_why = 'the subject is gone', valid_from = ${now}::timestamptz
    FROM ended e WHERE f.id = e.id`
}

/** Counts of identities that are gone: what they held may have gone with them, or may not. */
export async function countRetired(tx: Tx, scopeId: string, which: Which, now: Instant): Promise<void> {
  if (!which.length) return
  await tx.$executeRaw`
    WITH gone AS (
      SELECT p.identity_id FROM posture p JOIN identity i ON i.id = p.identity_id
      WHERE i.scope_id = ${scopeId}::uuid AND i.retired_at IS NOT NULL AND ${among(Prisma.sql`i.id`, which)}
    ), held AS (
      SELECT c.identity_id, count(*)::int AS credentials, min(coalesce(c.rotated_at, c.created_at)) FILTER (
          WHERE c.enabled IS NOT FALSE AND c.form = ANY(${[...LASTING_FORMS]}::text[])) AS oldest
      FROM credential c JOIN gone USING (identity_id) WHERE c.scope_id = ${scopeId}::uuid AND c.retired_at IS NULL
      GROUP BY c.identity_id
    ), verdicts AS (
      SELECT f.identity_id, (count(*) FILTER (WHERE f.verdict = 'fail'))::int AS failing,
        (count(*) FILTER (WHERE f.verdict = 'unknown'))::int AS unknowns,
        min(f.severity) FILTER (WHERE f.verdict = 'fail') AS worst
      FROM finding f JOIN gone USING (identity_id) WHERE f.scope_id = ${scopeId}::uuid AND f.state = 'open'
      GROUP BY f.identity_id
    ), counted AS (
      SELECT g.identity_id, coalesce(h.credentials, 0) AS credentials, h.oldest, coalesce(v.failing, 0) AS failing,
        coalesce(v.unknowns, 0) AS unknowns, coalesce(v.worst, ${NO_SEVERITY}::int) AS worst
      FROM gone g LEFT JOIN held h USING (identity_id) LEFT JOIN verdicts v USING (identity_id)
    )
    UPDATE posture p SET credentials = c.credentials, oldest_credential_at = c.oldest, failing = c.failing,
      unknowns = c.unknowns, worst = c.worst, worst_open = NULL, evaluated_at = ${now}::timestamptz, valid_from = ${now}::timestamptz
    FROM counted c WHERE p.identity_id = c.identity_id
      AND (p.credentials, p.oldest_credential_at, p.failing, p.unknowns, p.worst, p.worst_open)
        IS DISTINCT FROM (c.credentials, c.oldest, c.failing, c.unknowns, c.worst, NULL)`
}
