// The filter of the list of identities as SQL: one builder for list, export, facets and counts.
import { HELD_MIN, type IdentityFilter } from '@/core/list'
import type { Actor } from '@/core/permissions'
import { readingNow } from '@/inventory/moment/at-moment'
import { Prisma } from '@/prisma/generated/client'
import { askedScopes, type AskedScopes } from './asked-scopes'
import { containing, isUuid } from './sql'
import { ownedBy } from './visible'

/** Tables the conditions speak of: i, and p where it was evaluated. */
export const IDENTITY_FROM = Prisma.sql`identity i LEFT JOIN posture p ON p.identity_id = i.id`

/** The same without p, where nothing that is asked speaks of it: as of an earlier instant that join is not free. */
export const identityFrom = (...asked: readonly Prisma.Sql[]): Prisma.Sql =>
  asked.some((sql) => /\bp\./.test(sql.sql)) ? IDENTITY_FROM : Prisma.sql`identity i`

export type IdentityConditions = Partial<
  Record<'rest' | 'rule' | 'type' | 'class' | 'owner' | 'privilege' | 'scope', Prisma.Sql>
>

const given = (words: readonly string[] | undefined) =>
  !words || words.includes('any') ? undefined : [...words]

function searched(q: string | undefined) {
  if (!q) return undefined
  const named =
    [...q].length < HELD_MIN
      ? Prisma.sql`lower(i.name) LIKE lower(${containing(q).slice(1)})`
      : Prisma.sql`i.name ILIKE ${containing(q)}`
  return Prisma.sql`(${named} OR i.native_id = ${q} OR i.aliases @> ARRAY[${q}]::text[]
        ${isUuid(q) ? Prisma.sql`OR i.id = ${q}::uuid` : Prisma.empty})`
}

function ofOwner(owner: string | undefined) {
  if (!owner || owner === 'any') return undefined
  if (owner === 'none') return Prisma.sql`p.owner_state = 'absent'`
  if (owner === 'unknown') return Prisma.sql`coalesce(p.owner_state, 'unknown') = 'unknown'`
  return Prisma.sql`p.owner_name ILIKE ${containing(owner)}`
}

/** What was not evaluated is unknown; where that is not asked for, an index may be. */
function ofPrivilege(words: string[] | undefined) {
  if (!words) return undefined
  const column = Prisma.raw(
    words.includes('unknown') ? `coalesce(p.privilege_class, 'unknown')` : 'p.privilege_class',
  )
  return Prisma.sql`${column} = ANY(${words}::text[])`
}

function unusedFor(unused: IdentityFilter['unused']) {
  if (unused === undefined) return undefined
  if (unused === 'never') return Prisma.sql`i.last_used_state = 'absent'`
  if (unused === 'unknown') return Prisma.sql`i.last_used_state = 'unknown'`
  return Prisma.sql`i.last_used_at < ${readingNow()}::timestamptz - make_interval(days => ${Number(unused)}::int)`
}

/** Unset hides what is gone. */
function inState(state: IdentityFilter['state']) {
  const words = state ?? ['active']
  if (words.includes('any') || (words.includes('active') && words.includes('retired'))) return undefined
  return words.includes('retired') ? Prisma.sql`i.retired_at IS NOT NULL` : Prisma.sql`i.retired_at IS NULL`
}

/** Over `finding f`. One rule is asked for as such: only then does an index give its identities in order. */
const fails = (rules: readonly string[]) => {
  const of = rules.length === 1 ? Prisma.sql`= ${rules[0]}` : Prisma.sql`= ANY(${[...rules]}::text[])`
  return Prisma.sql`f.state = 'open' AND f.verdict = 'fail' AND f.rule_id ${of}`
}

function failing(rule: readonly string[] | undefined) {
  const rules = given(rule)
  if (!rules) return undefined
  return Prisma.sql`EXISTS (SELECT 1 FROM finding f WHERE f.identity_id = i.id AND ${fails(rules)})`
}

/** The ids of identities that fail one of the rules, where the filter names any. */
export function failingIds(rule: readonly string[] | undefined): Prisma.Sql | undefined {
  const rules = given(rule)
  if (!rules) return undefined
  return Prisma.sql`SELECT DISTINCT f.identity_id AS id FROM finding f WHERE f.identity_id IS NOT NULL AND ${fails(rules)}`
}

/** One word is asked for as such: only then does an index give what follows it in order. */
const isOne = (column: string, words: string[] | undefined) =>
  words &&
  (words.length === 1
    ? Prisma.sql`${Prisma.raw(column)} = ${words[0]}`
    : Prisma.sql`${Prisma.raw(column)} = ANY(${words}::text[])`)

/** Conditions by the filter they come from, so that a facet can leave its own out. */
export async function identityConditions(
  actor: Actor,
  filter: Omit<IdentityFilter, 'size'>,
  asked?: AskedScopes,
): Promise<IdentityConditions> {
  const { chosen, hidden } = asked ?? (await askedScopes(filter.scope))
  const rest = [
    ownedBy(actor),
    hidden.length ? Prisma.sql`i.scope_id <> ALL(${hidden}::uuid[])` : undefined,
    searched(filter.q),
    unusedFor(filter.unused),
    inState(filter.state),
  ].filter((c) => c !== undefined)
  return {
    rest: rest.length ? Prisma.join(rest, ' AND ') : undefined,
    rule: failing(filter.rule),
    type: isOne('i.type', given(filter.type)),
    class: isOne('i.class', given(filter.class)),
    owner: ofOwner(filter.owner),
    privilege: ofPrivilege(given(filter.privilege)),
    scope: chosen && Prisma.sql`i.scope_id = ANY(${chosen}::uuid[])`,
  }
}
