// The rows that judging a chunk of identities needs: a few questions a chunk, whatever its size.
import type { Fact, Instant } from '@/core/fact'
import { groupBy } from '@/core/group-by'
import type { Owner, Privilege } from '@/core/subject'
import { db } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'

export type IdentityRow = {
  id: string
  name: string
  type: string
  class: string
  stream: string
  validFrom: Date
  createdAt: Fact<Instant>
  enabled: Fact<boolean>
  lastUsedAt: Fact<Instant>
  /** Set where it cannot hold a credential of its own. */
  never: boolean | null
}
export type CredentialRow = {
  id: string
  name: string
  type: string
  form: string
  stream: string
  validFrom: Date
  identityId: string | null
  identityRef: string | null
  madeAt: Date | null
  on: boolean | null
  createdAt: Fact<Instant>
  rotatedAt: Fact<Instant>
  expiresAt: Fact<Instant>
  lastUsedAt: Fact<Instant>
  enabled: Fact<boolean>
}
export type HintRow = {
  identityId: string
  names: string
  value: string
  via: string
  stream: string
  validFrom: Date
}
export type GrantRow = {
  identityId: string
  entitlementId: string
  name: string
  effect: string
  via: string
}
export type EntitlementRow = { id: string; language: string; document: Fact<Record<string, unknown>> }
export type PostureRow = {
  identityId: string
  owner: Fact<Owner>
  privilege: Fact<Privilege>
  credentials: number
  credentialsState: string
  oldest: Date | null
  failing: number
  unknowns: number
  worst: number
}
export type FindingRow = {
  ruleId: string
  revision: string
  subjectId: string
  subjectName: string
  identityId: string | null
  state: string
  hash: string
}

/** Every active identity of a scope. */
export const identitiesOf = (scopeId: string): Prisma.Sql => Prisma.sql`
  SELECT id, name, type, class, stream, valid_from AS "validFrom", doc -> 'createdAt' AS "createdAt",
    doc -> 'enabled' AS enabled, doc -> 'lastUsedAt' AS "lastUsedAt", (doc ->> 'neverHasCredentials')::boolean AS never
  FROM identity WHERE scope_id = ${scopeId}::uuid AND retired_at IS NULL`

const CREDENTIAL = Prisma.sql`c.id, c.name, c.type, c.form, c.stream, c.valid_from AS "validFrom", c.identity_id AS "identityId",
  c.identity_ref AS "identityRef", coalesce(c.rotated_at, c.created_at) AS "madeAt", c.enabled AS on,
  c.doc -> 'createdAt' AS "createdAt", c.doc -> 'rotatedAt' AS "rotatedAt", c.doc -> 'expiresAt' AS "expiresAt",
  c.doc -> 'lastUsedAt' AS "lastUsedAt", c.doc -> 'enabled' AS enabled`

/** Active credentials of a scope that no active identity of it holds, with the one that is gone where there was one. */
export const unheldCredentials = (scopeId: string): Prisma.Sql => Prisma.sql`
  SELECT ${CREDENTIAL}, i.id AS "holderId", i.name AS "holderName", i.class AS "holderClass"
  FROM credential c LEFT JOIN identity i ON i.id = c.identity_id
  WHERE c.scope_id = ${scopeId}::uuid AND c.retired_at IS NULL
    AND (i.id IS NULL OR i.retired_at IS NOT NULL OR i.scope_id <> ${scopeId}::uuid)`
export type UnheldRow = CredentialRow & {
  holderId: string | null
  holderName: string | null
  holderClass: string | null
}

const byIdentity = <T extends { identityId: string | null }>(rows: T[]) =>
  groupBy(rows, (row) => row.identityId ?? '')

export type Chunk = {
  identities: IdentityRow[]
  credentials: Map<string, CredentialRow[]>
  hints: Map<string, HintRow[]>
  grants: Map<string, GrantRow[]>
  postures: Map<string, PostureRow>
}

/** What belongs to the identities, and what was last written about them. */
export async function chunkOf(scopeId: string, identities: IdentityRow[]): Promise<Chunk> {
  const ids = identities.map(({ id }) => id)
  const [credentials, hints, grants, postures] = await Promise.all([
    db.$queryRaw<CredentialRow[]>`SELECT ${CREDENTIAL} FROM credential c
      WHERE c.identity_id = ANY(${ids}::uuid[]) AND c.scope_id = ${scopeId}::uuid AND c.retired_at IS NULL`,
    db.$queryRaw<
      HintRow[]
    >`SELECT identity_id AS "identityId", names, value, via, stream, valid_from AS "validFrom"
      FROM owner_hint WHERE identity_id = ANY(${ids}::uuid[]) AND retired_at IS NULL`,
    db.$queryRaw<GrantRow[]>`SELECT identity_id AS "identityId", entitlement_id AS "entitlementId",
        doc ->> 'entitlementName' AS name, effect, via || coalesce(' ' || (doc ->> 'viaName'), '') AS via
      FROM "grant" WHERE identity_id = ANY(${ids}::uuid[]) AND retired_at IS NULL ORDER BY identity_id, native_id`,
    db.$queryRaw<PostureRow[]>`SELECT identity_id AS "identityId", owner, privilege, credentials,
        credentials_state AS "credentialsState", oldest_credential_at AS oldest, failing, unknowns, worst
      FROM posture WHERE identity_id = ANY(${ids}::uuid[])`,
  ])
  return {
    identities,
    credentials: byIdentity(credentials),
    hints: byIdentity(hints),
    grants: byIdentity(grants),
    postures: new Map(postures.map((row) => [row.identityId, row])),
  }
}

export const entitlementsOf = (ids: readonly string[]): Promise<EntitlementRow[]> =>
  db.$queryRaw<EntitlementRow[]>`SELECT id, language, doc -> 'document' AS document FROM entitlement
    WHERE id = ANY(${ids}::uuid[]) AND retired_at IS NULL`

/** The languages in which a scope writes down what can be granted in it. What gives nothing to anybody is no such thing. */
export async function languagesOf(scopeId: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ language: string }[]>`
    SELECT DISTINCT language FROM entitlement WHERE scope_id = ${scopeId}::uuid AND retired_at IS NULL
      AND doc ->> 'gives' IS DISTINCT FROM 'nothing'`
  return rows.map(({ language }) => language)
}

/** Findings about the subjects, by what they are about. */
export async function findingsOf(subjectIds: readonly string[]): Promise<Map<string, FindingRow[]>> {
  const rows = await db.$queryRaw<
    FindingRow[]
  >`SELECT rule_id AS "ruleId", revision, subject_id AS "subjectId",
      subject_name AS "subjectName", identity_id AS "identityId", state, evidence_hash AS hash
    FROM finding WHERE subject_id = ANY(${subjectIds}::uuid[])`
  return groupBy(rows, (row) => row.subjectId)
}
