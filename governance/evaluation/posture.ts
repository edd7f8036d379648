// The joined facts and counts of identities, kept beside them so that lists can filter and sort.
import type { Instant } from '@/core/fact'
import type { IdentitySubject } from '@/core/subject'
import { db } from '@/prisma/client'

/** Stands for "no failing finding" where severities are compared: after the mildest. */
export const NO_SEVERITY = 9

/** Writes owner and privilege of the identities given. */
export async function writePosture(
  scopeId: string,
  subjects: IdentitySubject[],
  now: Instant,
): Promise<void> {
  const rows = subjects.map(({ id, owner, privilege }) => ({
    id,
    owner,
    privilege,
    owner_state: owner.state,
    owner_name: owner.state === 'known' ? owner.value.name : null,
    privilege_class: privilege.state === 'known' ? privilege.value.class : 'unknown',
  }))
  await db.$executeRaw`
    INSERT INTO posture AS p (identity_id, scope_id, owner, privilege, owner_state, owner_name, privilege_class,
      credentials, failing, unknowns, worst, evaluated_at)
    SELECT id, ${scopeId}::uuid, owner, privilege, owner_state, owner_name, privilege_class, 0, 0, 0, ${NO_SEVERITY}, ${now}::timestamptz
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS t (id uuid, owner jsonb, privilege jsonb,
      owner_state text, owner_name text, privilege_class text)
    ON CONFLICT (identity_id) DO UPDATE SET owner = excluded.owner, privilege = excluded.privilege,
      owner_state = excluded.owner_state, owner_name = excluded.owner_name,
      privilege_class = excluded.privilege_class, evaluated_at = excluded.evaluated_at
    WHERE p.owner IS DISTINCT FROM excluded.owner OR p.privilege IS DISTINCT FROM excluded.privilege`
}

/**
 * Counts credentials and verdicts of every identity of the scope. Writes only rows that differ.
 * @param seen whether every place that can hold credentials was once seen whole
 */
export async function countPosture(scopeId: string, seen: boolean): Promise<void> {
  await db.$executeRaw`
    WITH held AS (
      SELECT identity_id, count(*)::int AS credentials,
        min(coalesce(rotated_at, created_at)) FILTER (
          WHERE enabled IS NOT FALSE AND form IN ('static-key', 'ssh-key', 'password', 'token')) AS oldest
      FROM credential WHERE scope_id = ${scopeId}::uuid AND retired_at IS NULL GROUP BY identity_id
    ), verdicts AS (
      SELECT identity_id, count(*) FILTER (WHERE verdict = 'fail')::int AS failing,
        count(*) FILTER (WHERE verdict = 'unknown')::int AS unknowns,
        min(severity) FILTER (WHERE verdict = 'fail') AS worst
      FROM finding WHERE scope_id = ${scopeId}::uuid AND state = 'open' GROUP BY identity_id
    ), counted AS (
      SELECT p.identity_id, coalesce(h.credentials, 0) AS credentials, h.oldest,
        CASE WHEN ${seen} OR (i.doc ->> 'neverHasCredentials')::boolean THEN 'known' ELSE 'unknown' END AS credentials_state,
        coalesce(v.failing, 0) AS failing, coalesce(v.unknowns, 0) AS unknowns, coalesce(v.worst, ${NO_SEVERITY}) AS worst
      FROM posture p JOIN identity i ON i.id = p.identity_id
        LEFT JOIN held h USING (identity_id) LEFT JOIN verdicts v USING (identity_id)
      WHERE p.scope_id = ${scopeId}::uuid
    )
    UPDATE posture p SET credentials = c.credentials, credentials_state = c.credentials_state, oldest_credential_at = c.oldest, failing = c.failing,
      unknowns = c.unknowns, worst = c.worst
    FROM counted c WHERE p.identity_id = c.identity_id
      AND (p.credentials, p.credentials_state, p.oldest_credential_at, p.failing, p.unknowns, p.worst)
        IS DISTINCT FROM (c.credentials, c.credentials_state, c.oldest, c.failing, c.unknowns, c.worst)`
}
