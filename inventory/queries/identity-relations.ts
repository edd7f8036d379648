// What belongs to one identity: credentials, grants, trust, owner hints, workloads, usage and issuers, each bounded.
import type { Instant } from '@/core/fact'
import type { Kind, Of } from '@/core/observation'
import type { Actor } from '@/core/permissions'
import { reader } from '@/inventory/moment/at-moment'
import { Prisma } from '@/prisma/generated/client'
import { credentialFacts } from './credential-facts'
import { confirmedAt, factView, factViewIf } from './fact-view'
import { allOf, compact, iso, isoOr } from './sql'
import type {
  Bounded,
  CredentialView,
  GrantView,
  IssuerView,
  LookView,
  OwnerHintView,
  TrustView,
  UsageView,
  WorkloadView,
} from './types'
import { ownedBy } from './visible'

const SHOWN_MAX = 200
const TAKE = SHOWN_MAX + 1

/** The identity they belong to. What was retired together with it still tells what it was. */
export type Of1 = {
  id: string
  nativeId: string
  scopeId: string
  retiredAt: Date | null
  looks: readonly LookView[]
}
type Stored = { stream: string; validFrom: Date; retiredAt: Date | null }

const bounded = <R, T>(rows: R[], view: (row: R) => T): Bounded<T> => ({
  rows: rows.slice(0, SHOWN_MAX).map(view),
  more: rows.length > SHOWN_MAX,
})
/** Current rows; for an identity that is gone, those that went with it. */
const held = ({ retiredAt }: Of1) =>
  retiredAt ? { OR: [{ retiredAt: null }, { retiredAt: { gte: retiredAt } }] } : { retiredAt: null }
const at = (of: Of1, row: Stored, kind: Kind): Instant => confirmedAt(row, kind, of.looks)

export async function credentialsOf(of: Of1): Promise<Bounded<CredentialView>> {
  const rows = await reader.credential.findMany({
    where: { identityId: of.id },
    orderBy: [
      { retiredAt: { sort: 'desc', nulls: 'first' } },
      { createdAt: { sort: 'asc', nulls: 'last' } },
      { id: 'asc' },
    ],
    take: TAKE,
  })
  return bounded(rows, (row) => {
    const doc = row.doc as Of<'credential'>
    const when = at(of, row, 'credential')
    return compact({
      id: row.id,
      nativeId: row.nativeId,
      type: row.type,
      form: doc.form,
      name: row.name,
      facts: credentialFacts(doc, when),
      // Unknown whether it was rotated: then when its value was made is not known either.
      valueMadeAt: doc.rotatedAt.state === 'unknown' ? undefined : isoOr(row.rotatedAt ?? row.createdAt),
      firstSeenAt: iso(row.firstSeenAt),
      retiredAt: isoOr(row.retiredAt),
    })
  })
}

export async function grantsOf(of: Of1): Promise<Bounded<GrantView>> {
  const rows = await reader.grant.findMany({
    where: { identityId: of.id, ...held(of) },
    orderBy: [{ effect: 'asc' }, { via: 'asc' }, { id: 'asc' }],
    take: TAKE,
  })
  const entitlements = await reader.entitlement.findMany({
    where: { id: { in: rows.map((r) => r.entitlementId) } },
  })
  const byId = new Map(entitlements.map((e) => [e.id, e]))
  return bounded(rows, (row) => {
    const doc = row.doc as Of<'grant'>
    const entitlement = byId.get(row.entitlementId)
    const document = (entitlement?.doc as Of<'entitlement'> | undefined)?.document
    return compact({
      id: row.id,
      entitlement: compact({
        id: row.entitlementId,
        nativeId: doc.entitlement,
        name: doc.entitlementName,
        managedBy: entitlement?.managedBy as GrantView['entitlement']['managedBy'],
        documentKnown: document?.state === 'known',
      }),
      effect: doc.effect,
      via: doc.via,
      viaName: doc.viaName,
      ...factViewIf('exercised', doc.exercised, at(of, row, 'grant')),
      at: at(of, row, 'grant'),
    })
  })
}

/** Identities that principals name, by principal, where the actor may see them. */
async function principals(actor: Actor, names: string[]): Promise<Map<string, { id: string; name: string }>> {
  if (!names.length) return new Map()
  const rows = await reader.$queryRaw<
    { id: string; name: string; nativeId: string; aliases: string[] }[]
  >(Prisma.sql`
    -- Found first, then put in order: in that order few of many would be looked for row by row.
    WITH named AS MATERIALIZED (
      SELECT id FROM identity WHERE native_id = ANY(${names}::text[]) UNION SELECT id FROM identity WHERE aliases && ${names}::text[]
      ORDER BY id LIMIT ${SHOWN_MAX * 2}::int
    )
    SELECT i.id, i.name, i.native_id AS "nativeId", i.aliases
    FROM named JOIN identity i ON i.id = named.id LEFT JOIN posture p ON p.identity_id = i.id
    WHERE ${allOf([Prisma.sql`i.retired_at IS NULL`, ownedBy(actor)])} ORDER BY i.id`)
  return new Map(
    rows.flatMap(({ id, name, nativeId, aliases }) => [nativeId, ...aliases].map((n) => [n, { id, name }])),
  )
}

export async function trustOf(actor: Actor, of: Of1): Promise<Bounded<TrustView>> {
  const rows = await reader.trust.findMany({
    where: { identityId: of.id, ...held(of) },
    orderBy: [{ effect: 'asc' }, { principalType: 'asc' }, { principal: 'asc' }, { id: 'asc' }],
    take: TAKE,
  })
  const known = await principals(actor, [...new Set(rows.map((r) => r.principal))])
  return bounded(rows, (row) => {
    const doc = row.doc as Of<'trust'>
    const { principalType, principal, effect, actions, conditions } = doc
    const principalIdentity = known.get(principal)
    return compact({
      id: row.id,
      principalType,
      principal,
      principalIdentity,
      effect,
      actions,
      conditions,
      at: at(of, row, 'trust'),
    })
  })
}

/** Issuers of any scope of the same kind that the trust of the identity names. */
export async function issuersOf(of: Of1, trust: Bounded<TrustView>): Promise<Bounded<IssuerView>> {
  const names = [...new Set(trust.rows.map((t) => t.principal))]
  const rows = await reader.issuer.findMany({
    where: {
      retiredAt: null,
      scopeId: of.scopeId,
      OR: [{ nativeId: { in: names } }, { aliases: { hasSome: names } }],
    },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: TAKE,
  })
  return bounded(rows, (row) => {
    const doc = row.doc as Of<'issuer'>
    const when = at(of, row, 'issuer')
    const { id, nativeId, type, name } = row
    return {
      id,
      nativeId,
      type,
      name,
      audiences: factView(doc.audiences, when),
      expiresAt: factView(doc.expiresAt, when),
      ...factViewIf('defaultTtlSeconds', doc.defaultTtlSeconds, when),
      ...factViewIf('maxTtlSeconds', doc.maxTtlSeconds, when),
      at: when,
    }
  })
}

/** @param ids the hints, where they are not those that name it as an identity */
export async function ownerHintsOf(of: Of1, ids?: string[]): Promise<Bounded<OwnerHintView>> {
  const rows = await reader.ownerHint.findMany({
    where: { ...(ids ? { id: { in: ids } } : { identityId: of.id }), ...held(of) },
    orderBy: [{ names: 'asc' }, { value: 'asc' }, { id: 'asc' }],
    take: TAKE,
  })
  return bounded(rows, (row) => {
    const { names, value, via } = row.doc as Of<'owner-hint'>
    return { id: row.id, names, value, via, at: at(of, row, 'owner-hint') }
  })
}

/** Hints that say who answers for a stored secret. */
export async function hintsAtSecret(of: Of1): Promise<Bounded<OwnerHintView>> {
  const named = await reader.$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT h.id FROM owner_hint h
    WHERE h.scope_id = ${of.scopeId}::uuid AND h.doc ->> 'secret' = ${of.nativeId} AND h.identity_ref IS NULL
    ORDER BY h.retired_at DESC NULLS FIRST, h.id LIMIT ${TAKE}::int`)
  return ownerHintsOf(
    of,
    named.map(({ id }) => id),
  )
}

export async function workloadsOf(of: Of1): Promise<Bounded<WorkloadView>> {
  const rows = await reader.workload.findMany({
    where: { scopeId: of.scopeId, uses: { has: of.nativeId }, ...held(of) },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: TAKE,
  })
  return bounded(rows, (row) => {
    const when = at(of, row, 'workload')
    const { id, nativeId, type, name } = row
    const doc = row.doc as Of<'workload'>
    return compact({
      id,
      nativeId,
      type,
      name,
      createdAt: factView(doc.createdAt, when),
      namespace: doc.namespace,
      ...factViewIf('replicas', doc.replicas, when),
      ...factViewIf('images', doc.images, when),
      ...factViewIf('nodes', doc.nodes, when),
      ...factViewIf('plainSecrets', doc.plainSecrets, when),
      at: when,
    })
  })
}

export async function usageOf(of: Of1): Promise<Bounded<UsageView>> {
  const rows = await reader.usage.findMany({
    where: { identityId: of.id, ...held(of) },
    orderBy: [{ usedAt: 'desc' }, { id: 'asc' }],
    take: TAKE,
  })
  return bounded(rows, (row) => {
    const { what, credential } = row.doc as Of<'usage'>
    return compact({ id: row.id, usedAt: iso(row.usedAt), what, credential, at: at(of, row, 'usage') })
  })
}
