// How one identity belongs together with things of this and other sources: who can become it, what it can become, what it rests on.
import type { Key, Meaning } from '@/core/join'
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
} from './connection-view'
import { succession, type Self, type Succession } from './identity-succession'
import type { Bounded } from './types'

export type IdentityConnections = Succession & {
  becomeIt: Bounded<ConnectionView>
  itBecomes: Bounded<ConnectionView>
  restsOn: Bounded<ConnectionView>
  /** What the permissions it holds speak of: stored secrets, issuers of credentials. */
  reaches: Bounded<ConnectionView>
}

/** The list an edge belongs to, seen from the one who says so and from the one who is meant. */
const LISTS = {
  becomeIt: { own: ['becomes-this'], others: ['this-becomes'] },
  itBecomes: { own: ['this-becomes'], others: ['becomes-this'] },
  restsOn: { own: ['relied-on', 'same'], others: ['relied-on', 'same'] },
} as const satisfies Record<string, { own: Meaning[]; others: Meaning[] }>
type List = keyof typeof LISTS | 'reaches'

/** What is known of the identity already is not asked again. */
type Of = { id: string; scopeId: string; keys?: Key[]; self?: Self }

export async function connectionsOf(actor: Actor, of: Of): Promise<IdentityConnections> {
  const [broad, listed, inherited] = await Promise.all([broadly(of), edgesOf(of), succession(actor, of)])
  const edges = (list: keyof typeof LISTS): Edge[] => {
    const { others } = LISTS[list]
    const meant = broad.filter(
      (edge) => edge.fromIdentityId !== of.id && (others as readonly Meaning[]).includes(edge.means),
    )
    return [...listed.filter((edge) => edge.list === list), ...meant].slice(0, SHOWN_MAX + 1)
  }
  const [becomeIt, itBecomes, restsOn] = [edges('becomeIt'), edges('itBecomes'), edges('restsOn')]
  const reaches = listed.filter(({ list }) => list === 'reaches')
  const rows = await connectionRows(
    actor,
    [...becomeIt, ...itBecomes, ...restsOn, ...reaches].flatMap(endsOf),
  )
  const view = (edges: Edge[]): Bounded<ConnectionView> => ({
    rows: edges.slice(0, SHOWN_MAX).map((edge) => viewOf(edge, rows)),
    more: edges.length > SHOWN_MAX,
  })
  return {
    becomeIt: view(becomeIt),
    itBecomes: view(itBecomes),
    restsOn: view(restsOn),
    reaches: view(reaches),
    ...inherited,
  }
}

/** Said by what it is granted; a thing that several grants speak of is told once for each of them. */
const reached = (id: string): Prisma.Sql => Prisma.sql`(
  SELECT 'reaches'::text AS list, e.* FROM (
    SELECT DISTINCT ON (e.id) ${EDGE_COLUMNS}, TRUE AS own FROM "grant" g JOIN edge e ON e.from_row_id = g.entitlement_id
    WHERE g.identity_id = ${id}::uuid AND g.retired_at IS NULL AND e.from_kind = 'entitlement' ORDER BY e.id
  ) e ${EDGES_FIRST})`

/** Of each list those that need a look first: inherited names, then what leads nowhere. */
function edgesOf({ id }: Of): Promise<(Edge & { list: List })[]> {
  const lists = Object.entries(LISTS).map(
    ([list, { own, others }]) => Prisma.sql`(
    SELECT ${list}::text AS list, e.* FROM (
      SELECT ${EDGE_COLUMNS}, TRUE AS own FROM edge e WHERE e.from_identity_id = ${id}::uuid AND e.means = ANY(${[...own]}::text[])
      UNION ALL
      SELECT ${EDGE_COLUMNS}, FALSE FROM edge e WHERE e.to_identity_id = ${id}::uuid AND e.means = ANY(${[...others]}::text[])
        AND e.from_identity_id IS DISTINCT FROM ${id}::uuid
    ) e ${EDGES_FIRST})`,
  )
  return reader.$queryRaw(Prisma.join([...lists, reached(id)], ' UNION ALL '))
}

async function keysOf(id: string): Promise<Key[]> {
  const [row] = await reader.$queryRaw<{ keys: Key[] | null }[]>(Prisma.sql`
    SELECT doc -> 'keys' AS keys FROM identity WHERE id = ${id}::uuid AND retired_at IS NULL`)
  return row?.keys ?? []
}

const broadly = async ({ id, scopeId, keys }: Of): Promise<Edge[]> =>
  broadEdges('identity', { scopeId, keys: keys ?? (await keysOf(id)) })
