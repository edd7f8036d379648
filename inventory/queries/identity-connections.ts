// How one identity belongs together with things of this and other sources: who can become it, what it can become, what it rests on.
import type { Instant } from '@/core/fact'
import { fitsPattern, type Key, type Meaning, type Relation } from '@/core/join'
import type { Actor } from '@/core/permissions'
import { reader } from '@/inventory/moment/at-moment'
import { Prisma } from '@/prisma/generated/client'
import { connectionRows, type ConnectionEnd, type ConnectionEvidence, type Rows } from './connection-rows'
import { succession, type Self, type Succession } from './identity-succession'
import { compact, iso } from './sql'
import type { Bounded } from './types'

export type ConnectionView = {
  id: string
  relation: Relation
  means: Meaning
  /** Whether the identity itself says so, or the other side. */
  saidBy: 'this' | 'other'
  /** The trust of the identity that says so, where it is one. */
  trustId?: string
  /** matched: who is meant is known; dangling: there is nobody, and all was read; unknown: cannot tell. */
  state: 'matched' | 'dangling' | 'unknown'
  /** What the state rests on, as a sentence. */
  why?: string
  /** Why the two belong together. */
  reason: string
  /** The name that was asked for. */
  asked: { type: string; value: string; match: 'exact' | 'pattern' }
  /** Who is at the other end; not set where there is nobody, where many are meant, and where the reader may not see it. */
  other?: ConnectionEnd
  hidden?: true
  /** The set of permissions that says so, where the identity holds it and does not say so itself. */
  through?: ConnectionEnd
  /** So many are meant that they are not listed one by one. */
  broad?: true
  /** Both sides' word, the one that says so first. */
  evidence: ConnectionEvidence[]
  /** The other end bears a name that another one bore when this was decided. */
  lookalike?: { predecessorId?: string; goneAt: Instant }
}
export type IdentityConnections = Succession & {
  becomeIt: Bounded<ConnectionView>
  itBecomes: Bounded<ConnectionView>
  restsOn: Bounded<ConnectionView>
  /** What the permissions it holds speak of: stored secrets, issuers of credentials. */
  reaches: Bounded<ConnectionView>
}

const SHOWN_MAX = 200
/** Patterns that mean very many things are few; this many are compared with the names of an identity. */
const BROAD_MAX = 2000

type Edge = {
  id: string
  fromRowId: string
  fromKind: string
  fromIdentityId: string | null
  toRowId: string | null
  toKind: string
  relation: Relation
  means: Meaning
  keyType: string
  keyValue: string
  match: 'exact' | 'pattern'
  state: ConnectionView['state']
  why: string
  reason: string
  broad: boolean
  lookalike: boolean
  predecessorId: string | null
  predecessorGoneAt: Date | null
  own: boolean
}
const COLUMNS = Prisma.sql`e.id, e.from_row_id AS "fromRowId", e.from_kind AS "fromKind",
  e.from_identity_id AS "fromIdentityId", e.to_row_id AS "toRowId", e.to_kind AS "toKind", e.relation, e.means,
  e.key_type AS "keyType", e.key_value AS "keyValue", e.match, e.state, e.why, e.reason, e.broad, e.lookalike,
  e.predecessor_id AS "predecessorId", e.predecessor_gone_at AS "predecessorGoneAt"`

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
  const [broad, listed, inherited] = await Promise.all([broadEdges(of), edgesOf(of), succession(actor, of)])
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

/** Those that need a look first. */
const FIRST = Prisma.sql`ORDER BY lookalike DESC, array_position(ARRAY['dangling', 'unknown', 'matched'], state), own DESC,
  "keyValue", id LIMIT ${SHOWN_MAX + 1}::int`

/** Said by what it is granted; a thing that several grants speak of is told once for each of them. */
const reached = (id: string): Prisma.Sql => Prisma.sql`(
  SELECT 'reaches'::text AS list, e.* FROM (
    SELECT DISTINCT ON (e.id) ${COLUMNS}, TRUE AS own FROM "grant" g JOIN edge e ON e.from_row_id = g.entitlement_id
    WHERE g.identity_id = ${id}::uuid AND g.retired_at IS NULL AND e.from_kind = 'entitlement' ORDER BY e.id
  ) e ${FIRST})`

/** Of each list those that need a look first: inherited names, then what leads nowhere. */
function edgesOf({ id }: Of): Promise<(Edge & { list: List })[]> {
  const lists = Object.entries(LISTS).map(
    ([list, { own, others }]) => Prisma.sql`(
    SELECT ${list}::text AS list, e.* FROM (
      SELECT ${COLUMNS}, TRUE AS own FROM edge e WHERE e.from_identity_id = ${id}::uuid AND e.means = ANY(${[...own]}::text[])
      UNION ALL
      SELECT ${COLUMNS}, FALSE FROM edge e WHERE e.to_identity_id = ${id}::uuid AND e.means = ANY(${[...others]}::text[])
        AND e.from_identity_id IS DISTINCT FROM ${id}::uuid
    ) e ${FIRST})`,
  )
  return reader.$queryRaw(Prisma.join([...lists, reached(id)], ' UNION ALL '))
}

async function keysOf(id: string): Promise<Key[]> {
  const [row] = await reader.$queryRaw<{ keys: Key[] | null }[]>(Prisma.sql`
    SELECT doc -> 'keys' AS keys FROM identity WHERE id = ${id}::uuid AND retired_at IS NULL`)
  return row?.keys ?? []
}

/** Edges that mean very many things, this one among them, by the names it bears. */
async function broadEdges({ id, scopeId, keys: known }: Of): Promise<Edge[]> {
  const keys = known ?? (await keysOf(id))
  if (!keys.length) return []
  const edges = await reader.$queryRaw<Edge[]>(Prisma.sql`
    SELECT ${COLUMNS}, FALSE AS own FROM edge e JOIN scope s ON s.id = e.from_scope_id
    WHERE e.broad AND e.to_kind = 'identity' AND e.key_type = ANY(${keys.map(({ type }) => type)}::text[])
      AND s.sample = (SELECT sample FROM scope WHERE id = ${scopeId}::uuid)
    ORDER BY e.id LIMIT ${BROAD_MAX}::int`)
  return edges.filter((edge) =>
    keys.some(({ type, value }) => type === edge.keyType && fitsPattern(edge.keyValue, value)),
  )
}

type Ref = { kind: string; id: string }
const saying = (edge: Edge): Ref => ({ kind: edge.fromKind, id: edge.fromRowId })
const meant = (edge: Edge): Ref | undefined =>
  edge.toRowId === null ? undefined : { kind: edge.toKind, id: edge.toRowId }
/** Whom a row is about that says something: its identity, else the row itself. */
const speaker = (edge: Edge): Ref =>
  edge.fromIdentityId === null ? saying(edge) : { kind: 'identity', id: edge.fromIdentityId }
const endsOf = (edge: Edge): Ref[] => [saying(edge), speaker(edge), meant(edge) ?? []].flat()

function viewOf(edge: Edge, rows: Rows): ConnectionView {
  const target = meant(edge)
  const far = edge.own ? target : speaker(edge)
  const other = far && rows.end(far)
  const hidden = far !== undefined && !other && far.kind === 'identity'
  const sides = [edge.own || !hidden ? saying(edge) : undefined, !edge.own || !hidden ? target : undefined]
  return compact({
    id: edge.id,
    relation: edge.relation,
    means: edge.means,
    saidBy: edge.own ? 'this' : 'other',
    trustId: edge.own && edge.fromKind === 'trust' ? edge.fromRowId : undefined,
    state: edge.state,
    why: edge.why || undefined,
    reason: edge.reason,
    asked: { type: edge.keyType, value: edge.keyValue, match: edge.match },
    other,
    hidden: hidden ? true : undefined,
    through: edge.fromKind === 'entitlement' ? rows.end(saying(edge)) : undefined,
    broad: edge.broad ? true : undefined,
    evidence: sides.flatMap((side) => (side && rows.evidence(side)) ?? []),
    lookalike:
      edge.lookalike && edge.predecessorGoneAt
        ? compact({ predecessorId: edge.predecessorId ?? undefined, goneAt: iso(edge.predecessorGoneAt) })
        : undefined,
  } satisfies ConnectionView)
}
