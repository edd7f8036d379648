// Edges as both ends see them: what is read of each, which come first, and how one reads to people.
import type { Instant } from '@/core/fact'
import { fitsPattern, type Key, type Meaning, type Nameable, type Relation } from '@/core/join'
import { reader } from '@/inventory/moment/at-moment'
import { Prisma } from '@/prisma/generated/client'
import type { ConnectionEnd, ConnectionEvidence, Rows } from './connection-rows'
import { compact, iso } from './sql'

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

/** So many connections are shown of one list. */
export const SHOWN_MAX = 200
/** Patterns that mean very many things are few; this many are compared with the names of one thing. */
const BROAD_MAX = 2000

export type Edge = {
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
export const EDGE_COLUMNS = Prisma.sql`e.id, e.from_row_id AS "fromRowId", e.from_kind AS "fromKind",
  e.from_identity_id AS "fromIdentityId", e.to_row_id AS "toRowId", e.to_kind AS "toKind", e.relation, e.means,
  e.key_type AS "keyType", e.key_value AS "keyValue", e.match, e.state, e.why, e.reason, e.broad, e.lookalike,
  e.predecessor_id AS "predecessorId", e.predecessor_gone_at AS "predecessorGoneAt"`

/** Those that need a look first. */
export const EDGES_FIRST = Prisma.sql`ORDER BY lookalike DESC, array_position(ARRAY['dangling', 'unknown', 'matched'], state), own DESC,
  "keyValue", id LIMIT ${SHOWN_MAX + 1}::int`

/** Edges that mean very many things of a kind, one of the bearer of these names among them. */
export async function broadEdges(kind: Nameable, of: { scopeId: string; keys: Key[] }): Promise<Edge[]> {
  const { scopeId, keys } = of
  if (!keys.length) return []
  const edges = await reader.$queryRaw<Edge[]>(Prisma.sql`
    SELECT ${EDGE_COLUMNS}, FALSE AS own FROM edge e JOIN scope s ON s.id = e.from_scope_id
    WHERE e.broad AND e.to_kind = ${kind} AND e.key_type = ANY(${keys.map(({ type }) => type)}::text[])
      AND s.sample = (SELECT sample FROM scope WHERE id = ${scopeId}::uuid)
    ORDER BY e.id LIMIT ${BROAD_MAX}::int`)
  return edges.filter((edge) =>
    keys.some(({ type, value }) => type === edge.keyType && fitsPattern(edge.keyValue, value)),
  )
}

export type Ref = { kind: string; id: string }
const saying = (edge: Edge): Ref => ({ kind: edge.fromKind, id: edge.fromRowId })
const meant = (edge: Edge): Ref | undefined =>
  edge.toRowId === null ? undefined : { kind: edge.toKind, id: edge.toRowId }
/** Whom a row is about that says something: its identity, else the row itself. */
const speaker = (edge: Edge): Ref =>
  edge.fromIdentityId === null ? saying(edge) : { kind: 'identity', id: edge.fromIdentityId }
export const endsOf = (edge: Edge): Ref[] => [saying(edge), speaker(edge), meant(edge) ?? []].flat()

/** @param holder who holds the set of permissions that says so, where one of its holders is to stand at the far end */
export function viewOf(edge: Edge, rows: Rows, holder?: Ref): ConnectionView {
  const target = meant(edge)
  const far = edge.own ? target : (holder ?? speaker(edge))
  const other = far && rows.end(far)
  const hidden = far !== undefined && !other && (far.kind === 'identity' || rows.hides(far))
  const sides = [edge.own || !hidden ? saying(edge) : undefined, !edge.own || !hidden ? target : undefined]
  const view: ConnectionView = compact({
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
  })
  return rows.limited ? narrowed(view) : view
}

/** As somebody reads it who is limited to some scopes: what is worked out speaks of others by name. */
function narrowed({ why: _, lookalike, ...view }: ConnectionView): ConnectionView {
  const isTheirs = view.saidBy === 'this' || !view.hidden
  return compact({
    ...view,
    why: view.state === 'matched' ? undefined : 'It may be in a source you do not see.',
    reason: isTheirs ? view.reason : 'It is said in a source you do not see.',
    asked: isTheirs || view.asked.match === 'exact' ? view.asked : { ...view.asked, value: '…' },
    lookalike: lookalike && { goneAt: lookalike.goneAt },
  })
}
