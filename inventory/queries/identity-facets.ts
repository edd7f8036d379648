// The values a list of identities can be narrowed to, with how many each would leave.
import type { IdentityFilter } from '@/core/list'
import type { Actor } from '@/core/permissions'
import { db } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'
import { IDENTITY_FROM, identityConditions, type IdentityConditions } from './identity-where'
import { allOf, compact } from './sql'
import type { Bounded, FacetValue, IdentityFacets } from './types'
import { mustRead } from './visible'

const VALUES_MAX = 50

const VALUE: Readonly<Record<keyof IdentityFacets, string>> = {
  type: 'i.type',
  class: 'i.class',
  privilege: `coalesce(p.privilege_class, 'unknown')`,
  owner: `CASE p.owner_state WHEN 'known' THEN p.owner_name WHEN 'absent' THEN 'none' ELSE 'unknown' END`,
  scope: 'i.scope_id::text',
}

async function facet(
  name: keyof IdentityFacets,
  conditions: IdentityConditions,
): Promise<Bounded<FacetValue>> {
  const { [name]: _, ...others } = conditions
  const rows = await db.$queryRaw<{ value: string; title: string | null; count: number }[]>(Prisma.sql`
    SELECT counted.value, s.name AS title, counted.count FROM (
      SELECT ${Prisma.raw(VALUE[name])} AS value, count(*)::int AS count
      FROM ${IDENTITY_FROM} WHERE ${allOf(Object.values(others))}
      GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT ${VALUES_MAX + 1}::int
    ) counted LEFT JOIN scope s ON ${Prisma.raw(name === 'scope' ? 's.id::text = counted.value' : 'FALSE')}
    ORDER BY counted.count DESC, counted.value`)
  const values = rows.map(({ value, title, count }) => compact({ value, title: title ?? undefined, count }))
  return { rows: values.slice(0, VALUES_MAX), more: values.length > VALUES_MAX }
}

/** Each facet leaves its own filter out, so that what else could be chosen stays to be seen. */
export async function identityFacets(
  actor: Actor,
  filter: Omit<IdentityFilter, 'size'>,
): Promise<IdentityFacets> {
  mustRead(actor, 'identity:read')
  const conditions = await identityConditions(actor, filter)
  const [type, ofClass, privilege, owner, scope] = await Promise.all([
    facet('type', conditions),
    facet('class', conditions),
    facet('privilege', conditions),
    facet('owner', conditions),
    facet('scope', conditions),
  ])
  return { type, class: ofClass, privilege, owner, scope }
}
