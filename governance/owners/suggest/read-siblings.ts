// Who was confirmed to answer for what works as one with an identity, and for what runs beside it.
import type { Instant } from '@/core/fact'
import { groupBy } from '@/core/group-by'
import { db } from '@/prisma/client'
import type { Role } from './weigh'

/** Whoever acts as more than these is something for many, and says nothing of who answers for one of them. */
const ENDS_MAX = 4
/** Where more than these run in one place, they are not all looked at, and nothing is made of some. */
const BESIDE_MAX = 100

export type Sibling = {
  identityId: string
  how: 'together' | 'beside'
  /** Of whom it is the sibling, and how. */
  words: string
  role: Exclude<Role, 'unclear'>
  whoId: string
  at: Instant
}
type Row = {
  identityId: string
  how: 'together' | 'beside'
  other: string
  through: string
  personId: string | null
  teamId: string | null
  changedAt: Date
}

const TOGETHER_WORDS = { act: 'acts as one with it', run: 'is used by the same workload' } as const

/** Those that act as one another, by what joins have found; not what lets in, or goes by, many. */
const actingRows = (ids: readonly string[]) => db.$queryRaw<Row[]>`
  WITH ends AS (
    SELECT e.from_identity_id AS id, e.to_identity_id AS other FROM edge e
    WHERE e.from_identity_id = ANY(${[...ids]}::uuid[]) AND e.state = 'matched' AND NOT e.broad
      AND e.means IN ('becomes-this', 'this-becomes') AND e.to_identity_id IS NOT NULL
    UNION SELECT e.to_identity_id, e.from_identity_id FROM edge e
    WHERE e.to_identity_id = ANY(${[...ids]}::uuid[]) AND e.state = 'matched' AND NOT e.broad
      AND e.means IN ('becomes-this', 'this-becomes') AND e.from_identity_id IS NOT NULL)
  SELECT n.id AS "identityId", 'together' AS how, i.name AS other, 'act' AS through, o.person_id AS "personId",
    o.team_id AS "teamId", o.changed_at AS "changedAt"
  FROM ends n JOIN ownership o ON o.identity_id = n.other JOIN identity i ON i.id = n.other
  WHERE n.id <> n.other AND o.disputed_at IS NULL
    AND (SELECT count(*) FROM ends a WHERE a.id = n.id) <= ${ENDS_MAX}::int
    AND (SELECT count(*) FROM (SELECT 1 FROM edge b WHERE b.state = 'matched' AND b.means IN ('becomes-this', 'this-becomes')
        AND (b.from_identity_id = n.other OR b.to_identity_id = n.other) LIMIT ${2 * ENDS_MAX + 1}::int) c) <= ${2 * ENDS_MAX}::int`

const runningRows = (ids: readonly string[]) => db.$queryRaw<Row[]>`
  WITH runs AS (
    SELECT i.id, i.scope_id, i.native_id, w.id AS workload_id, w.name, w.uses, w.doc ->> 'namespace' AS namespace
    FROM identity i JOIN workload w ON w.scope_id = i.scope_id AND w.uses @> ARRAY[i.native_id] AND w.retired_at IS NULL
    WHERE i.id = ANY(${[...ids]}::uuid[]))
  SELECT r.id AS "identityId", 'together' AS how, i.name AS other, 'run' AS through, o.person_id AS "personId",
    o.team_id AS "teamId", o.changed_at AS "changedAt"
  FROM runs r JOIN identity i ON i.scope_id = r.scope_id AND i.native_id = ANY(r.uses) AND i.native_id <> r.native_id
    JOIN ownership o ON o.identity_id = i.id
  WHERE o.disputed_at IS NULL AND cardinality(r.uses) <= ${ENDS_MAX}::int
  UNION ALL
  SELECT r.id, 'beside', i.name, r.namespace, o.person_id, o.team_id, o.changed_at
  FROM (SELECT DISTINCT id, scope_id, native_id, namespace FROM runs WHERE namespace IS NOT NULL) r
    CROSS JOIN LATERAL (SELECT w.uses FROM workload w WHERE w.scope_id = r.scope_id AND w.doc ->> 'namespace' = r.namespace
      AND w.retired_at IS NULL ORDER BY w.id LIMIT ${BESIDE_MAX}::int) w
    JOIN identity i ON i.scope_id = r.scope_id AND i.native_id = ANY(w.uses) AND i.native_id <> r.native_id
    JOIN ownership o ON o.identity_id = i.id
  WHERE o.disputed_at IS NULL AND NOT EXISTS (SELECT 1 FROM workload x WHERE x.scope_id = r.scope_id
    AND x.doc ->> 'namespace' = r.namespace AND x.retired_at IS NULL OFFSET ${BESIDE_MAX}::int)`

const wordsOf = ({ how, other, through }: Row): string =>
  how === 'beside'
    ? `${other} runs in ${through} as well`
    : `${other} ${TOGETHER_WORDS[through === 'run' ? 'run' : 'act']}`

/** Of what runs in one place only where all of it has the same owner: a place of many owners says nothing. */
function agreeing(siblings: readonly Sibling[]): Sibling[] {
  const beside = siblings.filter(({ how }) => how === 'beside')
  const owners = groupBy(beside, ({ identityId, role }) => `${identityId} ${role}`)
  const isOne = ({ identityId, role }: Sibling) =>
    new Set(owners.get(`${identityId} ${role}`)?.map(({ whoId }) => whoId)).size === 1
  return siblings.filter((one) => one.how === 'together' || isOne(one))
}

export async function siblingsOf(ids: readonly string[]): Promise<Sibling[]> {
  const rows = [...(await actingRows(ids)), ...(await runningRows(ids))]
  const siblings = rows.flatMap((row): Sibling[] => {
    const { identityId, how, personId, teamId, changedAt } = row
    const about = { identityId, how, words: wordsOf(row), at: changedAt.toISOString() as Instant }
    return [
      ...(personId === null ? [] : [{ ...about, role: 'person' as const, whoId: personId }]),
      ...(teamId === null ? [] : [{ ...about, role: 'team' as const, whoId: teamId }]),
    ]
  })
  return agreeing(siblings)
}
