// Reads a sorted list by place instead of by offset: equal cost on every page, stable while rows come and go.
import { RollcallError } from '@/core/errors'
import { Prisma } from '@/prisma/generated/client'
import { decodeCursor, encodeCursor } from './cursor'
import { isUuid } from './sql'

/** One column of an order. Constant text: nothing from outside gets in. */
type Key = { column: string; type: 'text' | 'timestamptz' | 'integer' }
/** A stretch of the list with one order. A nullable column takes two: rows that have a value, then rows that have none. */
export type Part = {
  keys: readonly Key[]
  id: string
  descending: boolean
  where?: string
  /** A column to name first in the order although it is the same for all rows: it lets an index be used. */
  lead?: string
}

/** What a row must carry so that the list can go on after it: the values of its part's keys, as text. */
export type Placed = { id: string; placeValues: string[] }

const nullable = (key: Key, id: string, descending: boolean): readonly Part[] => [
  { keys: [key], id, descending, where: `${key.column} IS NOT NULL` },
  { keys: [], id, descending: false, where: `${key.column} IS NULL`, lead: key.column },
]
export const partsOf = {
  /** A column that is never null. */
  plain: (keys: readonly Key[], id: string, descending = false): readonly Part[] => [
    { keys, id, descending },
  ],
  /** Rows without a value come last, whatever the direction. */
  nullsLast: nullable,
}

/** Values are joined by a character that no text of the database holds. */
const SEPARATOR = '\u0000'

/** Timestamps are kept to the millisecond, so ISO text is exact. */
const asText = ({ column, type }: Key): Prisma.Sql =>
  type === 'timestamptz'
    ? Prisma.raw(`to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`)
    : Prisma.raw(`${column}::text`)

export const orderOf = ({ keys, id, descending, lead }: Part): Prisma.Sql => {
  const columns = [...(lead ? [lead] : []), ...keys.map((k) => k.column), id]
  return Prisma.raw(columns.map((c) => (descending ? `${c} DESC` : c)).join(', '))
}

export const placeOf = ({ keys }: Part): Prisma.Sql =>
  keys.length ? Prisma.sql`ARRAY[${Prisma.join(keys.map(asText))}]::text[]` : Prisma.sql`'{}'::text[]`

function after({ keys, id, descending }: Part, values: readonly string[], lastId: string): Prisma.Sql {
  const columns = Prisma.raw([...keys.map((k) => k.column), id].join(', '))
  const bound = Prisma.join([
    ...keys.map((key, at) => Prisma.sql`${values[at] ?? ''}::text::${Prisma.raw(key.type)}`),
    Prisma.sql`${lastId}::uuid`,
  ])
  return descending ? Prisma.sql`(${columns}) < (${bound})` : Prisma.sql`(${columns}) > (${bound})`
}

export type Asked = { part: Part; where: Prisma.Sql; limit: number }
export type Slice<R> = { rows: R[]; next?: string }

function startOf(sort: string, parts: readonly Part[], cursor: string | undefined) {
  if (cursor === undefined) return { part: 0, where: undefined }
  const place = decodeCursor(cursor, sort)
  const part = parts[place.part]
  if (!part || !isUuid(place.id)) throw new RollcallError('invalid', 'This page of the list cannot be found.')
  const values = part.keys.length ? place.value.split(SEPARATOR) : []
  return { part: place.part, where: after(part, values, place.id) }
}

/**
 * Reads the next rows of a list.
 * @param read answers the rows of one part, in its order, under one more condition
 */
export async function readSlice<R extends Placed>(
  list: { sort: string; parts: readonly Part[]; after: string | undefined; size: number },
  read: (asked: Asked) => Promise<R[]>,
): Promise<Slice<R>> {
  const start = startOf(list.sort, list.parts, list.after)
  const found: { row: R; part: number }[] = []
  for (let at = start.part; at < list.parts.length && found.length <= list.size; at++) {
    const part = list.parts[at]
    if (!part) break
    const conditions = [
      ...(part.where ? [Prisma.raw(part.where)] : []),
      ...(at === start.part && start.where ? [start.where] : []),
    ]
    const where = conditions.length ? Prisma.join(conditions, ' AND ') : Prisma.sql`TRUE`
    const rows = await read({ part, where, limit: list.size + 1 - found.length })
    found.push(...rows.map((row) => ({ row, part: at })))
  }
  const rows = found.slice(0, list.size)
  const last = rows.at(-1)
  if (!last || found.length <= list.size) return { rows: rows.map((f) => f.row) }
  const { id, placeValues } = last.row
  const next = encodeCursor({ sort: list.sort, part: last.part, value: placeValues.join(SEPARATOR), id })
  return { rows: rows.map((f) => f.row), next }
}
