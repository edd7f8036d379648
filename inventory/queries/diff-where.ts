// The conditions of a comparison as SQL text over versions: which version holds at a moment, and which rows are asked about.
import type { DiffFilter, DiffKind } from '@/core/diff'
import type { Instant } from '@/core/fact'
import type { Moment } from '@/core/moment'
import type { Actor } from '@/core/permissions'
import { atMoment } from '@/inventory/moment/at-moment'
import { Prisma } from '@/prisma/generated/client'
import { hiddenSamples } from './counted-scopes'
import type { Between } from './diff-between'
import { DIFF_SOURCES } from './diff-kinds'
import { scopeIds } from './scope-ids'
import { containing } from './sql'
import { ownedBy } from './visible'

/** An instant as SQL. Whatever comes in, a timestamp comes out. */
export const literal = (at: Instant): string => `'${new Date(at).toISOString()}'::timestamptz`

/** Whether the version of that alias is the one that holds at the moment. */
export const holdsAt = (alias: string, { valid, known }: Moment): string => {
  const [v, k] = [literal(valid), literal(known)]
  // Written so that no index is asked for both times at once: it would be searched once for each instant anything became
  // known, instead of once for the row.
  return `(${alias}.known_from <= ${k} AND (${alias}.valid_from > ${v}) IS NOT TRUE
    AND (${alias}.known_to IS NULL OR ${alias}.known_to > ${k} OR ${alias}.valid_to > ${v}))`
}

/** Whether a version was the last of a row that was taken away, known by the moment. */
export const tookAway = (alias: string, { known }: Moment): string =>
  `${alias}.valid_to >= ${alias}.known_to AND ${alias}.known_to <= ${literal(known)}`

/** Scopes that the filter leaves, and those that it leaves out unasked. */
export type Scopes = { chosen?: string[]; hidden: string[] }

/** A scope may have gone with its source: it is looked for at both moments. */
export async function scopesOf(filter: Pick<DiffFilter, 'scope'>, { from, to }: Between): Promise<Scopes> {
  const hidden = await atMoment(to, () => hiddenSamples(filter.scope))
  const [before, after] = await Promise.all(
    [from, to].map((moment) => atMoment(moment, () => scopeIds(filter.scope))),
  )
  if (!before || !after) return { hidden }
  return { chosen: [...new Set([...before, ...after])], hidden }
}

/** What an owner sees: what was theirs at the later moment, or at the earlier one where it is gone since. */
function ofActor(actor: Actor, identity: string, { from, to }: Between): Prisma.Sql | undefined {
  // Whom scopes are limited to is asked of each row's own.
  const owned = actor.within ? undefined : ownedBy(actor, 'mine')
  if (!owned) return undefined
  const held = (moment: Moment) =>
    Prisma.raw(
      `SELECT 1 FROM version.posture mine WHERE mine.identity_id = ${identity} AND ${holdsAt('mine', moment)}`,
    )
  return Prisma.sql`(EXISTS (${held(to)} AND ${owned}) OR (NOT EXISTS (${held(to)}) AND EXISTS (${held(from)} AND ${owned})))`
}

function inScopes(kind: DiffKind, alias: string, { chosen, hidden }: Scopes): (Prisma.Sql | undefined)[] {
  if (kind === 'source') {
    const id = Prisma.raw(`${alias}.id`)
    return [
      hidden.length ? Prisma.sql`${Prisma.raw(alias)}.mode <> 'sample'` : undefined,
      chosen &&
        Prisma.sql`EXISTS (SELECT 1 FROM version.connection_scope cs
          WHERE cs.connection_id = ${id} AND cs.scope_id = ANY(${chosen}::uuid[]))`,
    ]
  }
  const scope = Prisma.raw(DIFF_SOURCES[kind].scope.replaceAll(/\bx\./g, `${alias}.`))
  return [
    hidden.length ? Prisma.sql`${scope} <> ALL(${hidden}::uuid[])` : undefined,
    chosen && Prisma.sql`${scope} = ANY(${chosen}::uuid[])`,
  ]
}

/** Conditions over the version of that alias. */
export function diffConditions(
  actor: Actor,
  kind: DiffKind,
  alias: 'n' | 'o',
  {
    filter,
    between,
    scopes,
  }: { filter: Pick<DiffFilter, 'q' | 'identity'>; between: Between; scopes: Scopes },
): Prisma.Sql[] {
  const of = (text: string) =>
    text.replaceAll(/\bx\./g, `${alias}.`).replaceAll('{known}', literal(between.to.known))
  const source = DIFF_SOURCES[kind]
  const { q, identity } = filter
  const named = (text: string) => Prisma.sql`${Prisma.raw(of(text))} ILIKE ${containing(q ?? '')}`
  return [
    ...inScopes(kind, alias, scopes),
    ...(actor.within ? inScopes(kind, alias, { chosen: [...actor.within], hidden: [] }) : []),
    ofActor(actor, of(source.identity), between),
    identity ? Prisma.sql`${Prisma.raw(of(source.identity))} = ${identity}::uuid` : undefined,
    q
      ? Prisma.sql`(${named(source.name)} OR EXISTS (SELECT 1 FROM version.identity named
          WHERE named.id = ${Prisma.raw(of(source.identity))} AND named.name ILIKE ${containing(q)}))`
      : undefined,
  ].filter((condition) => condition !== undefined)
}
