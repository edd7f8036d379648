// The filter of the list of identities as SQL: one builder for list, export, facets and counts.
import type { IdentityFilter } from '@/core/list'
import type { Actor } from '@/core/permissions'
import { readingNow } from '@/inventory/moment/at-moment'
import { Prisma } from '@/prisma/generated/client'
import { hiddenSamples } from './counted-scopes'
import { scopeIds } from './scope-ids'
import { containing, isUuid } from './sql'
import { ownedBy } from './visible'

/** Tables the conditions speak of: i, and p where it was evaluated. */
export const IDENTITY_FROM = Prisma.sql`identity i LEFT JOIN posture p ON p.identity_id = i.id`

export type IdentityConditions = Partial<
  Record<'rest' | 'type' | 'class' | 'owner' | 'privilege' | 'scope', Prisma.Sql>
>

const given = (words: readonly string[] | undefined) =>
  !words || words.includes('any') ? undefined : [...words]

const searched = (q: string | undefined) =>
  q
    ? Prisma.sql`(i.name ILIKE ${containing(q)} OR i.native_id = ${q} OR i.aliases @> ARRAY[${q}]::text[]
        ${isUuid(q) ? Prisma.sql`OR i.id = ${q}::uuid` : Prisma.empty})`
    : undefined

function ofOwner(owner: string | undefined) {
  if (!owner || owner === 'any') return undefined
  if (owner === 'none') return Prisma.sql`p.owner_state = 'absent'`
  if (owner === 'unknown') return Prisma.sql`coalesce(p.owner_state, 'unknown') = 'unknown'`
  return Prisma.sql`p.owner_name ILIKE ${containing(owner)}`
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

function failing(rule: readonly string[] | undefined) {
  const rules = given(rule)
  if (!rules) return undefined
  return Prisma.sql`EXISTS (SELECT 1 FROM finding f WHERE f.identity_id = i.id AND f.state = 'open'
    AND f.verdict = 'fail' AND f.rule_id = ANY(${rules}::text[]))`
}

/** Conditions by the filter they come from, so that a facet can leave its own out. */
export async function identityConditions(
  actor: Actor,
  filter: Omit<IdentityFilter, 'size'>,
): Promise<IdentityConditions> {
  const types = given(filter.type)
  const classes = given(filter.class)
  const privileges = given(filter.privilege)
  const scopes = await scopeIds(filter.scope)
  const hidden = await hiddenSamples(filter.scope)
  const rest = [
    ownedBy(actor),
    hidden.length ? Prisma.sql`i.scope_id <> ALL(${hidden}::uuid[])` : undefined,
    searched(filter.q),
    unusedFor(filter.unused),
    inState(filter.state),
    failing(filter.rule),
  ].filter((c) => c !== undefined)
  return {
    rest: rest.length ? Prisma.join(rest, ' AND ') : undefined,
    type: types && Prisma.sql`i.type = ANY(${types}::text[])`,
    class: classes && Prisma.sql`i.class = ANY(${classes}::text[])`,
    owner: ofOwner(filter.owner),
    privilege: privileges && Prisma.sql`coalesce(p.privilege_class, 'unknown') = ANY(${privileges}::text[])`,
    scope: scopes && Prisma.sql`i.scope_id = ANY(${scopes}::uuid[])`,
  }
}
