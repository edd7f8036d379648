// Loads what rules are asked about, in bounded chunks, with every fact stamped with when it was last confirmed.
import type { Fact, Instant } from '@/core/fact'
import { groupBy } from '@/core/group-by'
import type { CredentialForm, IdentityClass, Of } from '@/core/observation'
import type { CredentialSubject, IdentitySubject } from '@/core/subject'
import { db } from '@/prisma/client'
import { confirmedAt, lookOf, type LookRow } from './absence'
import { ownerFact, type HintRow } from './owner'
import { privilegeFact, UNREAD, type HeldGrant } from './privilege'

const CHUNK = 500
const FIRST = '00000000-0000-0000-0000-000000000000'

/** A fact without a time of its own was confirmed when its row was. */
const stamped = <T>(fact: Fact<T>, at: Instant): Fact<T> =>
  fact.state === 'unknown' || fact.at !== undefined ? fact : { ...fact, at }

/** The newest looks at a scope. */
export const looksOf = (scopeId: string): Promise<LookRow[]> => db.look.findMany({ where: { scopeId } })

async function hintsOf(ids: string[], looks: readonly LookRow[]): Promise<Map<string, HintRow[]>> {
  const rows = await db.ownerHint.findMany({ where: { identityId: { in: ids }, retiredAt: null } })
  return groupBy(
    rows.map((row) => ({
      identityId: row.identityId ?? '',
      names: row.names,
      value: row.value,
      via: row.via,
      at: confirmedAt(row.validFrom, lookOf(looks, row.stream, 'owner-hint')),
    })),
    (row) => row.identityId,
  )
}

async function grantsOf(ids: string[]): Promise<Map<string, HeldGrant[]>> {
  const rows = await db.$queryRaw<
    {
      identityId: string
      name: string
      effect: string
      via: string
      language: string | null
      document: Fact<Record<string, unknown>> | null
    }[]
  >`
    SELECT g.identity_id AS "identityId", g.doc ->> 'entitlementName' AS name, g.effect,
      g.via || coalesce(' ' || (g.doc ->> 'viaName'), '') AS via, e.language, e.doc -> 'document' AS document
    FROM "grant" g LEFT JOIN entitlement e ON e.id = g.entitlement_id AND e.retired_at IS NULL
    WHERE g.identity_id = ANY(${ids}::uuid[]) AND g.retired_at IS NULL
    ORDER BY g.identity_id, g.native_id`
  return groupBy(
    rows.map((row) => ({
      identityId: row.identityId,
      name: row.name,
      effect: row.effect === 'limit' ? ('limit' as const) : ('allow' as const),
      via: row.via,
      language: row.language ?? UNREAD,
      ...(row.document?.state === 'known' && { document: row.document.value }),
    })),
    (row) => row.identityId,
  )
}

/** The active identities of a scope, joined with owner and privilege. */
export async function* identitySubjects(
  scopeId: string,
  looks: readonly LookRow[],
): AsyncGenerator<IdentitySubject[]> {
  for (let after = FIRST; ;) {
    const rows = await db.identity.findMany({
      where: { scopeId, retiredAt: null, id: { gt: after } },
      orderBy: { id: 'asc' },
      take: CHUNK,
    })
    const last = rows.at(-1)
    if (!last) return
    after = last.id
    const ids = rows.map((row) => row.id)
    const [hints, grants] = [await hintsOf(ids, looks), await grantsOf(ids)]
    yield rows.map((row) => {
      const doc = row.doc as Of<'identity'>
      const at = confirmedAt(row.validFrom, lookOf(looks, row.stream, 'identity'))
      return {
        kind: 'identity',
        id: row.id,
        name: row.name,
        type: row.type,
        class: row.class as IdentityClass,
        createdAt: stamped(doc.createdAt, at),
        enabled: stamped(doc.enabled, at),
        lastUsedAt: stamped(doc.lastUsedAt, at),
        owner: ownerFact(hints.get(row.id) ?? [], looks),
        privilege: privilegeFact(grants.get(row.id) ?? [], looks),
      }
    })
  }
}

/** The active credentials of a scope, with the name and class of the identity they belong to. */
export async function* credentialSubjects(
  scopeId: string,
  looks: readonly LookRow[],
): AsyncGenerator<(CredentialSubject & { identityId: string | null })[]> {
  for (let after = FIRST; ;) {
    const rows = await db.credential.findMany({
      where: { scopeId, retiredAt: null, id: { gt: after } },
      orderBy: { id: 'asc' },
      take: CHUNK,
    })
    const last = rows.at(-1)
    if (!last) return
    after = last.id
    const ids = rows.flatMap((row) => row.identityId ?? [])
    const holders = await db.identity.findMany({
      where: { id: { in: ids } },
      select: { id: true, name: true, class: true },
    })
    const byId = new Map(holders.map((h) => [h.id, h]))
    yield rows.map((row) => {
      const doc = row.doc as Of<'credential'>
      const at = confirmedAt(row.validFrom, lookOf(looks, row.stream, 'credential'))
      const holder = row.identityId ? byId.get(row.identityId) : undefined
      return {
        kind: 'credential',
        id: row.id,
        identityId: holder?.id ?? null,
        name: row.name,
        type: row.type,
        form: row.form as CredentialForm,
        identityName: holder?.name ?? row.identityRef ?? 'no identity',
        identityClass: (holder?.class ?? 'unclear') as IdentityClass,
        createdAt: stamped(doc.createdAt, at),
        rotatedAt: stamped(doc.rotatedAt, at),
        expiresAt: stamped(doc.expiresAt, at),
        lastUsedAt: stamped(doc.lastUsedAt, at),
        enabled: stamped(doc.enabled, at),
      }
    })
  }
}
