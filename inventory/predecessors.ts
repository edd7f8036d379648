// A new identity under an old name is another identity. Who bore the name before it is kept beside it.
import type { Tx } from '@/prisma/client'
import type { LookAt } from './reconcile'

/**
 * Links each identity that is new with the last one before it that bore one of its aliases, is of the same type and
 * scope, and is gone. An identity held only under the alias itself is not another one: aliases.ts makes the two one.
 */
export async function namePredecessors(tx: Tx, { scopeId, stamp }: LookAt): Promise<void> {
  const [{ any = false } = {}] = await tx.$queryRaw<{ any: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM identity WHERE scope_id = ${scopeId}::uuid AND retired_at IS NOT NULL) AS any`
  if (!any) return
  await tx.$executeRaw`
    WITH borne AS (
      SELECT id, type, native_id, known_from, retired_at, predecessor_id, unnest(aliases) AS alias,
        coalesce(created_at, first_seen_at) AS began, coalesce(retired_at, 'infinity') AS ended
      FROM identity WHERE scope_id = ${scopeId}::uuid
    )
    UPDATE identity i SET predecessor_id = found.before FROM (
      SELECT DISTINCT ON (n.id) n.id, p.id AS before FROM borne n JOIN borne p
        ON p.alias = n.alias AND p.type = n.type AND p.id <> n.id
      WHERE n.known_from = ${stamp}::timestamptz AND n.predecessor_id IS NULL AND p.retired_at IS NOT NULL
        AND p.native_id <> n.alias AND (p.began, p.ended, p.id) < (n.began, n.ended, n.id)
      ORDER BY n.id, p.began DESC, p.ended DESC, p.id DESC
    ) found WHERE i.id = found.id`
}
