// The kept counts, shaped like the rows they count: one condition reads both, so that neither can mean something else.
import { currentMoment, reader } from '@/inventory/moment/at-moment'
import { Prisma } from '@/prisma/generated/client'

/**
 * Stands in for `identity i LEFT JOIN posture p`, as far as conditions speak of scope, type, class, retired or not,
 * owner and privilege. Every row stands for `fc.count` identities.
 */
export const FACET_FROM = Prisma.sql`facet_count fc
  CROSS JOIN LATERAL (SELECT fc.scope_id, fc.type, fc.class,
    CASE WHEN fc.retired THEN '-infinity'::timestamptz END AS retired_at) i
  CROSS JOIN LATERAL (SELECT fc.owner_state, nullif(fc.owner_name, '') AS owner_name, fc.privilege_class) p`

/**
 * Whether the counts say the same as counting. They are kept as of when something was learned: what was true at one
 * instant as far as it was known at a later one has to be counted. So has a scope of which much is being evaluated.
 */
export async function facetsFit(): Promise<boolean> {
  const moment = currentMoment()
  if (moment && moment.valid !== moment.known) return false
  const [missing] = await reader.$queryRaw<unknown[]>`
    SELECT 1 FROM scope s WHERE NOT EXISTS (SELECT 1 FROM facet_count f WHERE f.scope_id = s.id)
      AND EXISTS (SELECT 1 FROM identity i WHERE i.scope_id = s.id) LIMIT 1`
  return missing === undefined
}
