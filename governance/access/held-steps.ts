// Steps as they are held, a round of a walk at a time: without their words, which are read of those that are told.
import { db } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'
import type { Certainty, NodeKind } from './step-row'

/** What a walk needs of a step: thousands are read to tell a few. */
export type BareStep = {
  id: string
  /** Whose analysis says so; where it leads to everything, everything in this scope. */
  scopeId: string
  fromId: string
  fromKind: NodeKind
  fromScopeId: string
  /** Empty where it leads to everything in the scope, or to more rights. */
  toId: string | null
  toKind: NodeKind | 'administrator' | 'more'
  toScopeId: string
  certainty: Certainty
}
export type HeldStep = BareStep & {
  origin: string
  by: string
  because: string[]
  missing: string[]
  since: Date
}
/** Where a round goes on from: things, and scopes in which all is had. */
export type Places = { ids: readonly string[]; scopes: readonly string[] }
export type Asked = {
  /** Whether steps that depend on something are followed as well. */
  open: boolean
  /** Whoever gets as many has not got all. */
  limit?: number
  /** Whoever asks the database, where that is not to be done as usual. */
  ask?: (sql: Prisma.Sql) => Promise<BareStep[]>
}

/** Steps that are read at a time at most. */
export const ROUND_MAX = 20_000

const BARE = Prisma.sql`s.id, s.scope_id AS "scopeId", s.from_id AS "fromId", s.from_kind AS "fromKind",
  s.from_scope_id AS "fromScopeId", s.to_id AS "toId", s.to_kind AS "toKind", s.to_scope_id AS "toScopeId", s.certainty`
const WORDS = Prisma.sql`s.origin, s.by, s.because, s.missing, s.since`
const SUREST = Prisma.sql`array_position(ARRAY['observed', 'possible', 'depends'], certainty), id`

const certainOnly = (open: boolean) => (open ? Prisma.empty : Prisma.sql`AND s.certainty <> 'depends'`)

/** The surest first, of all that any of the conditions finds: each of them has an index of its own. */
function round(
  conditions: readonly (Prisma.Sql | false)[],
  { open, limit = ROUND_MAX, ask = (sql) => db.$queryRaw<BareStep[]>(sql) }: Asked,
): Promise<BareStep[]> {
  const parts = conditions
    .filter((one) => one !== false)
    .map((one) => Prisma.sql`SELECT ${BARE} FROM access_step s WHERE ${one} ${certainOnly(open)}`)
  if (!parts.length) return Promise.resolve([])
  return ask(
    Prisma.sql`SELECT * FROM (${Prisma.join(parts, ' UNION ALL ')}) found ORDER BY ${SUREST} LIMIT ${limit}::int`,
  )
}

/** Steps by which things have everything in a scope, and no others. */
export const rightsOf = (ids: readonly string[], asked: Asked): Promise<BareStep[]> =>
  round(
    [Prisma.sql`s.from_id = ANY(${[...ids]}::uuid[]) AND s.to_id IS NULL AND s.to_kind = 'administrator'`],
    asked,
  )

/** Steps on from things, and out of scopes in which all is had: within these there is nothing left to come to. */
export const stepsFrom = ({ ids, scopes }: Places, asked: Asked): Promise<BareStep[]> =>
  round(
    [
      ids.length > 0 && Prisma.sql`s.from_id = ANY(${[...ids]}::uuid[])`,
      scopes.length > 0 &&
        Prisma.sql`s.from_scope_id = ANY(${[...scopes]}::uuid[]) AND s.to_scope_id <> s.from_scope_id`,
    ],
    asked,
  )

/** Steps to things, and steps to everything in scopes. */
export const stepsInto = ({ ids, scopes }: Places, asked: Asked): Promise<BareStep[]> =>
  round(
    [
      ids.length > 0 && Prisma.sql`s.to_id = ANY(${[...ids]}::uuid[])`,
      scopes.length > 0 &&
        Prisma.sql`s.to_kind = 'administrator' AND s.scope_id = ANY(${[...scopes]}::uuid[])`,
    ],
    asked,
  )

/** How many others have everything in the scope. */
export async function administratorsOf(scopeId: string, but: string, { open }: Asked): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>(Prisma.sql`
    SELECT count(DISTINCT s.from_id)::int AS count FROM access_step s WHERE s.to_kind = 'administrator'
      AND s.scope_id = ${scopeId}::uuid AND s.from_id <> ${but}::uuid ${certainOnly(open)}`)
  return row?.count ?? 0
}

/** The same rows with what their steps rest on in words. One whose step went meanwhile is left out. */
export async function inFull<T extends { step: BareStep }>(
  rows: readonly T[],
): Promise<(Omit<T, 'step'> & { step: HeldStep })[]> {
  if (!rows.length) return []
  const ids = rows.map(({ step }) => step.id)
  const found = await db.$queryRaw<HeldStep[]>(Prisma.sql`
    SELECT ${BARE}, ${WORDS} FROM access_step s WHERE s.id = ANY(${ids}::uuid[])`)
  const held = new Map(found.map((step) => [step.id, step]))
  return rows.flatMap((row) => {
    const step = held.get(row.step.id)
    return step ? [{ ...row, step }] : []
  })
}
