// The kept counts of a scope without the names of owners: most questions do not speak of those.
import { Prisma } from '@/prisma/generated/client'
import type { Tx } from '@/prisma/client'

const DIMENSIONS = Prisma.sql`scope_id, type, class, owner_state, privilege_class, retired`

/** Sums the counts of one scope up and writes what differs. Belongs behind every change of the counts themselves. */
export async function totalFacets(tx: Tx, scopeId: string): Promise<void> {
  const summed = Prisma.sql`
    SELECT ${DIMENSIONS}, sum(count)::int AS count FROM facet_count WHERE scope_id = ${scopeId}::uuid GROUP BY ${DIMENSIONS}`
  await tx.$executeRaw`
    DELETE FROM facet_total f WHERE f.scope_id = ${scopeId}::uuid AND NOT EXISTS (
      SELECT 1 FROM facet_count c WHERE c.scope_id = f.scope_id
        AND (c.type, c.class, c.owner_state, c.privilege_class, c.retired) = (f.type, f.class, f.owner_state, f.privilege_class, f.retired))`
  await tx.$executeRaw`
    INSERT INTO facet_total AS f (${DIMENSIONS}, count, valid_from, known_from)
    SELECT n.*, k.at, k.at FROM (${summed}) n, (SELECT knowledge_now() AS at) k
    ON CONFLICT (${DIMENSIONS}) DO UPDATE SET count = excluded.count WHERE f.count <> excluded.count`
}
