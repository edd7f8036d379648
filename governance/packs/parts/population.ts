// Whom a pack is about, as SQL: the identities of its filter at its moment, walked in the order of their ids.
import { identityConditions, identityFrom } from '@/inventory/queries/identity-where'
import { conditionOf } from '@/inventory/queries/judged-conditions'
import { reader } from '@/inventory/moment/at-moment'
import { Prisma } from '@/prisma/generated/client'
import type { PackAt } from '../part'

const BATCH = 1000

/** Whether the filter speaks of nothing but scopes: then what belongs to no identity in these is part of it as well. */
export function isWhole(filter: PackAt['asked']['filter']): boolean {
  const { q, type, class: classes, owner, privilege, unused, rule, state } = filter
  const isOpen = (words: string | readonly string[] | undefined) =>
    !words?.length || words === 'any' || (typeof words !== 'string' && words.includes('any'))
  const isActive = !state?.every((one) => one === 'retired')
  return isActive && !q && unused === undefined && [type, classes, owner, privilege, rule].every(isOpen)
}

/** What is gone belongs to whom it was about: decisions take things away. */
export type Whom = { gone?: boolean }

const filterOf = ({ asked: { filter } }: PackAt, { gone }: Whom): PackAt['asked']['filter'] => ({
  ...filter,
  ...(gone && { state: ['any'] }),
})

/** Condition over `identity i`, and `posture p` where it was judged. */
export async function populationWhere(at: PackAt, whom: Whom = {}): Promise<Prisma.Sql> {
  return conditionOf(await identityConditions(at.actor, filterOf(at, whom)))
}

/** The tables of that condition. */
export const populationFrom = (where: Prisma.Sql): Prisma.Sql => identityFrom(where)

/** The ids, a batch at a time: never all of them at once. */
export async function* populationIds(at: PackAt, whom: Whom = {}): AsyncGenerator<string[]> {
  const where = await populationWhere(at, whom)
  let after: string | undefined
  do {
    at.signal.throwIfAborted()
    const rows = await reader.$queryRaw<{ id: string }[]>(Prisma.sql`
      SELECT i.id FROM ${populationFrom(where)} WHERE ${where}
        ${after ? Prisma.sql`AND i.id > ${after}::uuid` : Prisma.empty} ORDER BY i.id LIMIT ${BATCH}::int`)
    if (rows.length) yield rows.map(({ id }) => id)
    after = rows.length === BATCH ? rows.at(-1)?.id : undefined
  } while (after !== undefined)
}

/** Which of these identities it is about. */
export async function ofPopulation(
  at: PackAt,
  ids: readonly (string | null | undefined)[],
  whom: Whom = {},
): Promise<ReadonlySet<string>> {
  const asked = [...new Set(ids.filter((id) => typeof id === 'string'))]
  if (!asked.length) return new Set()
  const where = await populationWhere(at, whom)
  const rows = await reader.$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT i.id FROM ${populationFrom(where)} WHERE i.id = ANY(${asked}::uuid[]) AND ${where}`)
  return new Set(rows.map(({ id }) => id))
}

/** Rows that belong to identities, as many at a time as can be held, in the order of identity and own id. */
export type Belonging = { id: string; identityId: string }
type Read<R> = (asked: { ids: string[]; place: Prisma.Sql; limit: number }) => Promise<R[]>

/**
 * All rows of one table that belong to the population.
 * @param columns the two by which they are in order: of the identity, then of the row
 */
export async function* eachBelonging<R extends Belonging>(
  at: PackAt,
  columns: string,
  read: Read<R>,
  whom: Whom = {},
): AsyncGenerator<R[]> {
  for await (const ids of populationIds(at, whom)) {
    let last: R | undefined
    do {
      at.signal.throwIfAborted()
      const place: Prisma.Sql = last
        ? Prisma.sql`(${Prisma.raw(columns)}) > (${last.identityId}::uuid, ${last.id}::uuid)`
        : Prisma.sql`TRUE`
      const rows = await read({ ids, place, limit: BATCH })
      if (rows.length) yield rows
      last = rows.length === BATCH ? rows.at(-1) : undefined
    } while (last)
  }
}
