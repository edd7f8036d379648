// Rows that name an identity by something that may be borne anew (a name, an alias) belong to who bears it now.
import { Prisma } from '@/prisma/generated/client'
import type { Tx } from '@/prisma/client'
import { PROJECTIONS } from './projections'
import type { LookAt } from './reconcile'

const REFERRING = Object.values(PROJECTIONS).flatMap(({ table, identityRef }) =>
  identityRef ? [Prisma.raw(table)] : [],
)

async function hasUnbound(tx: Tx, scopeId: string): Promise<boolean> {
  const parts = REFERRING.map(
    (table) => Prisma.sql`EXISTS (SELECT 1 FROM ${table} WHERE scope_id = ${scopeId}::uuid AND unbound)`,
  )
  const [row] = await tx.$queryRaw<{ any: boolean }[]>`SELECT ${Prisma.join(parts, ' OR ')} AS any`
  return row?.any ?? false
}

/** The current bearer is preferred to one that is gone, and of several the youngest; without any the row waits. */
export async function bindReferences(tx: Tx, { scopeId, observedAt }: LookAt): Promise<void> {
  if (!(await hasUnbound(tx, scopeId))) return
  for (const table of REFERRING)
    await tx.$executeRaw`
      WITH named AS (
        SELECT id, identity_ref AS ref FROM ${table} WHERE scope_id = ${scopeId}::uuid AND unbound
      ), borne AS (
        SELECT id, unnest(aliases) AS ref, retired_at, coalesce(created_at, first_seen_at) AS began
        FROM identity WHERE scope_id = ${scopeId}::uuid
      ), bearer AS (
        SELECT DISTINCT ON (n.ref) n.ref, b.id FROM (SELECT DISTINCT ref FROM named) n JOIN borne b ON b.ref = n.ref
        ORDER BY n.ref, b.retired_at DESC NULLS FIRST, b.began DESC, b.id
      ), bound AS (
        SELECT n.id, i.id IS NULL AS unbound,
          coalesce(i.id, b.id, rollcall_id(${scopeId}::uuid, 'identity', n.ref)) AS identity_id
        FROM named n LEFT JOIN bearer b ON b.ref = n.ref
        LEFT JOIN identity i ON i.id = rollcall_id(${scopeId}::uuid, 'identity', n.ref)
      )
      UPDATE ${table} c SET identity_id = b.identity_id, unbound = b.unbound, valid_from = ${observedAt}::timestamptz
      FROM bound b WHERE c.id = b.id AND (c.identity_id, c.unbound) IS DISTINCT FROM (b.identity_id, b.unbound)`
}
