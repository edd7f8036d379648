// Whether people are still there, as the newest source says that says anything of them.
import { send } from '@/jobs/queue'
import type { Tx } from '@/prisma/client'

/**
 * Writes the standing of people anew from what their sources say, where it is another. Of two sources that spoke at the same
 * instant the one counts that says they left. Whom no source speaks of stays as they are.
 * @param now when somebody left of whom no day is told
 * @returns those whose standing is another now
 */
export async function settleStanding(tx: Tx, personIds: readonly string[], now: Date): Promise<string[]> {
  if (!personIds.length) return []
  const rows = await tx.$queryRaw<{ id: string }[]>`
    UPDATE person p SET standing = n.standing, changed_at = ${now}::timestamptz,
      left_at = CASE WHEN n.standing = 'left' THEN coalesce(p.left_at, ${now}::timestamptz) END
    FROM (
      SELECT DISTINCT ON (person_id) person_id, CASE WHEN is_active THEN 'here' ELSE 'left' END AS standing
      FROM person_source WHERE person_id = ANY(${[...personIds]}::uuid[]) ORDER BY person_id, at DESC, is_active, source
    ) n
    WHERE p.id = n.person_id AND p.standing <> n.standing RETURNING p.id`
  return rows.map(({ id }) => id)
}

/** Has everything judged again of which these people or teams are the owner. To be called in the transaction that changes them. */
export async function evaluateOwnedBy(tx: Tx, whoIds: readonly string[]): Promise<void> {
  if (!whoIds.length) return
  const ids = [...whoIds]
  const scopes = await tx.$queryRaw<{ id: string }[]>`
    SELECT i.scope_id AS id FROM ownership o JOIN identity i ON i.id = o.identity_id
    WHERE o.person_id = ANY(${ids}::uuid[]) OR o.team_id = ANY(${ids}::uuid[])
    UNION
    SELECT h.scope_id FROM directory_change c JOIN owner_hint h ON lower(h.value) = c.email
    WHERE c.who_id = ANY(${ids}::uuid[]) AND c.email <> '' AND h.identity_id IS NOT NULL AND h.retired_at IS NULL`
  for (const { id } of scopes) await send('evaluate-scope', { scopeId: id, runId: null }, tx)
}
