// Which identities a filter means, page by page in the order of their ids; how many they are, and some of them.
import type { Actor } from '@/core/permissions'
import type { IdentityFilter, IdentityRow } from '@/core/list'
import { reader } from '@/inventory/moment/at-moment'
import { identityConditions, identityFrom } from '@/inventory/queries/identity-where'
import { listIdentities } from '@/inventory/queries/list-identities'
import { allOf, isUuid } from '@/inventory/queries/sql'
import type { FullCompleteness } from '@/inventory/queries/types'
import { db } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'
import { authorise } from '../authorise'
import { readFilter, storedFilter } from './campaign-input'

/** Whoever makes campaigns sees everything: what is frozen is the same whoever asked for it. */
export const CAMPAIGNS: Actor = { kind: 'system', id: 'campaigns', name: 'Rollcall', role: 'administrator' }

/** At the moment asked about. */
export async function populationAfter(
  filter: Omit<IdentityFilter, 'size'>,
  after: string | null,
  limit: number,
): Promise<string[]> {
  const conditions = await identityConditions(CAMPAIGNS, filter)
  const where = allOf([
    ...Object.values(conditions),
    after === null ? undefined : Prisma.sql`i.id > ${after}::uuid`,
  ])
  const rows = await reader.$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT i.id FROM ${identityFrom(where)} WHERE ${where} ORDER BY i.id LIMIT ${limit}::int`)
  return rows.map(({ id }) => id)
}

/** Identities of a sample that is shown while a draft is written. */
const SAMPLE = 25

export type ScopeSample = {
  count: number
  countIsMore: boolean
  rows: IdentityRow[]
  completeness: FullCompleteness
}

/** How many identities a filter means now, and the first of them: before anything is frozen. */
export async function campaignScope(
  actor: Actor | null,
  filter: Readonly<Record<string, string>>,
): Promise<ScopeSample> {
  authorise(actor, 'campaign:manage')
  const { rows, total, totalIsMore, completeness } = await listIdentities(actor, {
    ...readFilter(storedFilter(filter)),
    sort: 'name',
    size: SAMPLE,
    after: undefined,
  })
  return { count: total, countIsMore: totalIsMore, rows, completeness }
}

/** The names of the scopes that a filter speaks of, by the words in which it does. */
export async function scopeNames(
  actor: Actor | null,
  filter: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  authorise(actor, 'campaign:read')
  const ids = (filter.scope ?? '').split(',').filter(isUuid)
  const rows = await db.scope.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } })
  return Object.fromEntries(rows.map(({ id, name }) => [id, name]))
}
