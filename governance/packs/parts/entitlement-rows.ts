// What identities may do and who may become them, read a batch of identities at a time: each right, trust and step is a row.
import type { Fact } from '@/core/fact'
import type { Of } from '@/core/observation'
import type { Privilege } from '@/core/subject'
import { reader } from '@/inventory/moment/at-moment'
import { iso } from '@/inventory/queries/sql'
import { Prisma } from '@/prisma/generated/client'
import type { Belonging } from './population'

export type EntitlementRow = {
  /** privilege: what it may do in all; grant; trust: who may become it; step: what it is joined with, by which it or another acts. */
  what: 'privilege' | 'grant' | 'trust' | 'step'
  identityId: string
  identity: string
  scope: string
  id: string
  nativeId?: string
  name: string
  managedBy?: string
  effect?: string
  via?: string
  place?: string
  principalType?: string
  principal?: string
  actions?: string[]
  conditions?: unknown
  exercised?: string
  state?: string
  because: string[]
  since: string
}
type Asked = { ids: string[]; place: Prisma.Sql; limit: number }
type Head = Belonging & { identity: string; scope: string; since: Date }

const HEAD = Prisma.sql`i.id AS "identityId", i.name AS identity, s.name AS scope`
const OF = Prisma.sql`JOIN identity i ON i.id = r.identity_id JOIN scope s ON s.id = i.scope_id`
const headOf = ({ identityId, identity, scope, id, since }: Head) => ({
  ...{ identityId, identity, scope, id, since: iso(since) },
})

type RawPrivilege = Head & { privilege: Fact<Privilege> | null; class: string | null }
export const privilegesOf = async ({ ids, place, limit }: Asked) =>
  reader.$queryRaw<RawPrivilege[]>(Prisma.sql`
    SELECT i.id, ${HEAD}, coalesce(r.valid_from, i.valid_from) AS since, r.privilege, r.privilege_class AS class
    FROM identity i LEFT JOIN posture r ON r.identity_id = i.id JOIN scope s ON s.id = i.scope_id
    WHERE i.id = ANY(${ids}::uuid[]) AND ${place} ORDER BY i.id, i.id LIMIT ${limit}::int`)

export function privilegeRow(raw: RawPrivilege): EntitlementRow {
  const { privilege } = raw
  const why =
    privilege?.state === 'unknown'
      ? [privilege.why, privilege.detail].filter((word) => word !== undefined)
      : privilege?.state === 'known'
        ? privilege.value.because
        : []
  return {
    what: 'privilege',
    ...headOf(raw),
    name: raw.class ?? 'unknown',
    state: privilege?.state ?? 'unknown',
    because: privilege ? why : ['not judged'],
  }
}

type RawGrant = Head & { doc: Of<'grant'>; managedBy: string | null; documentState: string | null }
export const grantsOf = ({ ids, place, limit }: Asked) =>
  reader.$queryRaw<RawGrant[]>(Prisma.sql`
    SELECT r.id, ${HEAD}, r.valid_from AS since, r.doc, e.managed_by AS "managedBy", e.doc -> 'document' ->> 'state' AS "documentState"
    FROM "grant" r ${OF} LEFT JOIN entitlement e ON e.id = r.entitlement_id
    WHERE r.identity_id = ANY(${ids}::uuid[]) AND r.retired_at IS NULL AND ${place}
    ORDER BY r.identity_id, r.id LIMIT ${limit}::int`)

function exercisedWords(fact: Of<'grant'>['exercised']): string {
  if (!fact || fact.state === 'unknown') return 'unknown'
  if (fact.state === 'absent') return 'none'
  const { actions, from, to, total } = fact.value
  const of = total === undefined ? '' : ` of ${total}`
  return `${actions.length}${of} seen in use from ${from} to ${to}`
}

export function grantRow(raw: RawGrant): EntitlementRow {
  const { doc } = raw
  const document = raw.documentState ?? 'unknown'
  return {
    what: 'grant',
    ...headOf(raw),
    nativeId: doc.entitlement,
    name: doc.entitlementName,
    managedBy: raw.managedBy ?? 'unknown',
    effect: doc.effect,
    via: doc.viaName === undefined ? doc.via : `${doc.via}: ${doc.viaName}`,
    place: doc.place ?? `all of ${raw.scope}`,
    exercised: exercisedWords(doc.exercised),
    state: document,
    because: document === 'unknown' ? ['what it gives was not read'] : [],
  }
}

type RawTrust = Head & { doc: Of<'trust'> }
export const trustsOf = ({ ids, place, limit }: Asked) =>
  reader.$queryRaw<RawTrust[]>(Prisma.sql`
    SELECT r.id, ${HEAD}, r.valid_from AS since, r.doc FROM trust r ${OF}
    WHERE r.identity_id = ANY(${ids}::uuid[]) AND r.retired_at IS NULL AND ${place}
    ORDER BY r.identity_id, r.id LIMIT ${limit}::int`)

export function trustRow(raw: RawTrust): EntitlementRow {
  const { principalType, principal, effect, actions, conditions, nativeId } = raw.doc
  return {
    what: 'trust',
    ...headOf(raw),
    nativeId,
    name: 'may be become',
    effect,
    ...{ principalType, principal, actions, conditions, because: [] },
  }
}

type RawStep = Head & {
  means: string
  relation: string
  keyType: string
  keyValue: string
  state: string
  why: string
  reason: string
  toKind: string
  toIdentityId: string | null
}
/** Said by the identity and by what belongs to it. */
export const stepsOf = ({ ids, place, limit }: Asked) =>
  reader.$queryRaw<RawStep[]>(Prisma.sql`
    SELECT r.id, ${HEAD}, r.valid_from AS since, r.means, r.relation, r.key_type AS "keyType", r.key_value AS "keyValue",
      r.state, r.why, r.reason, r.to_kind AS "toKind", r.to_identity_id AS "toIdentityId"
    FROM edge r JOIN identity i ON i.id = r.from_identity_id JOIN scope s ON s.id = i.scope_id
    WHERE r.from_identity_id = ANY(${ids}::uuid[]) AND ${place}
    ORDER BY r.from_identity_id, r.id LIMIT ${limit}::int`)

const MEANS: Readonly<Record<string, string>> = {
  'becomes-this': 'may become it',
  'this-becomes': 'it may become',
  'relied-on': 'rests on',
  same: 'is the same as',
}
export function stepRow(raw: RawStep): EntitlementRow {
  return {
    what: 'step',
    ...headOf(raw),
    name: MEANS[raw.means] ?? raw.means,
    via: raw.relation,
    principalType: raw.toKind,
    principal: raw.toIdentityId ?? `${raw.keyType} ${raw.keyValue}`,
    state: raw.state,
    because: [raw.reason, raw.why].filter(Boolean),
  }
}
