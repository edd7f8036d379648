// What runs as which identity, now and before: the workloads that name it, by whichever of its names.
import type { Fact } from '@/core/fact'
import { groupBy } from '@/core/group-by'
import type { PlainSecrets } from '@/core/observation'
import { db } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'
import { partOf, typesWith } from './words'
import { ROWS_MAX } from './ways-in'

export type Runner = {
  id: string
  name: string
  scopeName: string
  part: string[]
  /** Null where its source says nothing of variables. */
  plainSecrets: Fact<PlainSecrets> | null
}
type Row = Omit<Runner, 'part'> & {
  type: string
  nativeId: string
  aliases: string[]
  namespace: string | null
}

const RUNNER = Prisma.sql`w.id, w.name, w.type, w.native_id AS "nativeId", w.aliases, w.doc ->> 'namespace' AS namespace,
  s.name AS "scopeName", w.doc -> 'plainSecrets' AS "plainSecrets"`
const runnerOf = ({
  id,
  name,
  type,
  nativeId,
  aliases,
  namespace,
  scopeName,
  plainSecrets,
}: Row): Runner => ({
  id,
  name,
  scopeName,
  plainSecrets,
  part: namespace === null ? partOf(type, [name, nativeId, ...aliases]) : [namespace],
})
/** What only hands an identity on is no runner. */
const runs = () => Prisma.sql`w.type <> ALL(${typesWith('handsOn')}::text[])`

/** Workloads whose names for what they run as mean one of the identities: found by the index over all names at once. */
const meaning = (ids: readonly string[], state: Prisma.Sql): Prisma.Sql => Prisma.sql`
  meant AS MATERIALIZED (
    SELECT i.id, i.scope_id, name.name FROM identity i
      CROSS JOIN LATERAL (SELECT i.native_id AS name UNION SELECT unnest(i.aliases)) name WHERE i.id = ANY(${ids}::uuid[])
  ), asked AS MATERIALIZED (SELECT array_agg(DISTINCT name) AS names FROM meant),
  w AS MATERIALIZED (
    SELECT w.* FROM workload w WHERE w.uses && (SELECT names FROM asked) AND ${runs()} AND ${state} LIMIT ${ROWS_MAX}
  ), pair AS (
    SELECT DISTINCT m.id AS identity_id, w.id FROM w CROSS JOIN LATERAL unnest(w.uses) used
      JOIN meant m ON m.name = used AND m.scope_id = w.scope_id
  )`

/** @returns undefined where there are more than are read at a time */
export async function runnersOf(ids: readonly string[]): Promise<Map<string, Runner[]> | undefined> {
  if (!ids.length) return new Map()
  const rows = await db.$queryRaw<(Row & { identityId: string })[]>`
    WITH ${meaning(ids, Prisma.sql`w.retired_at IS NULL`)}
    SELECT pair.identity_id AS "identityId", ${RUNNER} FROM pair JOIN w USING (id) JOIN scope s ON s.id = w.scope_id
    LIMIT ${ROWS_MAX}`
  if (rows.length >= ROWS_MAX) return undefined
  const found = groupBy(rows, ({ identityId }) => identityId)
  return new Map([...found].map(([id, some]) => [id, some.map(runnerOf)]))
}

export async function workloadsById(ids: readonly string[]): Promise<Map<string, Runner>> {
  if (!ids.length) return new Map()
  const rows = await db.$queryRaw<Row[]>`
    SELECT ${RUNNER} FROM workload w JOIN scope s ON s.id = w.scope_id
    WHERE w.id = ANY(${ids}::uuid[]) AND w.retired_at IS NULL AND ${runs()}`
  return new Map(rows.map((row) => [row.id, runnerOf(row)]))
}

/** When the last of what ran as each identity was gone: what is there, but runs as somebody else now, is not told. */
export async function lastGoneOf(ids: readonly string[]): Promise<Map<string, Date>> {
  if (!ids.length) return new Map()
  const rows = await db.$queryRaw<{ identityId: string; at: Date }[]>`
    WITH ${meaning(ids, Prisma.sql`w.retired_at IS NOT NULL`)}
    SELECT pair.identity_id AS "identityId", max(w.retired_at) AS at FROM pair JOIN w USING (id) GROUP BY 1`
  return new Map(rows.map(({ identityId, at }) => [identityId, at]))
}
