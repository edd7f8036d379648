// Groups as a provider of identities told them, with their members: those of the team that this source tells.
import type { Actor } from '@/core/permissions'
import { isUuid, iso } from '@/inventory/queries/sql'
import { db } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'
import { authorise } from '../../authorise'
import { filterSql, type Columns } from './filter-sql'
import { MEMBERS_MAX } from './group-said'
import type { Asked, Listed } from './list-users'
import { filterOf } from './path'
import { SCIM } from './schema-names'
import { ScimError } from './scim-error'

export type ScimGroup = {
  id: string
  name: string
  externalId?: string
  /** Left out where nobody asked for them. */
  members?: { id: string; name: string }[]
  createdAt: string
  changedAt: string
}
type Row = {
  id: string
  teamId: string
  name: string
  externalId: string | null
  createdAt: Date
  changedAt: Date
}

const MEMBERS = {
  kind: 'list' as const,
  of: {
    from: Prisma.sql`team_member m JOIN provisioned_person u ON u.person_id = m.person_id
      WHERE m.team_id = g.team_id AND m.source = ${SCIM}`,
    parts: { value: { kind: 'exact' as const, sql: Prisma.sql`u.id::text` } },
  },
}
const COLUMNS: Columns = {
  id: { kind: 'exact', sql: Prisma.sql`g.id::text` },
  displayname: { kind: 'text', sql: Prisma.sql`g.name` },
  externalid: { kind: 'exact', sql: Prisma.sql`g.external_id` },
  members: MEMBERS,
  'members.value': MEMBERS,
  'meta.created': { kind: 'time', sql: Prisma.sql`g.created_at` },
  'meta.lastmodified': { kind: 'time', sql: Prisma.sql`g.changed_at` },
}
const SELECT = Prisma.sql`SELECT g.id, g.team_id AS "teamId", g.name, g.external_id AS "externalId", g.created_at AS "createdAt",
  g.changed_at AS "changedAt" FROM provisioned_team g`

/** @throws ScimError `tooMany` where they are more than are told at once */
async function membersOf(teamIds: readonly string[]): Promise<Map<string, { id: string; name: string }[]>> {
  const rows = await db.$queryRaw<{ teamId: string; id: string; name: string }[]>`
    SELECT m.team_id AS "teamId", u.id, p.name FROM team_member m JOIN provisioned_person u ON u.person_id = m.person_id
      JOIN person p ON p.id = m.person_id
    WHERE m.team_id = ANY(${[...teamIds]}::uuid[]) AND m.source = ${SCIM} ORDER BY p.name, u.id LIMIT ${MEMBERS_MAX + 1}::int`
  if (rows.length > MEMBERS_MAX)
    throw new ScimError('tooMany', 'These groups have too many members. Ask with excludedAttributes=members.')
  const found = new Map<string, { id: string; name: string }[]>()
  for (const { teamId, id, name } of rows) found.set(teamId, [...(found.get(teamId) ?? []), { id, name }])
  return found
}

async function withMembers(rows: readonly Row[], isAsked: boolean): Promise<ScimGroup[]> {
  const members = isAsked ? await membersOf(rows.map(({ teamId }) => teamId)) : undefined
  return rows.map(({ id, teamId, name, externalId, createdAt, changedAt }) => ({
    ...{ id, name, createdAt: iso(createdAt), changedAt: iso(changedAt) },
    ...(externalId !== null && { externalId }),
    ...(members && { members: members.get(teamId) ?? [] }),
  }))
}

/** @throws ScimError `invalidFilter`, `tooMany` */
export async function listGroups(
  actor: Actor | null,
  { filter, startIndex, count, members }: Asked & { members: boolean },
): Promise<Listed<ScimGroup>> {
  authorise(actor, 'person:provision')
  const where = filter === undefined ? Prisma.sql`TRUE` : filterSql(filterOf(filter), COLUMNS)
  const [[{ total } = { total: 0 }], rows] = await Promise.all([
    db.$queryRaw<{ total: number }[]>(
      Prisma.sql`SELECT count(*)::int AS total FROM provisioned_team g WHERE ${where}`,
    ),
    db.$queryRaw<Row[]>(Prisma.sql`
      ${SELECT} WHERE ${where} ORDER BY g.created_at, g.id OFFSET ${startIndex - 1}::int LIMIT ${count}::int`),
  ])
  return { total, rows: await withMembers(rows, members) }
}

/** Undefined where there is none. */
export async function readScimGroup(
  actor: Actor | null,
  id: string,
  { members = true } = {},
): Promise<ScimGroup | undefined> {
  authorise(actor, 'person:provision')
  if (!isUuid(id)) return undefined
  const rows = await db.$queryRaw<Row[]>(Prisma.sql`${SELECT} WHERE g.id = ${id}::uuid`)
  const [one] = await withMembers(rows, members)
  return one
}
