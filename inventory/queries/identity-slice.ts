// The next identities of a sorted, filtered list: what the page, the export and the command line have in common.
import type { IdentityFilter } from '@/core/list'
import { reader } from '@/inventory/moment/at-moment'
import { Prisma } from '@/prisma/generated/client'
import { IDENTITY_COLUMNS, identityRow, type RawIdentity } from './identity-row'
import { failingIds, identityFrom, type IdentityConditions } from './identity-where'
import { orderOf, partsOf, placeOf, readSlice, type Asked, type Part, type Slice } from './keyset'
import { conditionOf } from './judged-conditions'
import type { IdentityRow } from '@/core/list'

/**
 * The order that leads through another table than any filter speaks of: whoever fits may all come last in it, so more is
 * put in order before it is walked.
 */
export const FEW_BY_CREDENTIAL_MAX = 50_000

/** So many rows are found and put in order; of more than that, the order of the list soon meets the next page. */
export const FEW_MAX = 2000

/** The same where each row that is met costs a look into another table: as many as both ways take equally long for. */
export const FEW_IN_POSTURE_MAX = 10_000

const ID = 'i.id'
const NAME = { column: 'i.name', type: 'text' } as const
const LAST_USED = { column: 'i.last_used_at', type: 'timestamptz' } as const
const CREATED = { column: 'i.created_at', type: 'timestamptz' } as const

const PARTS: Readonly<Record<IdentityFilter['sort'], readonly Part[]>> = {
  name: partsOf.plain([NAME], ID),
  '-name': partsOf.plain([NAME], ID, true),
  lastUsed: partsOf.nullsLast(LAST_USED, ID, false),
  '-lastUsed': partsOf.nullsLast(LAST_USED, ID, true),
  created: partsOf.nullsLast(CREATED, ID, false),
  '-created': partsOf.nullsLast(CREATED, ID, true),
  worst: partsOf.nullsLast({ column: 'p.worst', type: 'integer' }, ID, false),
  oldestCredential: partsOf.nullsLast({ column: 'p.oldest_credential_at', type: 'timestamptz' }, ID, false),
}

/** The rows in their order first, then what is shown of them: nothing is joined to a row that is not shown. */
const query = (where: Prisma.Sql, { part, where: place, limit }: Asked): Prisma.Sql => {
  const order = orderOf(part)
  return Prisma.sql`
    WITH shown AS MATERIALIZED (
      SELECT i.id, ${placeOf(part)} AS "placeValues", row_number() OVER (ORDER BY ${order}) AS nth
      FROM ${identityFrom(where, place, order)} WHERE ${where} AND ${place} ORDER BY ${order} LIMIT ${limit}::int
    )
    SELECT ${IDENTITY_COLUMNS}, shown."placeValues", shown.nth::int FROM shown ${SHOWN}`
}

/** What is shown of the ids in `shown`, in any order. */
const SHOWN = Prisma.sql`JOIN identity i ON i.id = shown.id LEFT JOIN posture p ON p.identity_id = i.id
  JOIN scope s ON s.id = i.scope_id`

const columnsOf = ({ keys, lead, where = '' }: Part): string[] => [
  ...new Set([
    ...keys.map(({ column }) => column),
    ...(lead ? [lead] : []),
    ...(where.match(/^[ip]\.\w+/) ?? []),
  ]),
]

/**
 * The same where few rows fit: all of them are found, however, and then put in order. An order that leads through the
 * whole table to find few rows is never walked.
 */
const gathering = (
  { from, where, most }: { from?: Prisma.Sql; where: Prisma.Sql; most: number },
  { part, where: place, limit }: Asked,
): Prisma.Sql => {
  const order = orderOf(part)
  const columns = columnsOf(part)
  const carried = columns.map((column) => Prisma.sql`, ${Prisma.raw(column)}`)
  const ofPosture = columns
    .filter((column) => column.startsWith('p.'))
    .map((column) => column.replace('p.', 'i.'))
  const posture = ofPosture.length
    ? Prisma.sql`CROSS JOIN LATERAL (SELECT ${Prisma.raw(ofPosture.join(', '))}) p`
    : Prisma.empty
  const keys = carried.length ? Prisma.join(carried, '') : Prisma.empty
  return Prisma.sql`
    WITH found AS MATERIALIZED (
      SELECT i.id${keys} FROM ${from ?? Prisma.empty} ${identityFrom(where, keys)} WHERE ${where} LIMIT ${most + 1}::int
    ), shown AS MATERIALIZED (
      SELECT i.id, ${placeOf(part)} AS "placeValues", row_number() OVER (ORDER BY ${order}) AS nth
      FROM found i ${posture} WHERE ${place} AND (SELECT count(*) FROM found) <= ${most}::int
      ORDER BY ${order} LIMIT ${limit}::int
    )
    SELECT told.total, page.* FROM (SELECT count(*)::int AS total FROM found) told LEFT JOIN (
      SELECT ${IDENTITY_COLUMNS}, shown."placeValues", shown.nth::int FROM shown ${SHOWN}
    ) page ON TRUE`
}

type List = { sort: IdentityFilter['sort']; after?: string; size: number }

type Row = RawIdentity & { nth: number }
const inOrder = (rows: Row[]): Row[] => rows.sort((a, b) => a.nth - b.nth)

/** @param read reads the rows of one query; tests look at the query instead */
export async function identitySlice(
  conditions: IdentityConditions,
  { sort, after, size }: List,
  read: (sql: Prisma.Sql) => Promise<Row[]> = (sql) => reader.$queryRaw<Row[]>(sql),
): Promise<Slice<IdentityRow>> {
  const list = { sort, parts: PARTS[sort], after, size }
  const slice = await readSlice<Row>(list, async (asked) =>
    inOrder(await read(query(conditionOf(conditions, asked.where), asked))),
  )
  return { ...slice, rows: slice.rows.map(identityRow) }
}

export type Gathered = { total: number; slice?: Slice<IdentityRow> }

/**
 * How many rows fit, up to `most`, and the next of them where they are fewer.
 * @param few ids that are all who fit, and more, where they are known to be few
 */
export async function gatherIdentities(
  conditions: IdentityConditions,
  { sort, after, size, rule }: List & Pick<IdentityFilter, 'rule'>,
  most = FEW_MAX,
  few?: Prisma.Sql,
): Promise<Gathered> {
  // Who fails a rule is read from what fails: it may be few of many.
  const failing = failingIds(rule)
  const { rule: _, ...others } = conditions
  const from = failing ?? few
  const where = conditionOf(failing ? others : conditions)
  const asked = {
    most,
    where: from ? Prisma.sql`i.id = few.id AND ${where}` : where,
    from: from && Prisma.sql`(${from}) few CROSS JOIN`,
  }
  let total = 0
  const slice = await readSlice<Row>({ sort, parts: PARTS[sort], after, size }, async (part) => {
    if (total > most) return []
    const rows = await reader.$queryRaw<(Row & { total: number })[]>(gathering(asked, part))
    total = rows[0]?.total ?? 0
    return inOrder(rows.filter(({ id }) => id !== null))
  })
  if (total > most) return { total }
  return { total, slice: { ...slice, rows: slice.rows.map(identityRow) } }
}
