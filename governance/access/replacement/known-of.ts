// What is known of a credential and of whoever holds it: as much as a way around it is written from, and not without end.
import type { Actor } from '@/core/permissions'
import type { Facet, Of } from '@/core/observation'
import { RollcallError } from '@/core/errors'
import type { Consumer, HeldRight, Replaceable, Vouching } from '@/evaluators/replacement'
import { credentialConnections } from '@/inventory/queries/credential-connections'
import { seenBy } from '@/inventory/queries/credential-where'
import { allOf, isUuid } from '@/inventory/queries/sql'
import { mustRead } from '@/inventory/queries/visible'
import { db } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'

const CONSUMERS_MAX = 50
const ISSUERS_MAX = 100
const RIGHTS_MAX = 50

type Row = {
  id: string
  nativeId: string
  type: string
  form: string
  name: string
  retired: boolean
  scopeId: string
  scopeNativeId: string
  scopeName: string
  identityId: string | null
}
export type Known = {
  row: Row
  replaceable: Replaceable
  holder?: { id: string; name: string }
  /** Of these there are more than were read. */
  more: ('consumers' | 'issuers' | 'rights')[]
}

/** What the actor may not see is not found. */
async function credentialRow(actor: Actor, id: string): Promise<Row> {
  mustRead(actor, 'identity:read')
  const where = allOf([Prisma.sql`r.id = ${id}::uuid`, seenBy(actor, 'credential')])
  const [row] = isUuid(id)
    ? await db.$queryRaw<Row[]>(Prisma.sql`
        SELECT r.id, r.native_id AS "nativeId", r.type, r.form, r.name, r.retired_at IS NOT NULL AS retired,
          s.id AS "scopeId", s.native_id AS "scopeNativeId", s.name AS "scopeName", r.identity_id AS "identityId"
        FROM credential r JOIN scope s ON s.id = r.scope_id WHERE ${where}`)
    : []
  if (!row)
    throw new RollcallError(
      'not-found',
      `No credential has the id ${id}. It may have been removed together with its source.`,
    )
  return row
}

type Holder = {
  id: string
  nativeId: string
  type: string
  name: string
  aliases: string[]
  facets: Facet[] | null
}
async function holderOf(id: string | null): Promise<Holder | undefined> {
  const [row] = id
    ? await db.$queryRaw<Holder[]>(Prisma.sql`
        SELECT id, native_id AS "nativeId", type, name, aliases,
          CASE WHEN doc -> 'facets' ->> 'state' = 'known' THEN doc -> 'facets' -> 'value' END AS facets
        FROM identity WHERE id = ${id}::uuid`)
    : []
  return row
}

type Ran = { type: string; name: string; namespace: string | null }
const runningAs = (scopeId: string, holder: Holder | undefined): Promise<Ran[]> =>
  holder
    ? db.$queryRaw<Ran[]>(Prisma.sql`
        SELECT type, name, doc ->> 'namespace' AS namespace FROM workload
        WHERE scope_id = ${scopeId}::uuid AND uses @> ARRAY[${holder.nativeId}] AND retired_at IS NULL
        ORDER BY name, id LIMIT ${CONSUMERS_MAX + 1}::int`)
    : Promise.resolve([])

/** Whatever names the credential itself: a copy of it, an engine that acts by it. */
async function naming(actor: Actor, { id, scopeId }: Row): Promise<Consumer[]> {
  const [row] = await db.$queryRaw<{ keys: Of<'credential'>['keys'] | null }[]>(Prisma.sql`
    SELECT doc -> 'keys' AS keys FROM credential WHERE id = ${id}::uuid`)
  const of = { id, kind: 'credential' as const, scopeId, keys: row?.keys ?? [] }
  const { namedBy } = await credentialConnections(actor, of)
  return namedBy.rows.flatMap(({ other }) => (other ? [{ type: other.type, name: other.name }] : []))
}

type Issued = Vouching & { audiences: string[] | null }
const issuersOf = (scopeId: string): Promise<Issued[]> =>
  db.$queryRaw<Issued[]>(Prisma.sql`
    SELECT native_id AS id, type, name, aliases,
      CASE WHEN doc -> 'audiences' ->> 'state' = 'known' THEN doc -> 'audiences' -> 'value' END AS audiences
    FROM issuer WHERE scope_id = ${scopeId}::uuid AND retired_at IS NULL ORDER BY name, id LIMIT ${ISSUERS_MAX + 1}::int`)

const rightsOf = (holder: Holder | undefined): Promise<HeldRight[]> =>
  holder
    ? db.$queryRaw<HeldRight[]>(Prisma.sql`
        SELECT doc ->> 'entitlement' AS id, doc ->> 'entitlementName' AS name, effect,
          via || coalesce(' ' || (doc ->> 'viaName'), '') AS via
        FROM "grant" WHERE identity_id = ${holder.id}::uuid AND retired_at IS NULL ORDER BY native_id LIMIT ${RIGHTS_MAX + 1}::int`)
    : Promise.resolve([])

const vouching = ({ audiences, ...one }: Issued): Vouching => ({ ...one, ...(audiences && { audiences }) })

/** @throws RollcallError `forbidden`, or `not-found` where the actor may not see it */
export async function knownOf(actor: Actor, id: string): Promise<Known> {
  const row = await credentialRow(actor, id)
  const { scopeId, scopeNativeId, scopeName, nativeId, type, name } = row
  const holder = await holderOf(row.identityId)
  const [ran, named, issuers, rights] = await Promise.all([
    runningAs(scopeId, holder),
    naming(actor, row),
    issuersOf(scopeId),
    rightsOf(holder),
  ])
  const consumers: Consumer[] = [
    ...ran.map(({ namespace, ...one }) => ({ ...one, ...(namespace !== null && { namespace }) })),
    ...named,
  ]
  return {
    row,
    replaceable: {
      credential: { id: nativeId, type, name },
      scope: { id: scopeNativeId, name: scopeName },
      ...(holder && {
        identity: {
          id: holder.nativeId,
          type: holder.type,
          name: holder.name,
          aliases: holder.aliases,
          facets: (holder.facets ?? []).map((one) => ({ id: one.nativeId, type: one.type })),
        },
      }),
      consumers: consumers.slice(0, CONSUMERS_MAX),
      issuers: issuers.slice(0, ISSUERS_MAX).map(vouching),
      rights: rights.slice(0, RIGHTS_MAX),
    },
    ...(holder && { holder: { id: holder.id, name: holder.name } }),
    more: [
      ...(consumers.length > CONSUMERS_MAX ? ['consumers' as const] : []),
      ...(issuers.length > ISSUERS_MAX ? ['issuers' as const] : []),
      ...(rights.length > RIGHTS_MAX ? ['rights' as const] : []),
    ],
  }
}
