// The rows that reading a chunk of subjects needs: a few questions a chunk, whatever its size.
import type { PrivilegeLevel } from '@/core/access'
import type { Fact, Instant } from '@/core/fact'
import { groupBy } from '@/core/group-by'
import type { Owner, Privilege, SubjectKind, TrustWeakness } from '@/core/subject'
import { db } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'
import { confirmedOwners } from './confirmed-owners'
import type { Confirmed } from './owner'

export type IdentityRow = {
  id: string
  name: string
  type: string
  class: string
  stream: string
  validFrom: Date
  nativeId: string
  aliases: string[]
  createdAt: Fact<Instant>
  enabled: Fact<boolean>
  lastUsedAt: Fact<Instant>
  maxSessionSeconds: Fact<number>
  tags: Fact<Record<string, string>>
  vendor: Fact<string> | null
  /** Set where it cannot hold a credential of its own. */
  neverHasCredentials: boolean | null
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
  lifetimeSeconds: Fact<number> | null
}
export type SecretRow = {
  id: string
  name: string
  type: string
  stream: string
  validFrom: Date
  createdAt: Fact<Instant>
  rotatedAt: Fact<Instant>
  expiresAt: Fact<Instant>
  lastReadAt: Fact<Instant>
  rotates: Fact<boolean>
  copiedEverySeconds: Fact<number> | null
}
export type HintRow = {
  identityId: string
  names: string
  value: string
  via: string
  stream: string
  validFrom: Date
}
/** What the analysis says of an identity. */
export type VerdictRow = {
  identityId: string
  platform: string
  certain: PrivilegeLevel
  possible: PrivilegeLevel
  because: string[]
  missing: string[]
  pitfalls: Omit<TrustWeakness, 'topic'>[]
  hops: number | null
  openHops: number | null
  /** How the first step of the shortest certain way is taken, and of the shortest of all. */
  step: string[] | null
  openStep: string[] | null
}
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
  /** Null where the identity is gone. */
  worstOpen: number | null
}
export type FindingRow = {
  id: string
  ruleId: string
  revision: string
  subjectKind: SubjectKind
  subjectId: string
  subjectName: string
  identityId: string | null
  hash: string
}

/** Only those, unless all are asked for. */
const among = (column: string, ids: readonly string[] | undefined): Prisma.Sql =>
  ids ? Prisma.sql`AND ${Prisma.raw(column)} = ANY(${ids}::uuid[])` : Prisma.empty

/** Active identities of a scope. */
export const identitiesOf = (scopeId: string, ids?: readonly string[]): Prisma.Sql => Prisma.sql`
  SELECT i.id, i.name, i.type, i.class, i.stream, i.valid_from AS "validFrom", i.native_id AS "nativeId", i.aliases,
    d.*
  FROM identity i, jsonb_to_record(i.doc) AS d ("createdAt" jsonb, enabled jsonb, "lastUsedAt" jsonb,
    "maxSessionSeconds" jsonb, tags jsonb, vendor jsonb, "neverHasCredentials" boolean)
  WHERE i.scope_id = ${scopeId}::uuid AND i.retired_at IS NULL ${among('i.id', ids)}`

const CREDENTIAL = Prisma.sql`c.id, c.name, c.type, c.form, c.stream, c.valid_from AS "validFrom", c.identity_id AS "identityId",
  c.identity_ref AS "identityRef", coalesce(c.rotated_at, c.created_at) AS "madeAt", c.enabled AS on, d.*`
const CREDENTIAL_DOC = Prisma.sql`jsonb_to_record(c.doc) AS d ("createdAt" jsonb, "rotatedAt" jsonb, "expiresAt" jsonb,
  "lastUsedAt" jsonb, enabled jsonb, "lifetimeSeconds" jsonb)`

/** Active credentials of a scope that no active identity of it holds, with the one that is gone where there was one. */
export const unheldCredentials = (scopeId: string, ids?: readonly string[]): Prisma.Sql => Prisma.sql`
  SELECT ${CREDENTIAL}, i.id AS "holderId", i.name AS "holderName", i.class AS "holderClass",
    i.doc -> 'enabled' AS "holderEnabled"
  FROM credential c LEFT JOIN identity i ON i.id = c.identity_id CROSS JOIN ${CREDENTIAL_DOC}
  WHERE c.scope_id = ${scopeId}::uuid AND c.retired_at IS NULL
    AND (i.id IS NULL OR i.retired_at IS NOT NULL OR i.scope_id <> ${scopeId}::uuid) ${among('c.id', ids)}`
export type UnheldRow = CredentialRow & {
  holderId: string | null
  holderName: string | null
  holderClass: string | null
  holderEnabled: Fact<boolean> | null
}

/** Active stored secrets of a scope. */
export const secretsOf = (scopeId: string, ids?: readonly string[]): Prisma.Sql => Prisma.sql`
  SELECT s.id, s.name, s.type, s.stream, s.valid_from AS "validFrom", d.*
  FROM secret s, jsonb_to_record(s.doc) AS d ("createdAt" jsonb, "rotatedAt" jsonb, "expiresAt" jsonb,
    "lastReadAt" jsonb, rotates jsonb, "copiedEverySeconds" jsonb)
  WHERE s.scope_id = ${scopeId}::uuid AND s.retired_at IS NULL ${among('s.id', ids)}`

const byIdentity = <T extends { identityId: string | null }>(rows: T[]) =>
  groupBy(rows, (row) => row.identityId ?? '')

export type Chunk = {
  identities: IdentityRow[]
  credentials: Map<string, CredentialRow[]>
  hints: Map<string, HintRow[]>
  /** Who was confirmed to answer for them. */
  owners: Map<string, Confirmed>
  /** How many grants each holds. */
  grants: Map<string, number>
  verdicts: Map<string, VerdictRow>
}

/** What belongs to the identities. */
export async function chunkOf(scopeId: string, identities: IdentityRow[]): Promise<Chunk> {
  const ids = identities.map(({ id }) => id)
  const [credentials, hints, grants, verdicts, owners] = await Promise.all([
    db.$queryRaw<CredentialRow[]>`SELECT ${CREDENTIAL} FROM credential c, ${CREDENTIAL_DOC}
      WHERE c.identity_id = ANY(${ids}::uuid[]) AND c.scope_id = ${scopeId}::uuid AND c.retired_at IS NULL`,
    db.$queryRaw<
      HintRow[]
    >`SELECT identity_id AS "identityId", names, value, via, stream, valid_from AS "validFrom"
      FROM owner_hint WHERE identity_id = ANY(${ids}::uuid[]) AND retired_at IS NULL`,
    db.$queryRaw<
      { identityId: string; count: number }[]
    >`SELECT identity_id AS "identityId", count(*)::int AS count
      FROM "grant" WHERE identity_id = ANY(${ids}::uuid[]) AND retired_at IS NULL GROUP BY 1`,
    db.$queryRaw<
      VerdictRow[]
    >`SELECT v.identity_id AS "identityId", v.platform, v.certain, v.possible, v.because, v.missing,
        v.pitfalls, v.hops, v.open_hops AS "openHops", s.because AS step, o.because AS "openStep"
      FROM access_verdict v LEFT JOIN access_step s ON s.id = v.step_id LEFT JOIN access_step o ON o.id = v.open_step_id
      WHERE v.identity_id = ANY(${ids}::uuid[]) AND v.traced`,
    confirmedOwners(ids),
  ])
  return {
    identities,
    credentials: byIdentity(credentials),
    hints: byIdentity(hints),
    owners,
    grants: new Map(grants.map(({ identityId, count }) => [identityId, count])),
    verdicts: new Map(verdicts.map((row) => [row.identityId, row])),
  }
}

/** What was last written about identities. */
export async function posturesOf(identityIds: readonly string[]): Promise<Map<string, PostureRow>> {
  const rows = await db.$queryRaw<PostureRow[]>`
    SELECT identity_id AS "identityId", owner, privilege, credentials, credentials_state AS "credentialsState",
      oldest_credential_at AS oldest, failing, unknowns, worst, worst_open AS "worstOpen"
    FROM posture WHERE identity_id = ANY(${identityIds}::uuid[])`
  return new Map(rows.map((row) => [row.identityId, row]))
}

/** What is open about subjects, and about what belongs to identities. */
export function openFindings(
  subjectIds: readonly string[],
  identityIds: readonly string[],
): Promise<FindingRow[]> {
  return db.$queryRaw<FindingRow[]>`
    SELECT id, rule_id AS "ruleId", revision, subject_kind AS "subjectKind", subject_id AS "subjectId",
      subject_name AS "subjectName", identity_id AS "identityId", evidence_hash AS hash
    FROM finding WHERE state = 'open' AND (subject_id = ANY(${subjectIds}::uuid[]) OR identity_id = ANY(${identityIds}::uuid[]))`
}
