// The types and scopes a list of credentials and stored secrets can be narrowed to: found by stepping through an index, not by counting.
import type { Actor } from '@/core/permissions'
import { reader } from '@/inventory/moment/at-moment'
import { Prisma } from '@/prisma/generated/client'
import type { AskedScopes } from './asked-scopes'
import { CREDENTIAL_KINDS, kindsOf, seenBy, type AskedCredentials } from './credential-where'
import { allOf } from './sql'
import type { Bounded } from './types'
import { mustRead } from './visible'

export type CredentialFacets = {
  type: Bounded<{ value: string }>
  /** `value` is the scope's id, `title` its name. Those that are chosen are always among them. */
  scope: Bounded<{ value: string; title: string }>
}

const VALUES_MAX = 50
/** Rows of one person that are looked through. */
const OWNED_MAX = 2000

const bounded = <T>(rows: T[]): Bounded<T> => ({
  rows: rows.slice(0, VALUES_MAX),
  more: rows.length > VALUES_MAX,
})

/** Each step asks the index for the next type: as many steps as there are types, however many rows have them. */
const typesOf = (table: Prisma.Sql, where: Prisma.Sql): Prisma.Sql => Prisma.sql`(
  WITH RECURSIVE step (type) AS (
    (SELECT r.type FROM ${table} r WHERE ${where} ORDER BY r.type LIMIT 1)
    UNION ALL
    SELECT (SELECT r.type FROM ${table} r WHERE r.type > step.type AND ${where} ORDER BY r.type LIMIT 1)
    FROM step WHERE step.type IS NOT NULL
  ) SELECT type FROM step WHERE type IS NOT NULL LIMIT ${VALUES_MAX + 1}::int)`

/** Of one person: few rows, looked through one by one. */
const ownTypes = (table: Prisma.Sql, where: Prisma.Sql): Prisma.Sql => Prisma.sql`(
  SELECT DISTINCT type FROM (SELECT r.type FROM ${table} r WHERE ${where} LIMIT ${OWNED_MAX}::int) r)`

async function types(actor: Actor, filter: AskedCredentials, { hidden }: AskedScopes) {
  const branches = kindsOf({ ...filter, form: undefined }).map((kind) => {
    const where = allOf([
      seenBy(actor, kind),
      hidden.length ? Prisma.sql`r.scope_id <> ALL(${hidden}::uuid[])` : undefined,
    ])
    return (actor.role === 'owner' ? ownTypes : typesOf)(Prisma.raw(kind), where)
  })
  if (!branches.length) return bounded<{ value: string }>([])
  return bounded(
    await reader.$queryRaw<{ value: string }[]>(
      Prisma.sql`SELECT DISTINCT type AS value FROM (${Prisma.join(branches, ' UNION ALL ')}) t ORDER BY 1`,
    ),
  )
}

/** Scopes that hold any, in the order of their names. */
async function scopes(actor: Actor, { chosen, hidden }: AskedScopes): Promise<CredentialFacets['scope']> {
  // Asked of one scope after the other, in their order, until there are enough.
  const holds = CREDENTIAL_KINDS.map(
    (kind) => Prisma.sql`
      SELECT 1 FROM ${Prisma.raw(kind)} r WHERE r.scope_id = s.id AND ${allOf([seenBy(actor, kind)])}`,
  )
  const where = hidden.length ? Prisma.sql`s.id <> ALL(${hidden}::uuid[])` : Prisma.sql`TRUE`
  const rows = await reader.$queryRaw<{ value: string; title: string }[]>(Prisma.sql`
    SELECT s.id::text AS value, s.name AS title
    FROM scope s CROSS JOIN LATERAL (SELECT 1 FROM (${Prisma.join(holds, ' UNION ALL ')}) r LIMIT 1) held
    WHERE ${where} ORDER BY s.id = ANY(${chosen ?? []}::uuid[]) DESC, s.name, s.id LIMIT ${VALUES_MAX + 1}::int`)
  return bounded(rows)
}

export async function credentialFacets(
  actor: Actor,
  filter: AskedCredentials,
  asked: AskedScopes,
): Promise<CredentialFacets> {
  mustRead(actor, 'identity:read')
  const [type, scope] = await Promise.all([types(actor, filter, asked), scopes(actor, asked)])
  return { type, scope }
}
