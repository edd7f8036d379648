// How a credential or stored secret belongs together with others: what it names, what names it, and who reaches it by permissions.
import type { Key } from '@/core/join'
import type { Actor } from '@/core/permissions'
import { reader } from '@/inventory/moment/at-moment'
import { Prisma } from '@/prisma/generated/client'
import { connectionRows } from './connection-rows'
import {
  broadEdges,
  EDGE_COLUMNS,
  EDGES_FIRST,
  endsOf,
  SHOWN_MAX,
  viewOf,
  type ConnectionView,
  type Edge,
  type Ref,
} from './connection-view'
import type { CredentialKind } from './credential-where'
import type { Bounded } from './types'

export type CredentialConnections = {
  /** What it says itself: where it is copied from, what it proves. */
  names: Bounded<ConnectionView>
  /** What others say of it: copies of it, workloads that mount it. */
  namedBy: Bounded<ConnectionView>
  /** Sets of permissions that speak of it, once for each identity that holds one; by itself where nobody is known to. */
  reachedBy: Bounded<ConnectionView>
}
type Of = { id: string; kind: CredentialKind; scopeId: string; keys: Key[] }

/** Both directions, those that need a look first. */
const edgesOf = (id: string): Promise<Edge[]> =>
  reader.$queryRaw(Prisma.sql`
    (SELECT e.* FROM (SELECT ${EDGE_COLUMNS}, TRUE AS own FROM edge e WHERE e.from_row_id = ${id}::uuid) e ${EDGES_FIRST})
    UNION ALL
    (SELECT e.* FROM (SELECT ${EDGE_COLUMNS}, FALSE AS own FROM edge e
      WHERE e.to_row_id = ${id}::uuid AND e.from_row_id <> ${id}::uuid) e ${EDGES_FIRST})`)

type Held = { entitlementId: string; identityId: string }

async function holdersOf(edges: Edge[]): Promise<Map<string, Ref[]>> {
  const ids = [...new Set(edges.map(({ fromRowId }) => fromRowId))]
  if (!ids.length) return new Map()
  const rows = await reader.$queryRaw<Held[]>(Prisma.sql`
    SELECT DISTINCT g.entitlement_id AS "entitlementId", g.identity_id AS "identityId" FROM "grant" g
    WHERE g.entitlement_id = ANY(${ids}::uuid[]) AND g.identity_id IS NOT NULL AND g.retired_at IS NULL
    ORDER BY 1, 2 LIMIT ${SHOWN_MAX + 1}::int`)
  const holders = new Map<string, Ref[]>()
  for (const { entitlementId, identityId } of rows)
    holders.set(entitlementId, [...(holders.get(entitlementId) ?? []), { kind: 'identity', id: identityId }])
  return holders
}

/** @param keys the names that others can call it by */
export async function credentialConnections(actor: Actor, of: Of): Promise<CredentialConnections> {
  const [listed, broad] = await Promise.all([edgesOf(of.id), broadEdges(of.kind, of)])
  const others = [...listed.filter(({ own }) => !own), ...broad.filter((edge) => edge.fromRowId !== of.id)]
  const permits = others.filter(({ fromKind }) => fromKind === 'entitlement').slice(0, SHOWN_MAX + 1)
  const own = listed.filter((edge) => edge.own)
  const namedBy = others.filter(({ fromKind }) => fromKind !== 'entitlement').slice(0, SHOWN_MAX + 1)
  const holders = await holdersOf(permits)
  const rows = await connectionRows(actor, [
    ...[...own, ...namedBy, ...permits].flatMap(endsOf),
    ...[...holders.values()].flat(),
  ])
  const bounded = (views: ConnectionView[]): Bounded<ConnectionView> => ({
    rows: views.slice(0, SHOWN_MAX),
    more: views.length > SHOWN_MAX,
  })
  const plain = (edges: Edge[]) => bounded(edges.map((edge) => viewOf(edge, rows)))
  const reached = permits.flatMap((edge) => {
    const held = holders.get(edge.fromRowId)
    return held ? held.map((holder) => viewOf(edge, rows, holder)) : [viewOf(edge, rows)]
  })
  return { names: plain(own), namedBy: plain(namedBy), reachedBy: bounded(reached) }
}
