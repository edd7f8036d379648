// The values a list of identities can be narrowed to, with how many each would leave.
import type { IdentityFilter } from '@/core/list'
import type { Actor } from '@/core/permissions'
import { beyondFacets, facetFrom, facetsFit } from '@/inventory/facets/facet-source'
import { reader } from '@/inventory/moment/at-moment'
import { Prisma } from '@/prisma/generated/client'
import type { AskedScopes } from './asked-scopes'
import { identityConditions, identityFrom, type IdentityConditions } from './identity-where'
import { allOf, compact } from './sql'
import type { Bounded, FacetValue, IdentityFacets } from './types'
import { mustRead } from './visible'

type Facet = Exclude<keyof IdentityFacets, 'atLeast'>
type Raw = { facet: Facet; value: string; title: string | null; count: number; more: boolean }
/** Facets that leave the same rows. */
type Group = { facets: readonly Facet[]; where: Prisma.Sql }
export type FacetOptions = {
  /** Most matching rows that are counted one by one. */
  rowsMax?: number
  /** Counts rows even where the kept counts would do. */
  byRow?: boolean
  /** The scopes of the filter, where they are known already. */
  asked?: AskedScopes
}

const VALUES_MAX = 50
const ROWS_MAX = 2000
/** Words that the owner filter keeps for itself: somebody who is called so cannot be chosen by it. */
const RESERVED = ['none', 'unknown', 'any']

const FACETS: readonly Facet[] = ['type', 'class', 'privilege', 'owner', 'scope']
/** What the facets count, over `i` and `p`. An owner by a reserved name has no value. */
const VALUES: Readonly<Record<Facet, Prisma.Sql>> = {
  type: Prisma.sql`i.type`,
  class: Prisma.sql`i.class`,
  privilege: Prisma.sql`coalesce(p.privilege_class, 'unknown')`,
  owner: Prisma.sql`CASE WHEN p.owner_state = 'known' THEN CASE WHEN p.owner_name <> ALL(${RESERVED}::text[]) THEN p.owner_name END
    WHEN p.owner_state = 'absent' THEN 'none' ELSE 'unknown' END`,
  scope: Prisma.sql`i.scope_id`,
}
const named = (facet: Facet) => Prisma.raw(facet)

/** The most frequent values of one facet, over rows that have it as a column, with a weight `n`. */
const frequent = (facet: Facet, rows: Prisma.Sql): Prisma.Sql => Prisma.sql`
  (SELECT ${facet} AS facet, ${named(facet)}::text AS value, sum(n)::int AS count FROM ${rows}
  WHERE ${named(facet)} IS NOT NULL GROUP BY 2 ORDER BY 3 DESC, 2 LIMIT ${VALUES_MAX + 1}::int)`

const titled = (counted: readonly Prisma.Sql[], more: Prisma.Sql): Prisma.Sql => Prisma.sql`
  SELECT c.facet, c.value, s.name AS title, c.count, ${more} AS more
  FROM (${Prisma.join(counted, ' UNION ALL ')}) c LEFT JOIN scope s ON c.facet = 'scope' AND s.id::text = c.value
  ORDER BY c.facet, c.count DESC, c.value`

const OWNER_NAME = Prisma.sql`p.owner_name`

/** Owners are many: they are counted by themselves, and the others over the few rows that are left without their names. */
function fromCounts({ facets, where }: Group): Promise<Raw[]> {
  const few = facets.filter((facet) => facet !== 'owner')
  const counted = few.map((facet) => frequent(facet, Prisma.sql`few`))
  if (facets.includes('owner'))
    counted.push(
      frequent(
        'owner',
        Prisma.sql`(SELECT ${VALUES.owner} AS owner, n FROM (
          SELECT p.owner_state, p.owner_name, sum(fc.count)::int AS n FROM ${facetFrom(OWNER_NAME)} WHERE ${where} GROUP BY 1, 2) p) owners`,
      ),
    )
  const values = few.map((facet) => Prisma.sql`${VALUES[facet]} AS ${named(facet)}`)
  const rows = values.length
    ? Prisma.sql`WITH few AS MATERIALIZED (SELECT ${Prisma.join(values)}, sum(fc.count)::int AS n FROM ${facetFrom(where)}
        WHERE ${where} GROUP BY ${Prisma.raw(few.map((_, at) => at + 1).join(', '))})`
    : Prisma.empty
  return reader.$queryRaw<Raw[]>(Prisma.sql`${rows} ${titled(counted, Prisma.sql`FALSE`)}`)
}

/** Rows are counted up to a bound; beyond it always the same ones, so that asking again gives the same answer. */
function fromRows({ facets, where }: Group, max: number): Promise<Raw[]> {
  const values = facets.map((facet) => Prisma.sql`${VALUES[facet]} AS ${named(facet)}`)
  return reader.$queryRaw<Raw[]>(Prisma.sql`
    WITH found AS MATERIALIZED (
      SELECT i.id, i.type, i.class, i.scope_id, row_number() OVER (ORDER BY i.name, i.id) AS nth
      FROM ${identityFrom(where)} WHERE ${where} ORDER BY i.name, i.id LIMIT ${max + 1}::int
    ), few AS MATERIALIZED (
      SELECT ${Prisma.join(values)}, 1 AS n FROM found i LEFT JOIN posture p ON p.identity_id = i.id WHERE nth <= ${max}::int
    ) ${titled(
      facets.map((facet) => frequent(facet, Prisma.sql`few`)),
      Prisma.sql`(SELECT count(*) > ${max}::int FROM found)`,
    )}`)
}

/** Facets without a filter of their own go together, each other for itself. */
function groups(conditions: IdentityConditions): Group[] {
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
  { rowsMax = ROWS_MAX, byRow = false, asked }: FacetOptions = {},
): Promise<IdentityFacets> {
  mustRead(actor, 'identity:read')
  const conditions = await identityConditions(actor, filter, asked)
  const kept = !byRow && !beyondFacets(filter) && (await facetsFit())
  const answers = await Promise.all(
    groups(conditions).map((group) => (kept ? fromCounts(group) : fromRows(group, rowsMax))),
  )
  const all = answers.flat()
  const valuesOf = (facet: Facet): Bounded<FacetValue> => {
    const values = all
      .filter((row) => row.facet === facet)
      .map(({ value, title, count }) => compact({ value, title: title ?? undefined, count }))
    return { rows: values.slice(0, VALUES_MAX), more: values.length > VALUES_MAX }
  }
  return compact({
    atLeast: all.some(({ more }) => more) ? (true as const) : undefined,
    type: valuesOf('type'),
    class: valuesOf('class'),
    privilege: valuesOf('privilege'),
    owner: valuesOf('owner'),
    scope: valuesOf('scope'),
  })
}
