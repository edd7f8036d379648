// The filter of the list of findings as SQL: one builder for list, export, groups and counts.
import type { FindingFilter } from '@/core/list'
import type { Actor } from '@/core/permissions'
import { Prisma } from '@/prisma/generated/client'
import type { AskedScopes } from './asked-scopes'
import { findingConditions, given } from './finding-conditions'
import { exceptionsInForce } from './finding-exceptions'
import { takenCareOf } from './finding-triage'
import { allOf } from './sql'
import { ofOwned } from './visible'

async function isExcepted(excepted: FindingFilter['excepted']): Promise<Prisma.Sql | undefined> {
  const words = given(excepted)
  if (!words || new Set(words).size > 1) return undefined
  const { covers } = await exceptionsInForce()
  return words.includes('yes')
    ? Prisma.sql`f.state = 'open' AND (${covers}) IS TRUE`
    : Prisma.sql`(f.state = 'open' AND (${covers})) IS NOT TRUE`
}

/** Conditions over `finding f`. */
export async function findingWhere(
  actor: Actor,
  filter: Omit<FindingFilter, 'size'>,
  asked?: AskedScopes,
): Promise<Prisma.Sql> {
  const [plain, excepted] = await Promise.all([
    findingConditions(filter, asked, actor),
    isExcepted(filter.excepted),
  ])
  return allOf([ofOwned(actor, 'f.identity_id'), plain, excepted, takenCareOf(filter, actor)])
}
