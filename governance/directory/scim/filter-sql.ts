// Filters of SCIM as conditions of SQL. Attributes that are not in the table cannot be asked for.
import { containing } from '@/inventory/queries/sql'
import { Prisma } from '@/prisma/generated/client'
import type { Filter, Operator, Path, Value } from './path'
import { ScimError } from './scim-error'

type Kind = 'text' | 'exact' | 'truth' | 'time'
/** One value of a row, or the values of a list of it. */
export type Column = { kind: Kind; sql: Prisma.Sql } | { kind: 'list'; of: ListColumn }
export type ListColumn = {
  /** What is looked through: a FROM clause that gives rows with `parts`. */
  from: Prisma.Sql
  parts: Record<string, { kind: Kind; sql: Prisma.Sql }>
}
/** By attribute, or `attribute.sub`, in lower case. */
export type Columns = Record<string, Column>

const wrong = (why: string) => new ScimError('invalidFilter', why)
const escaped = (text: string) => containing(text).slice(1, -1)

function textCondition(sql: Prisma.Sql, operator: Operator, value: string, isExact: boolean): Prisma.Sql {
  const [held, asked] = isExact ? [sql, value] : [Prisma.sql`lower(${sql})`, value.toLowerCase()]
  switch (operator) {
    case 'eq':
      return Prisma.sql`${held} = ${asked}`
    case 'ne':
      return Prisma.sql`${held} IS DISTINCT FROM ${asked}`
    case 'co':
      return Prisma.sql`${held} LIKE ${containing(asked)}`
    case 'sw':
      return Prisma.sql`${held} LIKE ${`${escaped(asked)}%`}`
    case 'ew':
      return Prisma.sql`${held} LIKE ${`%${escaped(asked)}`}`
    default:
      throw wrong(`${operator} is not understood of a text.`)
  }
}

const COMPARED: Partial<Record<Operator, Prisma.Sql>> = {
  eq: Prisma.sql`=`,
  ne: Prisma.sql`<>`,
  gt: Prisma.sql`>`,
  ge: Prisma.sql`>=`,
  lt: Prisma.sql`<`,
  le: Prisma.sql`<=`,
}

function condition(
  { kind, sql }: { kind: Kind; sql: Prisma.Sql },
  operator: Operator,
  value: Value,
): Prisma.Sql {
  if (kind === 'text' || kind === 'exact') {
    if (typeof value !== 'string') throw wrong('A text is compared with a text in quotes.')
    return textCondition(sql, operator, value, kind === 'exact')
  }
  const compared = COMPARED[operator]
  if (kind === 'truth') {
    const truth = typeof value === 'string' ? { true: true, false: false }[value.toLowerCase()] : value
    if (typeof truth !== 'boolean' || (operator !== 'eq' && operator !== 'ne'))
      throw wrong('active is compared by eq with true or false.')
    return Prisma.sql`${sql} ${compared ?? Prisma.empty} ${truth}`
  }
  if (!compared || typeof value !== 'string' || Number.isNaN(Date.parse(value)))
    throw wrong('A time is compared by eq, ne, gt, ge, lt, le with a time in quotes.')
  return Prisma.sql`${sql} ${compared} ${new Date(value)}::timestamptz`
}

function columnOf(columns: Columns, { attribute, sub, isForeign }: Path): Column {
  const name = sub === undefined ? attribute : `${attribute}.${sub}`
  const found = isForeign || !Object.hasOwn(columns, name) ? undefined : columns[name]
  if (!found)
    throw wrong(`${name.slice(0, 80)} cannot be asked for. Ask for ${Object.keys(columns).join(', ')}.`)
  return found
}

const inList = ({ from }: ListColumn, where: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`EXISTS (SELECT 1 FROM ${from} AND ${where})`

function partsOf(list: ListColumn): Columns {
  return { ...list.parts }
}

/** @throws ScimError `invalidFilter` */
export function filterSql(filter: Filter, columns: Columns): Prisma.Sql {
  const inner = (one: Filter) => filterSql(one, columns)
  switch (filter.kind) {
    case 'and':
      return Prisma.sql`(${Prisma.join(filter.parts.map(inner), ' AND ')})`
    case 'or':
      return Prisma.sql`(${Prisma.join(filter.parts.map(inner), ' OR ')})`
    case 'not':
      return Prisma.sql`NOT coalesce(${inner(filter.of)}, FALSE)`
    case 'present': {
      const column = columnOf(columns, filter.path)
      return column.kind === 'list'
        ? inList(column.of, Prisma.sql`TRUE`)
        : Prisma.sql`${column.sql} IS NOT NULL`
    }
    case 'compare': {
      const column = columnOf(columns, filter.path)
      if (column.kind !== 'list') return condition(column, filter.operator, filter.value)
      const part = column.of.parts.value
      if (!part) throw wrong(`Say which part of ${filter.path.attribute} is meant.`)
      return inList(column.of, condition(part, filter.operator, filter.value))
    }
    case 'among': {
      const column = columnOf(columns, { attribute: filter.attribute })
      if (column.kind !== 'list') throw wrong(`${filter.attribute} has one value only.`)
      const parts = partsOf(column.of)
      const { then } = filter
      const of = filterSql(filter.of, parts)
      if (!then) return inList(column.of, of)
      const path = { attribute: then.sub }
      const more = filterSql({ kind: 'compare', path, operator: then.operator, value: then.value }, parts)
      return inList(column.of, Prisma.sql`${of} AND ${more}`)
    }
  }
}
