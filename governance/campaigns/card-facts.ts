// What a card is made from: everything that is known of some identities, read at the moment of the campaign.
import type { Fact, Instant } from '@/core/fact'
import type { Owner, Privilege } from '@/core/subject'
import { reader } from '@/inventory/moment/at-moment'
import { db } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'

const NAMED_MAX = 20

/** How many there are, the digest of which, and the first of them. */
export type Digested<T> = { count: number; digest: string; named: T[] }
export type CardFacts = {
  id: string
  nativeId: string
  name: string
  type: string
  class: string
  scopeId: string
  scopeNativeId: string
  scopeName: string
  firstSeenAt: Date
  description: Fact<string>
  lastUsed: Fact<Instant>
  enabled: Fact<boolean>
  owner: Fact<Owner> | null
  privilege: Fact<Privilege> | null
  judged: boolean
  /** `unread`: grants of which nobody has read what they give. `limiting`: those that only cap what others give. */
  grants: Digested<{ id: string; name: string; limits: boolean }> & { unread: number; limiting: number }
  trust: Digested<string> & { types: string[] }
  consumers: Digested<string>
  usage: { count: number; named: { what: string; at: Instant }[] }
  findings: { count: number; named: FoundRow[] }
  hints: { via: string; value: string }[]
  /** Steps by which others come to act as it, of an analysis that is of no later instant; null: there is none such. */
  steps: { count: number; at: Instant } | null
}
type FoundRow = { id: string; rule: string; severity: number; verdict: 'fail' | 'unknown'; message: string }

const NOTHING = { count: 0, digest: '', named: [] }
type Keyed<T> = T & { identityId: string }
const byIdentity = <T>(rows: Keyed<T>[]) => new Map(rows.map((row) => [row.identityId, row]))

/** Of `line`, whatever the order in which rows come. */
const DIGEST = Prisma.sql`encode(sha256(convert_to(string_agg(line, E'\n' ORDER BY line COLLATE "C"), 'UTF8')), 'hex') AS digest`
const first = (what: string, order: string): Prisma.Sql =>
  Prisma.raw(`to_jsonb((array_agg(${what} ORDER BY ${order}))[1:${NAMED_MAX}]) AS named`)

type Bare = Omit<CardFacts, 'grants' | 'trust' | 'consumers' | 'usage' | 'findings' | 'hints' | 'steps'>
const bareFacts = (ids: readonly string[]) => reader.$queryRaw<Bare[]>`
  SELECT i.id, i.native_id AS "nativeId", i.name, i.type, i.class, i.scope_id AS "scopeId", s.native_id AS "scopeNativeId",
    s.name AS "scopeName", i.first_seen_at AS "firstSeenAt", i.doc -> 'description' AS description,
    i.doc -> 'lastUsedAt' AS "lastUsed", i.doc -> 'enabled' AS enabled, p.owner, p.privilege, p.identity_id IS NOT NULL AS judged
  FROM identity i JOIN scope s ON s.id = i.scope_id LEFT JOIN posture p ON p.identity_id = i.id
  WHERE i.id = ANY(${[...ids]}::uuid[]) ORDER BY i.id`

/** By what they give, not by which policy gives it: the same document under two names is the same. */
const grantsOf = (ids: readonly string[]) => reader.$queryRaw<Keyed<CardFacts['grants']>[]>`
  SELECT identity_id AS "identityId", count(*)::int AS count, ${DIGEST}, count(*) FILTER (WHERE unread)::int AS unread,
    count(*) FILTER (WHERE limits)::int AS limiting,
    ${first(`jsonb_build_object('id', id, 'name', left(name, 200), 'limits', limits)`, 'limits, name, id')}
  FROM (
    SELECT g.identity_id, g.id, g.effect = 'limit' AS limits, g.doc ->> 'entitlementName' AS name,
      coalesce(e.doc -> 'document' ->> 'state', 'unknown') = 'unknown' AS unread,
      concat_ws(' ', g.effect, g.via, e.language, coalesce(
        encode(sha256(convert_to(e.doc -> 'document' ->> 'value', 'UTF8')), 'hex'), g.doc ->> 'entitlement')) AS line
    FROM "grant" g LEFT JOIN entitlement e ON e.id = g.entitlement_id
    WHERE g.identity_id = ANY(${[...ids]}::uuid[]) AND g.retired_at IS NULL
  ) held GROUP BY 1`

const trustOf = (ids: readonly string[]) => reader.$queryRaw<Keyed<CardFacts['trust']>[]>`
  SELECT identity_id AS "identityId", count(*)::int AS count, ${DIGEST}, array_agg(DISTINCT type) AS types,
    ${first('left(principal, 200)', 'principal, id')}
  FROM (
    SELECT t.identity_id, t.id, t.principal, t.principal_type AS type,
      concat_ws(' ', t.effect, t.principal_type, t.principal, t.doc -> 'actions', t.doc -> 'conditions') AS line
    FROM trust t WHERE t.identity_id = ANY(${[...ids]}::uuid[]) AND t.retired_at IS NULL AND t.effect = 'allow'
  ) let_in GROUP BY 1`

const consumersOf = (ids: readonly string[]) => reader.$queryRaw<Keyed<CardFacts['consumers']>[]>`
  SELECT i.id AS "identityId", w.count, w.digest, w.named FROM identity i CROSS JOIN LATERAL (
    SELECT count(*)::int AS count, ${DIGEST}, ${first('left(name, 200)', 'name, id')} FROM (
      SELECT w.id, w.name, w.id::text AS line FROM workload w
      WHERE w.uses @> ARRAY[i.native_id] AND w.scope_id = i.scope_id AND w.retired_at IS NULL
    ) running
  ) w WHERE i.id = ANY(${[...ids]}::uuid[]) AND w.count > 0`

const usageOf = (ids: readonly string[]) => reader.$queryRaw<Keyed<CardFacts['usage']>[]>`
  SELECT u.identity_id AS "identityId", count(*)::int AS count,
    ${first(`jsonb_build_object('what', left(what, 200), 'at', to_char(used_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))`, 'used_at DESC, id')}
  FROM usage u WHERE u.identity_id = ANY(${[...ids]}::uuid[]) AND u.retired_at IS NULL GROUP BY 1`

const findingsOf = (ids: readonly string[]) => reader.$queryRaw<Keyed<CardFacts['findings']>[]>`
  SELECT f.identity_id AS "identityId", count(*)::int AS count,
    ${first(
      `jsonb_build_object('id', f.id, 'rule', f.rule_id, 'severity', f.severity, 'verdict', f.verdict, 'message', left(f.message, 400))`,
      `f.verdict, f.severity, f.rule_id, f.id`,
    )}
  FROM finding f WHERE f.identity_id = ANY(${[...ids]}::uuid[]) AND f.state = 'open' GROUP BY 1`

const hintsOf = (ids: readonly string[]) => reader.$queryRaw<
  { identityId: string; named: CardFacts['hints'] }[]
>`
  SELECT h.identity_id AS "identityId", ${first(`jsonb_build_object('via', left(via, 200), 'value', left(value, 300))`, 'via, value, id')}
  FROM owner_hint h WHERE h.identity_id = ANY(${[...ids]}::uuid[]) AND h.retired_at IS NULL GROUP BY 1`

/** The analysis keeps no past: one of a later instant cannot tell how it was. */
const stepsOf = (ids: readonly string[], instant: Date) => db.$queryRaw<
  { identityId: string; count: number; at: Date }[]
>`
  SELECT i.id AS "identityId", a.analysed_at AS at,
    (SELECT count(DISTINCT s.from_id)::int FROM access_step s WHERE s.to_id = i.id) AS count
  FROM identity i JOIN access_analysis a ON a.scope_id = i.scope_id
  WHERE i.id = ANY(${[...ids]}::uuid[]) AND a.analysed_at <= ${instant}`

/** Everything of some identities at the moment that is asked about. In the order of their ids. */
export async function cardFacts(ids: readonly string[], instant: Date): Promise<CardFacts[]> {
  const [bare, grants, trust, consumers, usage, findings, hints, steps] = await Promise.all([
    bareFacts(ids),
    grantsOf(ids).then(byIdentity),
    trustOf(ids).then(byIdentity),
    consumersOf(ids).then(byIdentity),
    usageOf(ids).then(byIdentity),
    findingsOf(ids).then(byIdentity),
    hintsOf(ids).then(byIdentity),
    stepsOf(ids, instant).then(byIdentity),
  ])
  return bare.map((row) => {
    const step = steps.get(row.id)
    return {
      ...row,
      grants: grants.get(row.id) ?? { ...NOTHING, unread: 0, limiting: 0 },
      trust: trust.get(row.id) ?? { ...NOTHING, types: [] },
      consumers: consumers.get(row.id) ?? NOTHING,
      usage: usage.get(row.id) ?? NOTHING,
      findings: findings.get(row.id) ?? NOTHING,
      hints: hints.get(row.id)?.named ?? [],
      steps: step ? { count: step.count, at: step.at.toISOString() } : null,
    }
  })
}
