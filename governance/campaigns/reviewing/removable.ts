// What is known now of an identity that is to be removed or reduced: as much as commands are written from, and not without end.
import type { HeldGrant, Removable } from '@/evaluators/removal'
import { db } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'

const CREDENTIALS_MAX = 50
const GRANTS_MAX = 100
const KEYS_MAX = 20
const TRUST_MAX = 100
/** In bytes: what says only who holds what is short, and whole policies are not read. */
const DOCUMENT_MAX = 2000

type Row = {
  id: string
  type: string
  name: string
  aliases: string[]
  scopeNativeId: string
  scopeType: string
  scopeName: string
}
type Granted = {
  rowId: string
  id: string
  name: string | null
  entitlement: string | null
  via: string
  viaName: string | null
  place: string | null
  effect: string
  document: unknown
}
export type Known = {
  removable: Removable
  /** Of these there are more than were read. */
  more: ('credentials' | 'grants' | 'trust')[]
}

const grantOf = (row: Granted): HeldGrant => ({
  id: row.id,
  name: row.name ?? row.entitlement ?? row.id,
  entitlement: row.entitlement ?? '',
  via: row.via,
  ...(row.viaName !== null && { viaName: row.viaName }),
  ...(row.place !== null && { place: row.place }),
  effect: row.effect,
  ...(row.document !== null && { document: row.document }),
})

/** @param drops ids of the grants that are named to be taken away; they are read although they are gone */
const grantsOf = (identityId: string, drops: readonly string[]) =>
  db.$queryRaw<Granted[]>(Prisma.sql`
    SELECT g.id AS "rowId", g.native_id AS id, g.doc ->> 'entitlementName' AS name, g.doc ->> 'entitlement' AS entitlement, g.via,
      g.doc ->> 'viaName' AS "viaName", g.doc ->> 'place' AS place, g.effect,
      CASE WHEN e.doc -> 'document' ->> 'state' = 'known' AND pg_column_size(e.doc) < ${DOCUMENT_MAX}::int THEN e.doc -> 'document' -> 'value' END AS document
    FROM "grant" g LEFT JOIN entitlement e ON e.id = g.entitlement_id
    WHERE g.identity_id = ${identityId}::uuid AND (g.retired_at IS NULL OR g.id = ANY(${[...drops]}::uuid[]))
    ORDER BY g.id = ANY(${[...drops]}::uuid[]) DESC, g.native_id LIMIT ${GRANTS_MAX + 1}::int`)

/** Undefined where it is no longer in the inventory: its source is not read any more. */
export async function removableOf(identityId: string, drops: readonly string[]): Promise<Known | undefined> {
  const [row] = await db.$queryRaw<Row[]>(Prisma.sql`
    SELECT i.native_id AS id, i.type, i.name, i.aliases, s.native_id AS "scopeNativeId", s.type AS "scopeType", s.name AS "scopeName"
    FROM identity i JOIN scope s ON s.id = i.scope_id WHERE i.id = ${identityId}::uuid`)
  if (!row) return undefined
  const [grants, keys, trust, credentials] = await Promise.all([
    grantsOf(identityId, drops),
    db.joinKey.findMany({
      where: { rowId: identityId, goneAt: null },
      select: { type: true, value: true },
      orderBy: [{ type: 'asc' }, { value: 'asc' }],
      take: KEYS_MAX,
    }),
    db.trust.findMany({
      where: { identityId, retiredAt: null },
      select: { nativeId: true },
      orderBy: { nativeId: 'asc' },
      take: TRUST_MAX + 1,
    }),
    db.credential.findMany({
      where: { identityId, retiredAt: null },
      select: { nativeId: true, type: true, name: true },
      orderBy: { nativeId: 'asc' },
      take: CREDENTIALS_MAX + 1,
    }),
  ])
  const held = grants.slice(0, GRANTS_MAX)
  return {
    removable: {
      identity: { id: row.id, type: row.type, name: row.name, aliases: row.aliases, keys },
      scope: { id: row.scopeNativeId, type: row.scopeType, name: row.scopeName },
      trust: trust.slice(0, TRUST_MAX).map(({ nativeId }) => nativeId),
      credentials: credentials
        .slice(0, CREDENTIALS_MAX)
        .map(({ nativeId, type, name }) => ({ id: nativeId, type, name })),
      grants: held.map(grantOf),
      drops: held.filter(({ rowId }) => drops.includes(rowId)).map(grantOf),
    },
    more: [
      ...(credentials.length > CREDENTIALS_MAX ? ['credentials' as const] : []),
      ...(grants.length > GRANTS_MAX ? ['grants' as const] : []),
      ...(trust.length > TRUST_MAX ? ['trust' as const] : []),
    ],
  }
}
