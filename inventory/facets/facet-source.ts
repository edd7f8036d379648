// The kept counts, shaped like the rows they count: one condition reads both, so that neither can mean something else.
import { currentMoment, reader } from '@/inventory/moment/at-moment'
import type { IdentityFilter } from '@/core/list'
import { Prisma } from '@/prisma/generated/client'

const shaped = (table: string, ownerName: string): Prisma.Sql =>
  Prisma.raw(`${table} fc
  CROSS JOIN LATERAL (SELECT fc.scope_id, fc.type, fc.class,
    CASE WHEN fc.retired THEN '-infinity'::timestamptz END AS retired_at) i
  CROSS JOIN LATERAL (SELECT fc.owner_state, ${ownerName} fc.privilege_class) p`)
const WITH_OWNERS = shaped('facet_count', 'fc.owner_name,')
const WITHOUT_OWNERS = shaped('facet_total', '')

/**
 * Stands in for `identity i LEFT JOIN posture p`, as far as conditions speak of scope, type, class, retired or not,
 * owner and privilege. Every row stands for `fc.count` identities.
 * @param asked what is asked of it: there are many names of owners, and few questions about them
 */
export const facetFrom = (...asked: readonly Prisma.Sql[]): Prisma.Sql =>
  asked.some((sql) => /\bowner_name\b/.test(sql.sql)) ? WITH_OWNERS : WITHOUT_OWNERS

/**
 * Whether the counts say the same as counting. They are kept as of when something was learned: what was true at one
 * instant as far as it was known at a later one has to be counted. So has a scope of which much is being evaluated.
 */
export async function facetsFit(): Promise<boolean> {
  if (!mayFit()) return false
  const [row] = await reader.$queryRaw<{ fit: boolean }[]>(Prisma.sql`SELECT ${FIT} AS fit`)
  return row?.fit ?? false
}

function mayFit(): boolean {
  const moment = currentMoment()
  return !moment || moment.valid === moment.known
}
const FIT = Prisma.sql`NOT EXISTS (SELECT 1 FROM scope s WHERE
  NOT EXISTS (SELECT 1 FROM facet_total f WHERE f.scope_id = s.id) AND EXISTS (SELECT 1 FROM identity i WHERE i.scope_id = s.id))`

/** Filters the kept counts know nothing of. */
export const beyondFacets = ({ q, unused, rule }: Pick<IdentityFilter, 'q' | 'unused' | 'rule'>): boolean =>
  Boolean(q || unused || (rule && !rule.includes('any')))

/** How many identities a condition leaves, where the kept counts can tell. */
export async function keptTotal(where: Prisma.Sql): Promise<number | undefined> {
  if (!mayFit()) return undefined
  const [row] = await reader.$queryRaw<{ fit: boolean; total: number }[]>(Prisma.sql`
    SELECT ${FIT} AS fit, coalesce(sum(fc.count), 0)::int AS total FROM ${facetFrom(where)} WHERE ${where}`)
  return row?.fit ? row.total : undefined
}
