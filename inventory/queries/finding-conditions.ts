// What a filter says about findings themselves, without what people have decided about them.
import { SEVERITIES } from '@/core/rule'
import type { FindingFilter } from '@/core/list'
import type { Actor } from '@/core/permissions'
import { Prisma } from '@/prisma/generated/client'
import { messageTo } from './beyond-scopes'
import { askedScopes, type AskedScopes } from './asked-scopes'
import { allOf, containing, isUuid } from './sql'

export const given = <T extends string>(words: readonly T[] | undefined) =>
  !words || words.includes('any' as T) ? undefined : [...words]

/** Unset shows what is open. */
const inState = (state: FindingFilter['state']) => given(state ?? ['open'])

function ofSeverity(severity: FindingFilter['severity']) {
  const words = given(severity)
  if (!words) return undefined
  const numbers = words.flatMap((word) => (word === 'any' ? [] : [SEVERITIES.indexOf(word)]))
  return Prisma.sql`f.severity = ANY(${numbers}::int[])`
}

function isLatent(latent: FindingFilter['latent']) {
  const words = given(latent)
  if (!words || new Set(words).size > 1) return undefined
  return words.includes('yes') ? Prisma.sql`f.latent IS NOT NULL` : Prisma.sql`f.latent IS NULL`
}

type Plain = Pick<
  FindingFilter,
  'q' | 'rule' | 'topic' | 'severity' | 'verdict' | 'state' | 'scope' | 'latent'
>

/** Conditions over `finding f`. @param actor who searches; unset: whoever sees all of it. Topics are of the rules: whoever knows these says which rules are meant. */
export async function findingConditions(
  filter: Plain,
  asked?: AskedScopes,
  actor?: Actor,
): Promise<Prisma.Sql> {
  if (filter.topic) throw new Error('topics are told as rules before findings are asked for')
  const { q } = filter
  const rules = given(filter.rule)
  const verdicts = given(filter.verdict)
  const states = inState(filter.state)
  const { chosen: scopes, hidden } = asked ?? (await askedScopes(filter.scope))
  return allOf([
    hidden.length ? Prisma.sql`f.scope_id <> ALL(${hidden}::uuid[])` : undefined,
    q
      ? Prisma.sql`(f.subject_name ILIKE ${containing(q)} OR ${messageTo(actor)} ILIKE ${containing(q)}
          ${isUuid(q) ? Prisma.sql`OR ${q}::uuid IN (f.id, f.subject_id, f.identity_id)` : Prisma.empty})`
      : undefined,
    rules && Prisma.sql`f.rule_id = ANY(${rules}::text[])`,
    ofSeverity(filter.severity),
    verdicts && Prisma.sql`f.verdict = ANY(${verdicts}::text[])`,
    states && Prisma.sql`f.state = ANY(${states}::text[])`,
    scopes && Prisma.sql`f.scope_id = ANY(${scopes}::uuid[])`,
    isLatent(filter.latent),
  ])
}
