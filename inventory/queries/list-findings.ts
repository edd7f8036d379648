// One page of the list of findings.
import type { FindingFilter, FindingRow } from '@/core/list'
import type { Actor } from '@/core/permissions'
import { Prisma } from '@/prisma/generated/client'
import { askedScopes } from './asked-scopes'
import { boundedCount } from './bounded-count'
import { completenessOf } from './completeness-of'
import { findingSlice } from './finding-slice'
import { findingWhere } from './finding-where'
import type { FullPage } from './types'
import { mustRead } from './visible'

/** @param filter of any page size: pages offer three, programs ask for what they need */
export async function listFindings(
  actor: Actor,
  filter: Omit<FindingFilter, 'size'> & { size: number },
): Promise<FullPage<FindingRow>> {
  mustRead(actor, 'finding:read')
  const scopes = await askedScopes(filter.scope)
  const where = await findingWhere(actor, filter, scopes)
  const [slice, total, completeness] = await Promise.all([
    findingSlice(actor, where, filter),
    boundedCount(Prisma.sql`finding f`, where),
    completenessOf(actor, { scopeIds: scopes.chosen, realOnly: scopes.hidden.length > 0 }),
  ])
  return { ...slice, total: total.count, totalIsMore: total.more, completeness }
}
