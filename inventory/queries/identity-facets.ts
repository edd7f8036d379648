// The values a list of identities can be narrowed to, with how many each would leave.
import type { IdentityFilter } from '@/core/list'
import type { Actor } from '@/core/permissions'
import { FACET_FROM, facetsFit } from '@/inventory/facets/facet-source'
import { reader } from '@/inventory/moment/at-moment'
import { Prisma } from '@/prisma/generated/client'
import { IDENTITY_FROM, identityConditions, type IdentityConditions } from './identity-where'
import { allOf, compact } from './sql'
import type { Bounded, FacetValue, IdentityFacets } from './types'
import { mustRead } from './visible'

type Facet = Exclude<keyof IdentityFacets, 'atLeast'>
type Raw = { facet: Facet; value: string; title: string | null; count: number }
export type FacetOptions = {
  /** Most matching rows that are counted one by one. */
  rowsMax?: number
  /** Counts rows even where the kept counts would do. */
  byRow?: boolean
}

const VALUES_MAX = 50
const ROWS_MAX = 20_000
/** Words that the owner filter keeps for itself: somebody who is called so cannot be chosen by it. */
const RESERVED = ['none', 'unknown', 'any']

const FACETS: readonly Facet[] = ['type', 'class', 'privilege', 'owner', 'scope']
/** What the facets count, over `i` and `p`. An owner by a reserved name has no value. */
const VALUES = Prisma.sql`i.type, i.class, coalesce(p.privilege_class, 'unknown') AS privilege,
  CASE WHEN p.owner_state = 'known' THEN CASE WHEN p.owner_name <> ALL(${RESERVED}::text[]) THEN p.owner_name END
    WHEN p.owner_state = 'absent' THEN 'none' ELSE 'unknown' END AS owner,
  i.scope_id::text AS scope`
const named = (facet: Facet) => Prisma.raw(facet)

/** The most frequent values of the facets given, over rows of VALUES with a weight `n`. */
const frequent = (facets: readonly Facet[], rows: Prisma.Sql) => Prisma.sql`
  WITH rows AS MATERIALIZED (${rows}), counted AS (
    ${Prisma.join(
      facets.map(
        (facet) => Prisma.sql`
          (SELECT ${facet} AS facet, ${named(facet)} AS value, sum(n)::int AS count FROM rows
          WHERE ${named(facet)} IS NOT NULL GROUP BY 2 ORDER BY 3 DESC, 2 LIMIT ${VALUES_MAX + 1}::int)`,
      ),
      ' UNION ALL ',
    )}
  )
  SELECT c.facet, c.value, s.name AS title, c.count
  FROM counted c LEFT JOIN scope s ON c.facet = 'scope' AND s.id::text = c.value
  ORDER BY c.facet, c.count DESC, c.value`

const fromCounts = (facets: readonly Facet[], where: Prisma.Sql) =>
  reader.$queryRaw<Raw[]>(
    frequent(
      facets,
      Prisma.sql`SELECT ${VALUES}, sum(fc.count) AS n FROM ${FACET_FROM} WHERE ${where} GROUP BY 1, 2, 3, 4, 5`,
    ),
  )

/** Rows are counted up to a bound; beyond it always the same ones, so that asking again gives the same answer. */
async function fromRows(facets: readonly Facet[], where: Prisma.Sql, max: number) {
  const [bound] = await reader.$queryRaw<{ more: boolean }[]>(Prisma.sql`
    SELECT count(*) > ${max}::int AS more
    FROM (SELECT 1 FROM ${IDENTITY_FROM} WHERE ${where} LIMIT ${max + 1}::int) counted`)
  const cut = bound?.more ? Prisma.sql`ORDER BY i.id LIMIT ${max}::int` : Prisma.empty
  const rows = await reader.$queryRaw<Raw[]>(
    frequent(facets, Prisma.sql`SELECT ${VALUES}, 1 AS n FROM ${IDENTITY_FROM} WHERE ${where} ${cut}`),
  )
  return { rows, more: bound?.more ?? false }
}

/** Facets that leave the same rows: those without a filter of their own together, each other for itself. */
function groups(conditions: IdentityConditions): { facets: Facet[]; where: Prisma.Sql }[] {
  const narrowed = FACETS.filter((facet) => conditions[facet])
  const free = FACETS.filter((facet) => !conditions[facet])
  return [...narrowed.map((facet) => [facet]), ...(free.length ? [free] : [])].map((facets) => {
    const { [facets[0] as Facet]: _, ...others } = conditions
    return { facets, where: allOf(Object.values(others)) }
  })
}

/** Each facet leaves its own filter out, so that what else could be chosen stays to be seen. */
export async function identityFacets(
  actor: Actor,
  filter: Omit<IdentityFilter, 'size'>,
  { rowsMax = ROWS_MAX, byRow = false }: FacetOptions = {},
): Promise<IdentityFacets> {
  mustRead(actor, 'identity:read')
  const conditions = await identityConditions(actor, filter)
  const beyondCounts = filter.q || filter.unused || (filter.rule && !filter.rule.includes('any'))
  const kept = !byRow && !beyondCounts && (await facetsFit())
  const answers = await Promise.all(
    groups(conditions).map(async ({ facets, where }) =>
      kept ? { rows: await fromCounts(facets, where), more: false } : fromRows(facets, where, rowsMax),
    ),
  )
  const all = answers.flatMap(({ rows }) => rows)
  const valuesOf = (facet: Facet): Bounded<FacetValue> => {
    const values = all
      .filter((row) => row.facet === facet)
      .map(({ value, title, count }) => compact({ value, title: title ?? undefined, count }))
    return { rows: values.slice(0, VALUES_MAX), more: values.length > VALUES_MAX }
  }
  return compact({
    atLeast: answers.some(({ more }) => more) ? (true as const) : undefined,
    type: valuesOf('type'),
    class: valuesOf('class'),
    privilege: valuesOf('privilege'),
    owner: valuesOf('owner'),
    scope: valuesOf('scope'),
  })
}
