// Connections with their scopes, last run and looks, put together from a few set-based reads.
import type { Stale } from '@/core/list'
import { BEYOND } from '@/core/upstream'
import { reader, readingNow } from '@/inventory/moment/at-moment'
import { Prisma } from '@/prisma/generated/client'
import { overdueScopes } from './freshness'
import { runSummary, type RawRun } from './run-view'
import { nextDueAt, sourceState } from './source-state'
import { compact, iso, isoOr } from './sql'
import type { SourceRow, SourceScope } from './types'

/** Scopes shown with a source. */
const SCOPES_MAX = 100

type Run = RawRun & { connectionId: string }
type Runs = {
  connectionId: string
  newest: Run
  ended?: Run
  waitingId?: string
  running: boolean
  following?: Run
  goesOn?: Run
}
type Looked = {
  connectionId: string
  scopes: number
  completeAt: Date | null
  never: number
  partial: number
}

/** Looks of `l` that say nothing about how well the connection of this mode is read. A file could have held what it does not. */
const beyond = (mode: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`(l.state <> 'complete' AND l.why = ANY(${[...BEYOND]}::text[]) AND ${mode} <> 'import')`

const RUN = Prisma.sql`r.id, r.connection_id AS "connectionId", r.state, r.trigger, r.requested_by AS "requestedBy",
  r.created_at AS "createdAt", r.started_at AS "startedAt", r.ended_at AS "endedAt", r.observed_at AS "observedAt",
  r.phase, r.observations, r.error, r.report`

const OF = Prisma.sql`c.mode`

const newestRun = (ids: string[], which: Prisma.Sql): Promise<Run[]> =>
  reader.$queryRaw<Run[]>(Prisma.sql`
    SELECT DISTINCT ON (r.connection_id) ${RUN} FROM run r
    WHERE r.connection_id = ANY(${ids}::uuid[]) AND ${which}
    ORDER BY r.connection_id, r.created_at DESC, r.id DESC`)

async function runsOf(ids: string[]): Promise<Map<string, Runs>> {
  const [newest, ended, active, waiting, following, goesOn] = await Promise.all([
    // What follows the source between two of them, or looks at some of it again, is told apart.
    newestRun(ids, Prisma.sql`r.trigger NOT IN ('watch', 'resume')`),
    newestRun(
      ids,
      // What was not looked at again is as it was before.
      Prisma.sql`r.state IN ('complete', 'partial', 'failed', 'cancelled') AND r.trigger <> 'watch'
        AND NOT (r.trigger = 'resume' AND r.state = 'cancelled')`,
    ),
    newestRun(ids, Prisma.sql`r.state IN ('queued', 'running')`),
    newestRun(ids, Prisma.sql`r.state = 'previewed'`),
    newestRun(ids, Prisma.sql`r.state = 'following'`),
    newestRun(ids, Prisma.sql`r.state = 'waiting'`),
  ])
  const of = (runs: Run[], id: string) => runs.find((r) => r.connectionId === id)
  return new Map(
    newest.map((run) => {
      const id = run.connectionId
      const running = of(active, id) !== undefined
      return [
        id,
        {
          connectionId: id,
          newest: run,
          ended: of(ended, id),
          waitingId: of(waiting, id)?.id,
          running,
          following: of(following, id),
          goesOn: of(goesOn, id),
        },
      ]
    }),
  )
}

async function looksOf(ids: string[]): Promise<Map<string, Looked>> {
  const rows = await reader.$queryRaw<Looked[]>(Prisma.sql`
    SELECT cs.connection_id AS "connectionId", count(DISTINCT cs.scope_id)::int AS scopes,
      min(l.complete_at) AS "completeAt",
      (count(*) FILTER (WHERE l.complete_at IS NULL AND ${beyond(OF)} IS NOT TRUE))::int AS never,
      (count(*) FILTER (WHERE (l.state <> 'complete' OR l.gaps <> '[]'::jsonb) AND NOT ${beyond(OF)}))::int AS partial
    FROM connection_scope cs JOIN connection c ON c.id = cs.connection_id LEFT JOIN look l ON l.scope_id = cs.scope_id
    WHERE cs.connection_id = ANY(${ids}::uuid[]) AND cs.gone_at IS NULL
    GROUP BY cs.connection_id`)
  return new Map(rows.map((row) => [row.connectionId, row]))
}

type RawScope = Omit<SourceScope, 'listedAt' | 'goneAt' | 'asOf' | 'state'> & {
  connectionId: string
  listedAt: Date
  goneAt: Date | null
  asOf: Date | null
  looks: number
  partial: number
}

async function scopesOf(ids: string[]): Promise<Map<string, SourceScope[]>> {
  const rows = await reader.$queryRaw<RawScope[]>(Prisma.sql`
    WITH listed AS (
      SELECT cs.*, c.mode, row_number() OVER (PARTITION BY cs.connection_id ORDER BY cs.gone_at NULLS FIRST, s.name, s.id) AS place
      FROM connection_scope cs JOIN connection c ON c.id = cs.connection_id JOIN scope s ON s.id = cs.scope_id
      WHERE cs.connection_id = ANY(${ids}::uuid[])
    )
    SELECT c.connection_id AS "connectionId", s.id, s.native_id AS "nativeId", s.name, s.type,
      s.connector_id AS "connectorId", s.sample, c.listed_at AS "listedAt", c.gone_at AS "goneAt",
      l.as_of AS "asOf", l.looks, l.partial,
      (SELECT count(*)::int FROM identity i WHERE i.scope_id = s.id AND i.retired_at IS NULL) AS identities
    FROM listed c JOIN scope s ON s.id = c.scope_id
    CROSS JOIN LATERAL (
      SELECT CASE WHEN bool_and(l.complete_at IS NOT NULL OR ${beyond(OF)}) THEN min(l.complete_at) END AS as_of,
        count(*)::int AS looks,
        (count(*) FILTER (WHERE (l.state <> 'complete' OR l.gaps <> '[]'::jsonb) AND NOT ${beyond(OF)}))::int AS partial
      FROM look l WHERE l.scope_id = s.id
    ) l
    WHERE c.place <= ${SCOPES_MAX + 1}::int ORDER BY c.connection_id, c.place`)
  const byConnection = new Map<string, SourceScope[]>()
  for (const { connectionId, listedAt, goneAt, asOf, looks, partial, ...scope } of rows) {
    const state = looks === 0 ? ('none' as const) : partial ? ('partial' as const) : ('complete' as const)
    const view = compact({
      ...scope,
      listedAt: iso(listedAt),
      goneAt: isoOr(goneAt),
      asOf: isoOr(asOf),
      state,
    })
    byConnection.set(connectionId, [...(byConnection.get(connectionId) ?? []), view])
  }
  return byConnection
}

/** What is out of date of what each connection reads. */
async function overdueOf(ids: string[], now: Date) {
  const scopes = await overdueScopes(
    Prisma.sql`s.id IN (SELECT cs.scope_id FROM connection_scope cs WHERE cs.connection_id = ANY(${ids}::uuid[]))`,
    { now },
  )
  const ofScope = new Map(scopes.map(({ scopeId, since, seenAt }) => [scopeId, { since, seenAt }]))
  const read = await reader.connectionScope.findMany({
    where: { connectionId: { in: ids }, scopeId: { in: [...ofScope.keys()] }, goneAt: null },
    select: { connectionId: true, scopeId: true },
  })
  const ofConnection = new Map<string, Stale>()
  for (const { connectionId, scopeId } of read) {
    const [before, stale] = [ofConnection.get(connectionId), ofScope.get(scopeId)]
    if (stale && !(before && before.since <= stale.since)) ofConnection.set(connectionId, stale)
  }
  return { ofScope, ofConnection }
}

type Connection = Awaited<ReturnType<typeof reader.connection.findMany<{ omit: { settings: true } }>>>[number]

/** Settings are never selected: the row holds them encrypted. */
export async function sourceRows(
  where: Prisma.ConnectionWhereInput,
  now = readingNow(),
): Promise<SourceRow[]> {
  const connections = await reader.connection.findMany({
    where,
    omit: { settings: true },
    orderBy: { name: 'asc' },
  })
  const ids = connections.map((c) => c.id)
  const [runs, looks, scopes, overdue] = await Promise.all([
    runsOf(ids),
    looksOf(ids),
    scopesOf(ids),
    overdueOf(ids, now),
  ])
  return connections.map((c) => {
    const listed = scopes.get(c.id) ?? []
    const told = listed.map((scope) => compact({ ...scope, overdue: overdue.ofScope.get(scope.id) }))
    return sourceRow(c, runs.get(c.id), looks.get(c.id), told, overdue.ofConnection.get(c.id))
  })
}

function sourceRow(
  c: Connection,
  runs: Runs | undefined,
  looked: Looked | undefined,
  scopes: SourceScope[],
  overdue: Stale | undefined,
): SourceRow {
  const mode = c.mode as SourceRow['mode']
  const completeAt = looked?.never ? undefined : isoOr(looked?.completeAt)
  const { paused, intervalMinutes } = c
  const standing = {
    mode,
    paused,
    intervalMinutes,
    running: runs?.running ?? false,
    lastEnded: runs?.ended && runSummary(runs.ended).state,
    completeAt,
    overdue: overdue !== undefined,
    partialLooks: looked?.partial ?? 0,
  }
  return compact({
    id: c.id,
    name: c.name,
    connectorId: c.connectorId,
    mode,
    state: sourceState(standing),
    paused,
    intervalMinutes,
    createdAt: iso(c.createdAt),
    createdBy: c.createdBy,
    scopes: { rows: scopes.slice(0, SCOPES_MAX), more: scopes.length > SCOPES_MAX },
    scopeCount: looked?.scopes ?? 0,
    lastRun: runs && runSummary(runs.newest),
    completeAt,
    overdue,
    partialLooks: standing.partialLooks,
    nextDueAt: nextDueAt(standing, isoOr(runs?.newest.createdAt), iso(c.createdAt)),
    awaitingRunId: runs?.waitingId,
    following: runs?.following && runSummary(runs.following),
    goesOn: runs?.goesOn && runSummary(runs.goesOn),
  })
}
