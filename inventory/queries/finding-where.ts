// The filter of the list of findings as SQL: one builder for list, export, groups and counts.
import type { FindingFilter } from '@/core/list'
import type { Actor } from '@/core/permissions'
import { SEVERITIES } from '@/core/rule'
import { Prisma } from '@/prisma/generated/client'
import { askedScopes, type AskedScopes } from './asked-scopes'
import { allOf, containing, isUuid } from './sql'
import { ofOwned } from './visible'

const given = <T extends string>(words: readonly T[] | undefined) =>
  !words || words.includes('any' as T) ? undefined : [...words]

/** Unset shows what is open. */
const inState = (state: FindingFilter['state']) => given(state ?? ['open'])

function ofSeverity(severity: FindingFilter['severity']) {
  const words = given(severity)
  if (!words) return undefined
  const numbers = words.flatMap((word) => (word === 'any' ? [] : [SEVERITIES.indexOf(word)]))
  return Prisma.sql`f.severity = ANY(${numbers}::int[])`
}

/** Conditions over `finding f`. */
export async function findingWhere(
  actor: Actor,
  filter: Omit<FindingFilter, 'size'>,
  asked?: AskedScopes,
): Promise<Prisma.Sql> {
  const { q } = filter
  const rules = given(filter.rule)
  const verdicts = given(filter.verdict)
  const states = inState(filter.state)
  const { chosen: scopes, hidden } = asked ?? (await askedScopes(filter.scope))
  return allOf([
    ofOwned(actor, 'f.identity_id'),
    hidden.length ? Prisma.sql`f.scope_id <> ALL(${hidden}::uuid[])` : undefined,
    q
      ? Prisma.sql`(f.subject_name ILIKE ${containing(q)} OR f.message ILIKE ${containing(q)}
          ${isUuid(q) ? Prisma.sql`OR ${q}::uuid IN (f.id, f.subject_id, f.identity_id)` : Prisma.empty})`
      : undefined,
    rules && Prisma.sql`f.rule_id = ANY(${rules}::text[])`,
    ofSeverity(filter.severity),
    verdicts && Prisma.sql`f.verdict = ANY(${verdicts}::text[])`,
    states && Prisma.sql`f.state = ANY(${states}::text[])`,
    scopes && Prisma.sql`f.scope_id = ANY(${scopes}::uuid[])`,
  ])
}
