// The rows that make up a realm: one bounded question for each sort.
import type { Guest, RealmPart, Held, Runner, Thing, TrustStatement } from '@/core/access'
import type { Fact } from '@/core/fact'
import type { IdentityClass, Kind } from '@/core/observation'
import { db } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'

/** More principals than this are not judged at a time: the realm then says that it was cut. */
export const PRINCIPALS_MAX = 200_000
/** Rows of each other sort that are read for one realm at most. */
const ROWS_MAX = 1_000_000

export type PrincipalRow = {
  id: string
  nativeId: string
  scopeId: string
  type: string
  name: string
  class: IdentityClass
  aliases: string[]
  enabled: boolean | null
  tags: Record<string, string> | null
}
export type GrantRow = Omit<Held, 'language' | 'document' | 'place'> & {
  place: string | null
  identityId: string
  entitlementId: string
}
export type DocumentRow = {
  rowId: string
  id: string
  type: string
  name: string
  language: string
  aliases: string[]
  document: Fact<Record<string, unknown>>
  held: boolean
}
export type TrustRow = Omit<TrustStatement, 'conditions'> & {
  identityId: string
  conditions: Record<string, unknown> | null
}

const PRINCIPAL = Prisma.sql`id, native_id AS "nativeId", scope_id AS "scopeId", type, name, class, aliases, enabled,
  CASE WHEN doc #>> '{tags,state}' = 'known' THEN doc #> '{tags,value}' END AS tags`

/** Active principals of the scope, one more than are judged. */
export const principalsOf = (scopeId: string) =>
  db.$queryRaw<PrincipalRow[]>`
    SELECT ${PRINCIPAL} FROM identity WHERE scope_id = ${scopeId}::uuid AND retired_at IS NULL
    ORDER BY id LIMIT ${PRINCIPALS_MAX + 1}`

export const grantsOf = (scopeId: string) =>
  db.$queryRaw<GrantRow[]>`
    SELECT g.identity_id AS "identityId", g.entitlement_id AS "entitlementId", g.doc ->> 'entitlement' AS id,
      g.doc ->> 'entitlementName' AS name, g.effect, g.via || coalesce(' ' || (g.doc ->> 'viaName'), '') AS via, g.doc ->> 'place' AS place
    FROM "grant" g WHERE g.scope_id = ${scopeId}::uuid AND g.retired_at IS NULL AND g.identity_id IS NOT NULL
    ORDER BY g.identity_id, g.native_id LIMIT ${ROWS_MAX}`

export const documentsOf = (scopeId: string) =>
  db.$queryRaw<DocumentRow[]>`
    SELECT id AS "rowId", native_id AS id, type, name, language, aliases, doc -> 'document' AS document,
      EXISTS (SELECT 1 FROM "grant" g WHERE g.entitlement_id = entitlement.id AND g.identity_id IS NOT NULL
        AND g.retired_at IS NULL) AS held
    FROM entitlement WHERE scope_id = ${scopeId}::uuid AND retired_at IS NULL ORDER BY id LIMIT ${ROWS_MAX}`

const TRUST = Prisma.sql`identity_id AS "identityId", native_id AS id, principal_type AS "principalType", principal, effect,
  doc -> 'actions' AS actions, doc -> 'conditions' AS conditions`
export const trustsOf = (scopeId: string) =>
  db.$queryRaw<TrustRow[]>`
    SELECT ${TRUST} FROM trust WHERE scope_id = ${scopeId}::uuid AND retired_at IS NULL AND identity_id IS NOT NULL
    ORDER BY identity_id, native_id LIMIT ${ROWS_MAX}`
export const trustsOfAll = (identityIds: string[]) =>
  db.$queryRaw<TrustRow[]>`
    SELECT ${TRUST} FROM trust WHERE identity_id = ANY(${identityIds}::uuid[]) AND retired_at IS NULL
    ORDER BY identity_id, native_id LIMIT ${ROWS_MAX}`

export type RunnerRow = Omit<Runner, 'namespace' | 'runsOn' | 'host'> & {
  rowId: string
  namespace: string | null
  runsOn: string[] | null
  host: Runner['host'] | null
}
const knownOf = (field: string) =>
  Prisma.raw(`CASE WHEN doc #>> '{${field},state}' = 'known' THEN doc #> '{${field},value}' END`)
export const runnersOf = (scopeId: string) =>
  db.$queryRaw<RunnerRow[]>`
    SELECT id AS "rowId", native_id AS id, type, name, aliases, doc ->> 'namespace' AS namespace, uses,
      ${knownOf('nodes')} AS "runsOn", ${knownOf('host')} AS host
    FROM workload WHERE scope_id = ${scopeId}::uuid AND retired_at IS NULL ORDER BY id LIMIT ${ROWS_MAX}`

export const thingsOf = (scopeId: string) =>
  db.$queryRaw<(Omit<Thing, 'audiences'> & { rowId: string; audiences: string[] | null })[]>`
    SELECT id AS "rowId", 'secret' AS kind, native_id AS id, type, name, NULL::jsonb AS audiences FROM secret
    WHERE scope_id = ${scopeId}::uuid AND retired_at IS NULL
    UNION ALL SELECT id, 'issuer', native_id, type, name,
      CASE doc #>> '{audiences,state}' WHEN 'known' THEN doc #> '{audiences,value}' WHEN 'absent' THEN '[]'::jsonb END
    FROM issuer
    WHERE scope_id = ${scopeId}::uuid AND retired_at IS NULL ORDER BY 1 LIMIT ${ROWS_MAX}`

/** Principals of other scopes whose trust was found to mean something here. */
export const elsewhereOf = (scopeId: string) =>
  db.$queryRaw<PrincipalRow[]>`
    SELECT ${PRINCIPAL} FROM identity WHERE retired_at IS NULL AND scope_id <> ${scopeId}::uuid AND id IN (
      SELECT from_identity_id FROM edge WHERE to_scope_id = ${scopeId}::uuid AND means = 'becomes-this'
        AND from_scope_id <> ${scopeId}::uuid AND state = 'matched')
    ORDER BY id LIMIT ${PRINCIPALS_MAX}`

export type GuestRow = Omit<Guest, 'lets' | 'createdAt'> & {
  rowId: string
  scopeId: string
  createdAt: string | null
}
/** A document of another scope that is about this one, and whom it lets in; nobody where it lets nobody in. */
export type AboutRow = Omit<DocumentRow, 'held'> & { guest: GuestRow | null }

/**
 * Documents of other scopes that give nothing there and rely on an issuer of this one: they say whom the scope lets in, or how.
 * One that means somebody who is not there, or not known, lets in nobody who could be told.
 */
export const aboutOf = (scopeId: string) =>
  db.$queryRaw<AboutRow[]>`
    SELECT e.id AS "rowId", e.native_id AS id, e.type, e.name, e.language, e.aliases, e.doc -> 'document' AS document,
      CASE WHEN i.id IS NOT NULL THEN jsonb_build_object('rowId', i.id, 'scopeId', i.scope_id, 'id', i.native_id, 'type', i.type,
        'name', i.name, 'aliases', i.aliases, 'createdAt', i.doc #> '{createdAt,value}') END AS guest
    FROM entitlement e
      LEFT JOIN edge b ON b.from_row_id = e.id AND b.means = 'becomes-this' AND b.to_kind = 'identity' AND NOT b.broad
      LEFT JOIN identity i ON i.id = b.to_identity_id AND b.state = 'matched' AND i.retired_at IS NULL
    WHERE e.retired_at IS NULL AND e.doc ->> 'gives' = 'nothing' AND (b.id IS NULL OR i.id IS NOT NULL)
      AND e.id IN (SELECT a.from_row_id FROM edge a WHERE a.to_scope_id = ${scopeId}::uuid AND a.from_scope_id <> ${scopeId}::uuid
        AND a.from_kind = 'entitlement' AND a.means = 'relied-on' AND a.to_kind = 'issuer' AND a.state = 'matched' AND NOT a.broad)
    ORDER BY e.id, i.id LIMIT ${PRINCIPALS_MAX}`

const PART: Readonly<Partial<Record<Kind, RealmPart>>> = {
  identity: 'principals',
  grant: 'grants',
  entitlement: 'rulings',
  trust: 'trusts',
  workload: 'runners',
  secret: 'things',
  issuer: 'things',
}

/**
 * Looks that never were whole, and kinds that no stream of the scope reads. What is held and was not read is told by whoever
 * holds it: a stream of such documents says nothing about rulings.
 */
export async function unseenOf(scopeId: string): Promise<{ part: RealmPart; words: string }[]> {
  const looks = await db.$queryRaw<
    { stream: string; kind: Kind; why: string | null; permission: string | null; whole: boolean }[]
  >`SELECT l.stream, l.kind, l.why, l.permission, l.complete_at IS NOT NULL OR l.kind = 'entitlement' AND EXISTS (
      SELECT 1 FROM entitlement e JOIN "grant" g ON g.entitlement_id = e.id AND g.retired_at IS NULL
      WHERE e.scope_id = l.scope_id AND e.stream = l.stream AND e.retired_at IS NULL) AS whole
    FROM look l WHERE l.scope_id = ${scopeId}::uuid ORDER BY l.kind, l.stream`
  const unseen = looks.flatMap(({ stream, kind, why, permission, whole }) => {
    const part = PART[kind]
    if (!part || whole) return []
    return [{ part, words: `${permission ?? stream} was not read whole (${why ?? 'not collected'}).` }]
  })
  const asked = new Set(looks.map(({ kind }) => PART[kind]))
  const never = [...new Set(Object.values(PART))].filter((part) => !asked.has(part))
  return [...unseen, ...never.map((part) => ({ part, words: `No ${part} of it are collected.` }))]
}
