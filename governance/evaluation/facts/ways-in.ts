// By what something can come to act as the identities of a chunk: their trust, what joins say, and the steps that rights give.
import { groupBy } from '@/core/group-by'
import { db } from '@/prisma/client'
import type { FactScope } from './fact-scope'

/** Rows of one sort that are read for a chunk; beyond, what is said of all of it is that a limit was reached. */
export const ROWS_MAX = 100_000

/** A statement that lets somebody in. */
export type TrustRow = { id: string; identityId: string; principalType: string; principal: string }
/** What a join says of who can act as an identity: one other thing, or all that fit a pattern. */
export type Way = {
  targetId: string
  /** The row that says so. */
  rowId: string
  /** The type of principal, where trust says so. */
  principalType: string | null
  sourceId: string | null
  sourceKind: string
  scopeId: string | null
  match: 'exact' | 'pattern'
  state: 'matched' | 'dangling' | 'unknown'
  bound: boolean
  value: string
  why: string
  /** Whom it means, where that is a person by name. */
  person: string | null
}
/** Identities of one class that can act as one, counted. */
export type StepsIn = {
  targetId: string
  class: string
  /** Whether rights give it rather than trust. */
  byRights: boolean
  isSure: boolean
  count: number
  names: string[]
}
export type WaysIn = {
  trusts: Map<string, TrustRow[]>
  ways: Map<string, Way[]>
  steps: Map<string, StepsIn[]>
  /** Set where there were too many to read. */
  isCut: boolean
}

export async function waysInto(scope: FactScope, ids: readonly string[]): Promise<WaysIn> {
  const [trusts, ways, steps] = await Promise.all([
    scope.has.trust ? trustsOf(ids) : [],
    waysOf(ids),
    stepsInto(ids),
  ])
  return {
    trusts: groupBy(trusts, ({ identityId }) => identityId),
    ways: groupBy(ways, ({ targetId }) => targetId),
    steps: groupBy(steps, ({ targetId }) => targetId),
    isCut: trusts.length >= ROWS_MAX || ways.length >= ROWS_MAX,
  }
}

const trustsOf = (ids: readonly string[]) => db.$queryRaw<TrustRow[]>`
  SELECT id, identity_id AS "identityId", principal_type AS "principalType", principal FROM trust
  WHERE identity_id = ANY(${ids}::uuid[]) AND retired_at IS NULL AND effect = 'allow' ORDER BY identity_id, id LIMIT ${ROWS_MAX}`

/** A pattern is told once, however many things fit it. What declares that it acts as something that is gone says nothing here. */
export const waysOf = (ids: readonly string[]) => db.$queryRaw<Way[]>`
  WITH found AS (
    SELECT e.from_identity_id AS "targetId", e.from_row_id AS "rowId", e.from_kind, e.link_id,
      coalesce(e.to_identity_id, e.to_row_id) AS "sourceId",
      CASE WHEN e.to_identity_id IS NOT NULL THEN 'identity' ELSE e.to_kind END AS "sourceKind", e.to_scope_id AS "scopeId",
      e.match, e.state, e.key_value AS value, e.why, e.id
    FROM edge e WHERE e.from_identity_id = ANY(${ids}::uuid[]) AND e.means = 'becomes-this'
    UNION ALL
    SELECT e.to_identity_id, e.from_row_id, 'declared', e.link_id, coalesce(e.from_identity_id, e.from_row_id),
      CASE WHEN e.from_identity_id IS NOT NULL THEN 'identity' ELSE e.from_kind END, e.from_scope_id,
      'exact', e.state, e.key_value, e.why, e.id
    FROM edge e WHERE e.to_identity_id = ANY(${ids}::uuid[]) AND e.means = 'this-becomes' AND e.state = 'matched'
      AND e.match = 'exact'
  ), one_each AS (
    SELECT DISTINCT ON (link_id, CASE WHEN match = 'exact' THEN id END, "targetId") * FROM found
    ORDER BY link_id, CASE WHEN match = 'exact' THEN id END, "targetId", id LIMIT ${ROWS_MAX}
  )
  SELECT o."targetId", o."rowId", o."sourceId", o."sourceKind", o."scopeId", o.match, o.state, o.value, o.why, l.bound,
    t.principal_type AS "principalType", CASE WHEN o.match = 'exact' AND o.state = 'matched' THEN i.name END AS person
  FROM one_each o JOIN join_link l ON l.id = o.link_id LEFT JOIN trust t ON o.from_kind = 'trust' AND t.id = o."rowId"
    LEFT JOIN identity i ON i.id = o."sourceId" AND i.class = 'human'
  WHERE t.effect IS DISTINCT FROM 'deny'`

const stepsInto = (ids: readonly string[]) => db.$queryRaw<StepsIn[]>`
  SELECT s.to_id AS "targetId", i.class, s.origin = 'platform' AND s.by <> 'trust' AS "byRights",
    s.certainty <> 'depends' AS "isSure", count(DISTINCT i.id)::int AS count,
    (array_agg(DISTINCT i.name ORDER BY i.name))[1:10] AS names
  FROM access_step s JOIN identity i ON i.id = s.from_id
  WHERE s.to_id = ANY(${ids}::uuid[]) AND s.to_kind = 'identity' AND s.from_kind = 'identity' AND i.retired_at IS NULL
  GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`

/** Accounts, services and everyone are no single one who could be gone, or be found in the inventory. */
export const isOne = ({ principalType }: Pick<Way, 'principalType'>): boolean =>
  principalType === null ||
  principalType === 'identity' ||
  principalType === 'federated' ||
  principalType === 'unresolvable'

/** Why more may come in by these ways than is told one by one, where that is so. */
export function openWay(ways: readonly Way[]): string | undefined {
  const reasons = ways.flatMap(({ state, value, why, sourceId }) => {
    if (state === 'unknown' || (state === 'matched' && why !== '')) return [`${value}: ${why}`]
    return state === 'matched' && sourceId === null ? [`${value} means more than is told one by one.`] : []
  })
  return reasons.sort()[0]
}

/** Statements that let somebody in, of whom no name tells who it is. */
export const unnamed = (trusts: readonly TrustRow[], ways: readonly Way[]): TrustRow[] => {
  const told = new Set(ways.map(({ rowId }) => rowId))
  return trusts.filter(({ id, principalType }) => !told.has(id) && principalType !== 'unresolvable')
}
