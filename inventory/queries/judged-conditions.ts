// The conditions of a list that only identities are in that were judged: what an identity is stands in its posture as well,
// so that one index knows both what it is and what the rules say.
import type { IdentityFilter } from '@/core/list'
import { currentMoment } from '@/inventory/moment/at-moment'
import { Prisma } from '@/prisma/generated/client'
import type { IdentityConditions } from './identity-where'
import { allOf } from './sql'

/**
 * Whether a posture says the same about its identity as the identity itself. It is kept as of when something was learned:
 * what was true at one instant as far as it was known at a later one is asked of the identity.
 */
function postureTells(): boolean {
  const moment = currentMoment()
  return !moment || moment.valid === moment.known
}

/** A condition nobody fits who has no posture. What counts as unknown without one is asked for by `coalesce(p.…`. */
const ONLY_JUDGED = /(?<!\()\bp\.\w+ (=|ILIKE|IS NOT NULL)/

const ofPosture = ({ strings, values }: Prisma.Sql): Prisma.Sql =>
  new Prisma.Sql(
    strings.map((text) => text.replace(/\bi\.(type|class)\b/g, 'p.$1')),
    values,
  )

/** All of the conditions, asked of what an index knows together. */
export function conditionOf(conditions: IdentityConditions, place: Prisma.Sql = Prisma.empty): Prisma.Sql {
  const { owner, privilege, type, class: ofClass } = conditions
  const judged = [owner, privilege, place].some((sql) => sql && ONLY_JUDGED.test(sql.sql))
  if (!judged || !postureTells()) return allOf(Object.values(conditions))
  return allOf(
    Object.values({
      ...conditions,
      type: type && ofPosture(type),
      class: ofClass && ofPosture(ofClass),
    }),
  )
}

const UNKNOWN = { privilege: 'privilege_class', owner: 'owner_state' } as const

/**
 * The ids of identities of which that is unknown, judged or not: both by what makes them few. Who was not judged is looked
 * for where the kept counts know more than were judged; to be asked only where those counts tell.
 */
export function unknownIds({ owner, privilege }: Pick<IdentityFilter, 'owner' | 'privilege'>) {
  const of = owner === 'unknown' ? 'owner' : privilege?.join() === 'unknown' ? 'privilege' : undefined
  if (!of) return undefined
  const column = Prisma.raw(UNKNOWN[of])
  return Prisma.sql`
    SELECT identity_id AS id FROM posture WHERE ${column} = 'unknown'
    UNION ALL SELECT u.id FROM (
      SELECT kept.scope_id FROM (
        SELECT scope_id, sum(count) AS n FROM facet_total WHERE ${column} = 'unknown' GROUP BY 1
      ) kept LEFT JOIN (
        SELECT scope_id, count(*) AS n FROM posture WHERE ${column} = 'unknown' GROUP BY 1
      ) judged ON judged.scope_id = kept.scope_id WHERE kept.n > coalesce(judged.n, 0)
    ) lacking CROSS JOIN LATERAL (
      SELECT i.id FROM identity i LEFT JOIN posture p ON p.identity_id = i.id
      WHERE i.scope_id = lacking.scope_id AND p.identity_id IS NULL OFFSET 0
    ) u`
}
