// Steps between things of different sources: what joins found, judged by whoever can read the trust that they rest on.
import type { Access, AccessAnswer, Caller, Principal } from '@/core/access'
import { db } from '@/prisma/client'
import type { Loaded } from './load-realm'
import { guestSteps, letInUnread, runnerSteps, unreadStep } from './other-steps'
import { kept, type Certainty, type NodeKind, type StepRow } from './step-row'

/** Joins of one scope that are followed at most. */
const EDGES_MAX = 500_000
type EdgeRow = {
  fromId: string
  fromKind: NodeKind
  fromScope: string
  fromType: string
  toId: string
  toKind: NodeKind
  toScope: string
  toType: string
  /** Whose trust it is, by the id at its source, where it is trust that says so. */
  trusting: string | null
  relation: 'declared' | 'permitted' | 'observed'
  reason: string
  why: string
  /** Issuer and subject, where what is named is the bearer of a token. */
  subject: string | null
  /** What is named, by its id at its source, and by every name that others have for it. */
  named: string | null
  names: string[] | null
  namedRealm: string
}

/** What the scope's own rows say of others: they name it, and who names has the rights about it or not. */
export async function* joinedSteps(
  scopeId: string,
  loaded: Loaded,
  access: Access | undefined,
): AsyncGenerator<StepRow> {
  const principals = new Map(loaded.realm.principals.map((one) => [one.id, one]))
  for (const edge of await edgesOf(scopeId)) {
    // Within a platform both sides are judged together.
    if (edge.trusting !== null && access && samePlatform(edge)) continue
    const step = judged(edge, edge.trusting === null ? undefined : principals.get(edge.trusting), access)
    if (step) yield step
  }
  if (access) {
    yield* guestSteps(scopeId, loaded, access)
    yield* runnerSteps(scopeId, loaded, access)
  }
  for (const row of await letInUnread(scopeId)) yield unreadStep(row)
}

const samePlatform = ({ fromType, toType }: EdgeRow): boolean =>
  fromType.split('.')[0] === toType.split('.')[0]

function judged(
  edge: EdgeRow,
  trusting: Principal | undefined,
  access: Access | undefined,
): StepRow | undefined {
  const answer = admitted(edge, trusting, access)
  if (answer?.answer === 'no') return undefined
  const certainty: Certainty =
    edge.relation === 'observed'
      ? 'observed'
      : edge.relation === 'declared'
        ? 'depends'
        : certaintyOf(edge, answer, trusting)
  return {
    fromId: edge.fromId,
    fromKind: edge.fromKind,
    fromScopeId: edge.fromScope,
    toId: edge.toId,
    toKind: edge.toKind,
    toScopeId: edge.toScope,
    origin: 'join',
    by: edge.relation,
    certainty,
    because: kept([edge.reason, ...(answer?.because ?? [])]),
    missing: kept([
      ...(edge.relation === 'declared' ? ['Whether it is let in is decided by the other side.'] : []),
      ...(answer?.missing ?? []),
      ...(edge.why ? [edge.why] : []),
    ]),
  }
}

function certaintyOf(
  edge: EdgeRow,
  answer: AccessAnswer | undefined,
  trusting: Principal | undefined,
): Certainty {
  if (answer) return answer.answer === 'yes' ? 'possible' : 'depends'
  const isConditional = trusting?.trusts.some(
    ({ conditions }) => conditions && Object.keys(conditions).length,
  )
  return isConditional ? 'depends' : 'possible'
}

/** The best answer for any way in which what is named can call. */
function admitted(
  edge: EdgeRow,
  trusting: Principal | undefined,
  access: Access | undefined,
): AccessAnswer | undefined {
  if (!trusting || !access) return undefined
  return bestFor(callersOf(edge, trusting), trusting, access)
}

/** @returns undefined where there is no way to call */
export function bestFor(
  callers: readonly Caller[],
  trusting: Principal,
  access: Access,
): AccessAnswer | undefined {
  let best: AccessAnswer | undefined
  for (const caller of callers) {
    const answer = access.admits(trusting.id, caller)
    if (answer.answer === 'yes') return answer
    if (!best || (best.answer === 'no' && answer.answer === 'depends')) best = answer
  }
  return best
}

function callersOf({ subject, named, names, namedRealm }: EdgeRow, trusting: Principal): Caller[] {
  if (subject?.includes('|')) return bearersOf(subject, trusting)
  return named === null ? [] : [{ kind: 'principal', id: named, aliases: names ?? [], realm: namedRealm }]
}

/**
 * Whoever has a token made can ask for one for any audience that the trust speaks of.
 * @param subject issuer and subject, with a bar between
 */
export function bearersOf(subject: string, trusting: Principal): Caller[] {
  const bar = subject.indexOf('|')
  const [issuer, sub] = [`https://${subject.slice(0, bar)}`, subject.slice(bar + 1)]
  return [...audiencesOf(trusting), undefined].map((aud) => {
    return { kind: 'token', issuer, claims: { sub, ...(aud !== undefined && { aud }) } }
  })
}

const AUDIENCES_MAX = 20
function audiencesOf({ trusts }: Principal): string[] {
  const found = new Set<string>()
  const visit = (value: unknown, isAudience: boolean): void => {
    if (typeof value === 'string') {
      if (isAudience && found.size < AUDIENCES_MAX) found.add(value)
    } else if (Array.isArray(value)) for (const one of value) visit(one, isAudience)
    else if (typeof value === 'object' && value !== null)
      for (const [key, one] of Object.entries(value))
        visit(one, isAudience || /(^|[:._])aud(ience)?s?$/i.test(key))
  }
  for (const { conditions } of trusts) visit(conditions, false)
  return [...found]
}

/** Both ends of matched joins that say who can act as whom. A credential stands for whoever holds it. */
const edgesOf = (scopeId: string): Promise<EdgeRow[]> => db.$queryRaw<EdgeRow[]>`
  WITH ends AS (
    SELECT e.*, coalesce(e.from_identity_id, e.from_row_id) AS teller,
      CASE WHEN e.from_identity_id IS NOT NULL THEN 'identity' ELSE e.from_kind END AS teller_kind,
      coalesce(e.to_identity_id, e.to_row_id) AS named,
      CASE WHEN e.to_identity_id IS NOT NULL THEN 'identity' ELSE e.to_kind END AS named_kind
    FROM edge e WHERE e.from_scope_id = ${scopeId}::uuid AND e.state = 'matched' AND NOT e.broad
      AND e.means IN ('becomes-this', 'this-becomes') AND e.to_row_id IS NOT NULL
    ORDER BY e.id LIMIT ${EDGES_MAX}
  )
  SELECT DISTINCT ON (1, 3, 9) -- one for each pair of ends and relation
    CASE WHEN means = 'becomes-this' THEN named ELSE teller END AS "fromId",
    CASE WHEN means = 'becomes-this' THEN named_kind ELSE teller_kind END AS "fromKind",
    CASE WHEN means = 'becomes-this' THEN teller ELSE named END AS "toId",
    CASE WHEN means = 'becomes-this' THEN teller_kind ELSE named_kind END AS "toKind",
    CASE WHEN means = 'becomes-this' THEN to_scope_id ELSE from_scope_id END AS "fromScope",
    CASE WHEN means = 'becomes-this' THEN from_scope_id ELSE to_scope_id END AS "toScope",
    CASE WHEN means = 'becomes-this' THEN ts.type ELSE fs.type END AS "fromType",
    CASE WHEN means = 'becomes-this' THEN fs.type ELSE ts.type END AS "toType",
    relation, reason, why,
    CASE WHEN ends.from_kind = 'trust' THEN i.native_id END AS trusting,
    CASE WHEN key_type = 'oidc.subject' THEN (SELECT k.value FROM join_key k WHERE k.row_id = ends.to_row_id
      AND k.type = key_type AND k.gone_at IS NULL ORDER BY (k.value = key_value) DESC, k.value LIMIT 1) END AS subject,
    n.native_id AS named, ts.native_id AS "namedRealm",
    (SELECT array_agg(k.value ORDER BY k.value) FROM join_key k WHERE k.row_id = ends.to_row_id AND k.gone_at IS NULL) AS names
  FROM ends JOIN scope fs ON fs.id = ends.from_scope_id JOIN scope ts ON ts.id = ends.to_scope_id
    LEFT JOIN identity i ON i.id = ends.from_identity_id LEFT JOIN identity n ON n.id = ends.to_identity_id
  WHERE teller_kind IN ('identity', 'workload', 'issuer', 'secret', 'credential')
    AND named_kind IN ('identity', 'workload', 'issuer', 'secret', 'credential') AND teller <> named
  -- The bearer of a token before one by name: the trust that both rest on can be judged of the first alone.
  ORDER BY 1, 3, 9, (key_type = 'oidc.subject') DESC, ends.id`
