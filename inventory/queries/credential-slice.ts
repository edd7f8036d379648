// The next credentials and stored secrets of one sorted, filtered list: each table gives no more than can be shown, then both are merged.
import type { CredentialFilter, CredentialRow } from '@/core/list'
import { reader } from '@/inventory/moment/at-moment'
import { Prisma } from '@/prisma/generated/client'
import { credentialSelect, credentialJoins, credentialRow, type RawCredential } from './credential-row'
import type { CredentialConditions, CredentialKind } from './credential-where'
import { orderOf, partsOf, placeOf, readSlice, type Asked, type Part, type Slice } from './keyset'

/** So many rows are found and put in order; of more than that, the order of the list soon meets the next page. */
export const FEW_MAX = 2000

const ID = 'r.id'
const NAME = { column: 'r.name', type: 'text' } as const
const MADE = { column: 'r.value_made_at', type: 'timestamptz' } as const
const EXPIRES = { column: 'r.expires_at', type: 'timestamptz' } as const

/** What has an end, then what nobody knows the end of, then what has none: each a stretch of one index. */
const expires = (descending: boolean): readonly Part[] => [
  { keys: [EXPIRES], id: ID, descending, where: `r.expires_state = 'known'` },
  ...['unknown', 'absent'].map((state) => ({
    keys: [],
    id: ID,
    descending: false,
    where: `r.expires_state = '${state}' AND r.expires_at IS NULL`,
    lead: EXPIRES.column,
  })),
]

const PARTS: Readonly<Record<CredentialFilter['sort'], readonly Part[]>> = {
  age: partsOf.nullsLast(MADE, ID, false),
  '-age': partsOf.nullsLast(MADE, ID, true),
  expires: expires(false),
  '-expires': expires(true),
  name: partsOf.plain([NAME], ID),
  '-name': partsOf.plain([NAME], ID, true),
}

type Branch = [kind: CredentialKind, where: Prisma.Sql]
const branchesOf = (conditions: CredentialConditions) => Object.entries(conditions) as Branch[]
const table = (kind: CredentialKind) => Prisma.raw(kind)
const union = (selects: Prisma.Sql[]) =>
  Prisma.join(
    selects.map((select) => Prisma.sql`(${select})`),
    ' UNION ALL ',
  )

/** Columns that a part is put in order and narrowed by. */
const columnsOf = ({ keys, lead, where = '' }: Part): Prisma.Sql => {
  const named = [
    ...keys.map(({ column }) => column),
    ...(lead ? [lead] : []),
    ...(where.match(/r\.\w+/g) ?? []),
  ]
  return Prisma.raw([...new Set([ID, ...named])].join(', '))
}

/** What is shown of the ids in `shown`, in any order: nothing is joined to a row that is not shown. */
const shownOf = (branches: Branch[]) =>
  union(
    branches.map(
      ([kind]) => Prisma.sql`
      SELECT ${credentialSelect(kind)}, shown."placeValues", shown.nth::int FROM shown JOIN ${table(kind)} r ON r.id = shown.id
      ${credentialJoins(kind)} WHERE shown.kind = ${kind}`,
    ),
  )

const nth = (order: Prisma.Sql) => Prisma.sql`row_number() OVER (ORDER BY ${order}) AS nth`

const query = (branches: Branch[], { part, where: place, limit }: Asked): Prisma.Sql => {
  const order = orderOf(part)
  const next = branches.map(
    ([kind, where]) => Prisma.sql`
      SELECT ${kind}::text AS kind, ${columnsOf(part)} FROM ${table(kind)} r
      WHERE ${where} AND ${place} ORDER BY ${order} LIMIT ${limit}::int`,
  )
  return Prisma.sql`
    WITH shown AS MATERIALIZED (
      SELECT r.kind, r.id, ${placeOf(part)} AS "placeValues", ${nth(order)} FROM (${union(next)}) r
      ORDER BY ${order} LIMIT ${limit}::int
    ) ${shownOf(branches)}`
}

/** The same where few rows fit: all of them are found, however, and then put in order. */
const gathering = (branches: Branch[], { part, where: place, limit }: Asked): Prisma.Sql => {
  const order = orderOf(part)
  const all = branches.map(
    ([kind, where]) => Prisma.sql`
      SELECT ${kind}::text AS kind, ${columnsOf(part)} FROM ${table(kind)} r WHERE ${where} LIMIT ${FEW_MAX + 1}::int`,
  )
  return Prisma.sql`
    WITH found AS MATERIALIZED (${union(all)}), told AS MATERIALIZED (SELECT count(*)::int AS total FROM found),
    shown AS MATERIALIZED (
      SELECT r.kind, r.id, ${placeOf(part)} AS "placeValues", ${nth(order)} FROM found r
      WHERE ${place} AND (SELECT total FROM told) <= ${FEW_MAX}::int ORDER BY ${order} LIMIT ${limit}::int
    )
    SELECT told.total, page.* FROM told LEFT JOIN (${shownOf(branches)}) page ON TRUE`
}

type List = { sort: CredentialFilter['sort']; after?: string; size: number }
type Row = RawCredential & { nth: number }
const inOrder = (rows: Row[]): Row[] => rows.sort((a, b) => a.nth - b.nth)

/** @param read reads the rows of one query; tests look at the query instead */
export async function credentialSlice(
  conditions: CredentialConditions,
  { sort, after, size }: List,
  read: (sql: Prisma.Sql) => Promise<Row[]> = (sql) => reader.$queryRaw<Row[]>(sql),
): Promise<Slice<CredentialRow>> {
  const branches = branchesOf(conditions)
  const list = { sort, parts: PARTS[sort], after, size }
  const slice = await readSlice<Row>(list, async (asked) =>
    branches.length ? inOrder(await read(query(branches, asked))) : [],
  )
  return { ...slice, rows: slice.rows.map(credentialRow) }
}

export type Gathered = { total: number; slice?: Slice<CredentialRow> }

/** How many rows fit, up to FEW_MAX, and the next of them where they are not more. */
export async function gatherCredentials(
  conditions: CredentialConditions,
  { sort, after, size }: List,
): Promise<Gathered> {
  const branches = branchesOf(conditions)
  let total = 0
  const slice = await readSlice<Row>({ sort, parts: PARTS[sort], after, size }, async (asked) => {
    if (total > FEW_MAX || !branches.length) return []
    const rows = await reader.$queryRaw<(Row & { total: number })[]>(gathering(branches, asked))
    total = rows[0]?.total ?? 0
    return inOrder(rows.filter(({ id }) => id !== null))
  })
  if (total > FEW_MAX) return { total }
  return { total, slice: { ...slice, rows: slice.rows.map(credentialRow) } }
}
