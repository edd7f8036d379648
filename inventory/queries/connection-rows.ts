// The rows at both ends of connections: what they are called, where they are, and when they were last confirmed.
import type { Instant } from '@/core/fact'
import type { Kind } from '@/core/observation'
import { isScoped, type Actor } from '@/core/permissions'
import { reader } from '@/inventory/moment/at-moment'
import { PROJECTIONS } from '@/inventory/projections'
import { Prisma } from '@/prisma/generated/client'
import { CREDENTIAL_KINDS, seenBy, type CredentialKind } from './credential-where'
import { confirmedAt, looksByScope } from './fact-view'
import { IDENTITY_FROM } from './identity-where'
import { allOf, compact, isoOr } from './sql'
import { ownedBy } from './visible'

/** One end of a connection, as far as the reader may see it. */
export type ConnectionEnd = {
  /** Of an identity: where its page is. */
  identityId?: string
  /** Of a credential or a stored secret that the reader may see: where its page is. */
  credentialId?: string
  kind: Kind
  type: string
  name: string
  scope: { id: string; name: string; connectorId: string }
  retiredAt?: Instant
}
/** What one side says, and when that was last confirmed. */
export type ConnectionEvidence = {
  kind: Kind
  scope: string
  connectorId: string
  stream: string
  at: Instant
}

type Ref = { kind: string; id: string }
type Raw = {
  id: string
  kind: Kind
  type: string | null
  name: string | null
  stream: string
  validFrom: Date
  retiredAt: Date | null
  scopeId: string
  scope: string
  connectorId: string
}
export type Rows = {
  /** Whether the reader is limited to some scopes: texts that were made of others are none of theirs. */
  limited: boolean
  /** Whether there is such a row, in a scope that the reader may not see. */
  hides: (ref: Ref) => boolean
  end: (ref: Ref) => ConnectionEnd | undefined
  evidence: (ref: Ref) => ConnectionEvidence | undefined
}

const nameOf = ({ kind, id }: Ref) => `${kind} ${id}`

/** Reads the rows once, each kind with one question. Identities that the actor may not see are not among the ends. */
export async function connectionRows(actor: Actor, refs: readonly Ref[]): Promise<Rows> {
  const ids = new Map<Kind, Set<string>>()
  for (const { kind, id } of refs) ids.set(kind as Kind, (ids.get(kind as Kind) ?? new Set()).add(id))
  const found = await rowsOf(ids)
  const rows = new Map(found.map((row) => [nameOf(row), row]))
  const [looks, seen, opened] = await Promise.all([
    looksByScope([...new Set(found.map((row) => row.scopeId))]),
    visible(actor, [...(ids.get('identity') ?? [])]),
    opening(
      actor,
      found.filter(({ kind }) => isCredential(kind)),
    ),
  ])
  const hides = (row: Raw | undefined) =>
    row !== undefined && actor.within !== undefined && !actor.within.includes(row.scopeId)
  return {
    limited: actor.within !== undefined,
    hides: (ref) => hides(rows.get(nameOf(ref))),
    end(ref) {
      const row = rows.get(nameOf(ref))
      if (!row || hides(row) || (row.kind === 'identity' && !seen.has(row.id))) return undefined
      return compact({
        identityId: row.kind === 'identity' ? row.id : undefined,
        credentialId: opened.has(row.id) ? row.id : undefined,
        kind: row.kind,
        type: row.type ?? row.kind,
        name: row.name ?? row.id,
        scope: { id: row.scopeId, name: row.scope, connectorId: row.connectorId },
        retiredAt: isoOr(row.retiredAt),
      })
    },
    evidence(ref) {
      const row = rows.get(nameOf(ref))
      if (!row || hides(row)) return undefined
      const { kind, scope, connectorId, stream } = row
      return { kind, scope, connectorId, stream, at: confirmedAt(row, kind, looks.get(row.scopeId) ?? []) }
    },
  }
}

/** Not every kind of row has a name and a type. */
const column = (kind: Kind, name: 'type' | 'name'): Prisma.Sql =>
  name in PROJECTIONS[kind].columns ? Prisma.raw(`r.${name}`) : Prisma.sql`NULL::text`

async function rowsOf(ids: ReadonlyMap<Kind, ReadonlySet<string>>): Promise<Raw[]> {
  if (!ids.size) return []
  const ofKinds = [...ids].map(
    ([kind, of]) => Prisma.sql`
    SELECT r.id, ${kind}::text AS kind, ${column(kind, 'type')} AS type, ${column(kind, 'name')} AS name, r.stream,
      r.valid_from AS "validFrom", r.retired_at AS "retiredAt", s.id AS "scopeId", s.name AS scope,
      s.connector_id AS "connectorId"
    FROM ${Prisma.raw(PROJECTIONS[kind].table)} r JOIN scope s ON s.id = r.scope_id WHERE r.id = ANY(${[...of]}::uuid[])`,
  )
  return reader.$queryRaw<Raw[]>(Prisma.join(ofKinds, ' UNION ALL '))
}

async function visible(actor: Actor, ids: string[]): Promise<Set<string>> {
  const owned = ownedBy(actor)
  if (!owned || !ids.length) return new Set(ids)
  const rows = await reader.$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT i.id FROM ${IDENTITY_FROM} WHERE i.id = ANY(${ids}::uuid[]) AND ${owned}`)
  return new Set(rows.map(({ id }) => id))
}

const isCredential = (kind: Kind): kind is CredentialKind => kind === 'credential' || kind === 'secret'

/** Credentials and stored secrets whose pages the actor may open. */
async function opening(actor: Actor, rows: readonly Raw[]): Promise<Set<string>> {
  const all = rows.map(({ id }) => id)
  if (!isScoped(actor) || !all.length) return new Set(all)
  const seen = CREDENTIAL_KINDS.map(
    (kind) => Prisma.sql`
      SELECT r.id FROM ${Prisma.raw(kind)} r WHERE r.id = ANY(${all}::uuid[]) AND ${allOf([seenBy(actor, kind)])}`,
  )
  const opened = await reader.$queryRaw<{ id: string }[]>(Prisma.join(seen, ' UNION ALL '))
  return new Set(opened.map(({ id }) => id))
}
