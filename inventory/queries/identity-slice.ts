// The next identities of a sorted, filtered list: what the page, the export and the command line have in common.
import type { IdentityFilter } from '@/core/list'
import { reader } from '@/inventory/moment/at-moment'
import { Prisma } from '@/prisma/generated/client'
import { IDENTITY_COLUMNS, identityRow, type RawIdentity } from './identity-row'
import { IDENTITY_FROM, type IdentityConditions } from './identity-where'
import { orderOf, partsOf, placeOf, readSlice, type Asked, type Part, type Slice } from './keyset'
import { allOf } from './sql'
import type { IdentityRow } from '@/core/list'

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

const query = (where: Prisma.Sql, { part, where: place, limit }: Asked): Prisma.Sql => Prisma.sql`
  SELECT ${IDENTITY_COLUMNS}, ${placeOf(part)} AS "placeValues"
  FROM ${IDENTITY_FROM} JOIN scope s ON s.id = i.scope_id
  WHERE ${where} AND ${place}
  ORDER BY ${orderOf(part)} LIMIT ${limit}::int`

type List = { sort: IdentityFilter['sort']; after?: string; size: number }

/** @param read reads the rows of one query; tests look at the query instead */
export async function identitySlice(
  conditions: IdentityConditions,
  { sort, after, size }: List,
  read: (sql: Prisma.Sql) => Promise<RawIdentity[]> = (sql) => reader.$queryRaw<RawIdentity[]>(sql),
): Promise<Slice<IdentityRow>> {
  const where = allOf(Object.values(conditions))
  const list = { sort, parts: PARTS[sort], after, size }
  const slice = await readSlice<RawIdentity>(list, (asked) => read(query(where, asked)))
  return { ...slice, rows: slice.rows.map(identityRow) }
}
