// What a score is worked out from: how many identities are that powerful and that bad off, with exceptions taken into account.
import { NO_SEVERITY, SCORED_CLASSES, type ScoreCount } from '@/core/score'
import type { Actor } from '@/core/permissions'
import { facetsFit } from '@/inventory/facets/facet-source'
import { reader } from '@/inventory/moment/at-moment'
import { Prisma } from '@/prisma/generated/client'
import { scopesFor } from './counted-scopes'
import { exceptionsInForce, hasExceptions } from './finding-exceptions'
import { scopeIds } from './scope-ids'
import { mustRead, ownedBy } from './visible'

/** Conditions over `scope s`, and over `posture p` where the actor sees only what is theirs. */
export type Scored = {
  scopes: Prisma.Sql
  owned: Prisma.Sql | undefined
  /** Ids of the scopes that were asked for; undefined where it is all that count. */
  chosen: string[] | undefined
}
/** What a score is asked of: own ids of scopes or their ids at the source, and the id of a source. Unset is everything. */
export type ScoreOf = { scope?: string[] | undefined; source?: string | undefined }

export const OURS = Prisma.sql`ANY(${[...SCORED_CLASSES]}::text[])`
/** Whether any rule was asked about the identities of `scope s`. */
const ASKED = Prisma.sql`EXISTS (SELECT 1 FROM tally t WHERE t.scope_id = s.id AND t.off IS NULL
  AND split_part(t.rule_id, '-', 1) IN ('identity', 'credential'))`

async function chosenScopes({ scope, source }: ScoreOf): Promise<string[] | undefined> {
  const named = await scopeIds(scope)
  if (!source) return named
  const read = await reader.connectionScope.findMany({
    where: { connectionId: source },
    select: { scopeId: true },
  })
  const ids = read.map(({ scopeId }) => scopeId)
  return named ? ids.filter((id) => named.includes(id)) : ids
}

/** Of everything, the sample organisation counts only while there is nothing else. */
export async function scoredScopes(actor: Actor, of: ScoreOf = {}): Promise<Scored> {
  mustRead(actor, 'finding:read')
  const chosen = await chosenScopes(of)
  return {
    scopes: await scopesFor(actor, chosen),
    // Of whole scopes the kept counts tell.
    owned: actor.within ? undefined : ownedBy(actor),
    chosen,
  }
}

type Row = Omit<ScoreCount, 'unjudged'> & { unjudged: boolean }
const asCounts = (rows: readonly Row[]): ScoreCount[] =>
  rows.map(({ unjudged, ...row }) => ({ ...row, ...(unjudged && { unjudged: true as const }) }))

/** One by one: for those who see only what is theirs, and where the kept counts cannot tell. */
function countingRows({ scopes, owned }: Scored): Promise<Row[]> {
  return reader.$queryRaw<Row[]>(Prisma.sql`
    WITH asked AS MATERIALIZED (SELECT s.id FROM scope s WHERE ${scopes} AND ${ASKED})
    SELECT coalesce(p.privilege_class, 'unknown') AS privilege, coalesce(j.worst, ${NO_SEVERITY}::int) AS worst,
      coalesce(j.worst_open, 0) AS "worstOpen", j.worst_open IS NULL AS unjudged, count(*)::int AS count
    FROM identity i JOIN scope s ON s.id = i.scope_id LEFT JOIN posture p ON p.identity_id = i.id
    LEFT JOIN asked a ON a.id = i.scope_id
    CROSS JOIN LATERAL (SELECT CASE WHEN a.id IS NOT NULL AND p.worst_open IS NOT NULL THEN p.worst END AS worst,
      CASE WHEN a.id IS NOT NULL THEN p.worst_open END AS worst_open) j
    WHERE i.retired_at IS NULL AND i.class = ${OURS} AND ${scopes} AND ${owned ?? Prisma.sql`TRUE`}
    GROUP BY 1, 2, 3, 4`)
}

/** Whether every scope that was judged has its counts: they are made at the end of an evaluation. */
async function scoresFit({ scopes }: Scored): Promise<boolean> {
  if (!(await facetsFit())) return false
  const [row] = await reader.$queryRaw<{ fit: boolean }[]>(Prisma.sql`
    SELECT NOT EXISTS (SELECT 1 FROM scope s WHERE ${scopes} AND ${ASKED}
      AND NOT EXISTS (SELECT 1 FROM score_count c WHERE c.scope_id = s.id)
      AND EXISTS (SELECT 1 FROM facet_total f WHERE f.scope_id = s.id AND f.class = ${OURS} AND NOT f.retired)) AS fit`)
  return row?.fit ?? false
}

/** Whoever is known and was not counted at the last evaluation was not judged. */
function keptCounts({ scopes }: Scored): Promise<Row[]> {
  return reader.$queryRaw<Row[]>(Prisma.sql`
    WITH counted AS (
      SELECT c.* FROM score_count c JOIN scope s ON s.id = c.scope_id WHERE ${scopes}
    ), judged AS (SELECT scope_id, sum(count) AS n FROM counted GROUP BY 1),
    held AS (
      SELECT f.scope_id, sum(f.count) AS n FROM facet_total f JOIN scope s ON s.id = f.scope_id
      WHERE f.class = ${OURS} AND NOT f.retired AND ${scopes} GROUP BY 1
    )
    SELECT privilege_class AS privilege, worst, worst_open AS "worstOpen", FALSE AS unjudged, sum(count)::int AS count
    FROM counted GROUP BY 1, 2, 3
    UNION ALL SELECT 'unknown', ${NO_SEVERITY}::int, 0, TRUE, sum(greatest(h.n - coalesce(j.n, 0), 0))::int
    FROM held h LEFT JOIN judged j USING (scope_id) HAVING sum(greatest(h.n - coalesce(j.n, 0), 0)) > 0`)
}

type Moved = Omit<Row, 'unjudged'> & { toWorst: number; toOpen: number }

/** Identities with an open finding that an exception counts for, and how they stand without it. There are few. */
async function exceptedIdentities({ scopes, owned }: Scored): Promise<Moved[]> {
  if (!(await hasExceptions())) return []
  const { covers } = await exceptionsInForce()
  return reader.$queryRaw<Moved[]>(Prisma.sql`
    WITH hit AS MATERIALIZED (
      SELECT DISTINCT f.identity_id FROM finding f
      WHERE f.state = 'open' AND f.identity_id IS NOT NULL AND ${covers} IS TRUE
    )
    SELECT p.privilege_class AS privilege, p.worst, p.worst_open AS "worstOpen", coalesce(l.worst, ${NO_SEVERITY}::int) AS "toWorst",
      coalesce(l.worst_open, ${NO_SEVERITY}::int) AS "toOpen", count(*)::int AS count
    FROM hit JOIN posture p ON p.identity_id = hit.identity_id JOIN identity i ON i.id = p.identity_id
      JOIN scope s ON s.id = i.scope_id
    CROSS JOIN LATERAL (
      SELECT min(f.severity) FILTER (WHERE f.verdict = 'fail') AS worst, min(f.severity) AS worst_open FROM finding f
      WHERE f.identity_id = p.identity_id AND f.state = 'open' AND ${covers} IS NOT TRUE
    ) l
    WHERE i.retired_at IS NULL AND i.class = ${OURS} AND p.worst_open IS NOT NULL AND ${scopes} AND ${owned ?? Prisma.sql`TRUE`}
    GROUP BY 1, 2, 3, 4, 5`)
}

const keyOf = ({ privilege, worst, worstOpen }: ScoreCount) => `${privilege} ${worst} ${worstOpen}`

function moving(counts: readonly ScoreCount[], moved: readonly Moved[]): ScoreCount[] {
  const held = new Map(counts.map((one) => [one.unjudged ? 'unjudged' : keyOf(one), { ...one }]))
  for (const { toWorst, toOpen, ...from } of moved) {
    const of = held.get(keyOf(from))
    // Counts are as of the end of an evaluation, and one may be under way.
    const count = Math.min(from.count, of?.count ?? 0)
    if (!of || !count) continue
    of.count -= count
    const to = { privilege: from.privilege, worst: toWorst, worstOpen: toOpen, count }
    const there = held.get(keyOf(to))
    if (there) there.count += count
    else held.set(keyOf(to), to)
  }
  return [...held.values()].filter(({ count }) => count > 0)
}

export type ScoreCounts = {
  counts: ScoreCount[]
  /** The same as if there were no exceptions. */
  bare: ScoreCount[]
  /** Identities with a finding that an exception counts for. */
  excepted: number
}

export async function scoreCounts(seen: Scored): Promise<ScoreCounts> {
  const kept = !seen.owned && (await scoresFit(seen))
  const [rows, moved] = await Promise.all([
    kept ? keptCounts(seen) : countingRows(seen),
    exceptedIdentities(seen),
  ])
  const bare = asCounts(rows)
  const excepted = moved.reduce((sum, { count }) => sum + count, 0)
  return { counts: moving(bare, moved), bare, excepted }
}

/** For tests: the same, counted one by one. */
export const countedByRow = async (seen: Scored): Promise<ScoreCount[]> => asCounts(await countingRows(seen))
