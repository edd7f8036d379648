// People as a provider of identities told them, as it asks for them: page by page, by filters.
import type { Actor } from '@/core/permissions'
import { isUuid, iso } from '@/inventory/queries/sql'
import { db } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'
import { authorise } from '../../authorise'
import { filterSql, type Columns } from './filter-sql'
import { filterOf } from './path'
import type { Said } from './user-said'

/** So many are told at once. */
export const RESULTS_MAX = 500
export type ScimUser = { id: string; said: Said; createdAt: string; changedAt: string }

type Row = {
  id: string
  said: Omit<Said, 'isActive'>
  isActive: boolean
  createdAt: Date
  changedAt: Date
}
const userOf = ({ id, said, isActive, createdAt, changedAt }: Row): ScimUser => ({
  id,
  said: { ...said, isActive },
  createdAt: iso(createdAt),
  changedAt: iso(changedAt),
})

const text = (sql: Prisma.Sql) => ({ kind: 'text' as const, sql })
const EMAILS = {
  kind: 'list' as const,
  of: {
    from: Prisma.sql`jsonb_array_elements(u.said -> 'emails') AS e WHERE TRUE`,
    parts: {
      value: text(Prisma.sql`(e ->> 'value')`),
      type: text(Prisma.sql`(e ->> 'type')`),
      primary: { kind: 'truth' as const, sql: Prisma.sql`(e ->> 'primary')::boolean` },
    },
  },
}
const COLUMNS: Columns = {
  id: { kind: 'exact', sql: Prisma.sql`u.id::text` },
  username: text(Prisma.sql`u.user_name`),
  externalid: { kind: 'exact', sql: Prisma.sql`u.external_id` },
  active: { kind: 'truth', sql: Prisma.sql`u.is_active` },
  displayname: text(Prisma.sql`(u.said ->> 'displayName')`),
  'name.formatted': text(Prisma.sql`(u.said -> 'name' ->> 'formatted')`),
  'name.givenname': text(Prisma.sql`(u.said -> 'name' ->> 'givenName')`),
  'name.familyname': text(Prisma.sql`(u.said -> 'name' ->> 'familyName')`),
  emails: EMAILS,
  'emails.value': EMAILS,
  manager: text(Prisma.sql`(u.said ->> 'manager')`),
  'manager.value': text(Prisma.sql`(u.said ->> 'manager')`),
  'meta.created': { kind: 'time', sql: Prisma.sql`u.created_at` },
  'meta.lastmodified': { kind: 'time', sql: Prisma.sql`u.changed_at` },
}

export type Asked = { filter?: string | undefined; startIndex: number; count: number }
export type Listed<T> = { total: number; rows: T[] }

const SELECT = Prisma.sql`SELECT u.id, u.said, u.is_active AS "isActive", u.created_at AS "createdAt", u.changed_at AS "changedAt"`

/** @throws ScimError `invalidFilter` */
export async function listUsers(
  actor: Actor | null,
  { filter, startIndex, count }: Asked,
): Promise<Listed<ScimUser>> {
  authorise(actor, 'person:provision')
  const where = filter === undefined ? Prisma.sql`TRUE` : filterSql(filterOf(filter), COLUMNS)
  const [[{ total } = { total: 0 }], rows] = await Promise.all([
    db.$queryRaw<{ total: number }[]>(
      Prisma.sql`SELECT count(*)::int AS total FROM provisioned_person u WHERE ${where}`,
    ),
    db.$queryRaw<Row[]>(Prisma.sql`
      ${SELECT} FROM provisioned_person u WHERE ${where}
      ORDER BY u.created_at, u.id OFFSET ${startIndex - 1}::int LIMIT ${count}::int`),
  ])
  return { total, rows: rows.map(userOf) }
}

/** Undefined where there is none. */
export async function readScimUser(actor: Actor | null, id: string): Promise<ScimUser | undefined> {
  authorise(actor, 'person:provision')
  if (!isUuid(id)) return undefined
  const [row] = await db.$queryRaw<Row[]>(
    Prisma.sql`${SELECT} FROM provisioned_person u WHERE u.id = ${id}::uuid`,
  )
  return row && userOf(row)
}
