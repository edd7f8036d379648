// Connections with their scopes, last run and looks, put together from a few set-based reads.
import { db } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'
import { runSummary, type RawRun } from './run-view'
import { nextDueAt, sourceState } from './source-state'
import { compact, iso, isoOr } from './sql'
import type { SourceRow, SourceScope } from './types'

/** Scopes shown with a source. */
const SCOPES_MAX = 100

type Run = RawRun & { connectionId: string }
type Runs = { connectionId: string; newest: Run; ended?: Run; waitingId?: string; running: boolean }
type Looked = {
  connectionId: string
  scopes: number
  completeAt: Date | null
  never: number
  partial: number
}

const RUN = Prisma.sql`r.id, r.connection_id AS "connectionId", r.state, r.trigger, r.requested_by AS "requestedBy",
  r.created_at AS "createdAt", r.started_at AS "startedAt", r.ended_at AS "endedAt", r.observed_at AS "observedAt",
  r.phase, r.observations, r.error`

const newestRun = (ids: string[], which: Prisma.Sql): Promise<Run[]> =>
  db.$queryRaw<Run[]>(Prisma.sql`
    SELECT DISTINCT ON (r.connection_id) ${RUN} FROM run r
    WHERE r.connection_id = ANY(${ids}::uuid[]) AND ${which}
    ORDER BY r.connection_id, r.created_at DESC, r.id DESC`)

async function runsOf(ids: string[]): Promise<Map<string, Runs>> {
  const [newest, ended, active, waiting] = await Promise.all([
    newestRun(ids, Prisma.sql`TRUE`),
    newestRun(ids, Prisma.sql`r.state IN ('complete', 'partial', 'failed', 'cancelled')`),
    newestRun(ids, Prisma.sql`r.state IN ('queued', 'running')`),
    newestRun(ids, Prisma.sql`r.state = 'previewed'`),
  ])
  const of = (runs: Run[], id: string) => runs.find((r) => r.connectionId === id)
  return new Map(
    newest.map((run) => {
      const id = run.connectionId
      const running = of(active, id) !== undefined
      return [
        id,
        { connectionId: id, newest: run, ended: of(ended, id), waitingId: of(waiting, id)?.id, running },
      ]
    }),
  )
}

async function looksOf(ids: string[]): Promise<Map<string, Looked>> {
  const rows = await db.$queryRaw<Looked[]>(Prisma.sql`
    SELECT cs.connection_id AS "connectionId", count(DISTINCT cs.scope_id)::int AS scopes,
      min(l.complete_at) AS "completeAt",
      (count(*) FILTER (WHERE l.complete_at IS NULL))::int AS never,
      (count(*) FILTER (WHERE l.state <> 'complete' OR l.gaps <> '[]'::jsonb))::int AS partial
    FROM connection_scope cs LEFT JOIN look l ON l.scope_id = cs.scope_id
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
  const rows = await db.$queryRaw<RawScope[]>(Prisma.sql`
    WITH listed AS (
      SELECT cs.*, row_number() OVER (PARTITION BY cs.connection_id ORDER BY cs.gone_at NULLS FIRST, s.name, s.id) AS place
      FROM connection_scope cs JOIN scope s ON s.id = cs.scope_id WHERE cs.connection_id = ANY(${ids}::uuid[])
    )
    SELECT c.connection_id AS "connectionId", s.id, s.native_id AS "nativeId", s.name, s.type,
      s.connector_id AS "connectorId", s.sample, c.listed_at AS "listedAt", c.gone_at AS "goneAt",
      l.as_of AS "asOf", l.looks, l.partial,
      (SELECT count(*)::int FROM identity i WHERE i.scope_id = s.id AND i.retired_at IS NULL) AS identities
    FROM listed c JOIN scope s ON s.id = c.scope_id
    CROSS JOIN LATERAL (
      SELECT min(complete_at) AS as_of, count(*)::int AS looks,
        (count(*) FILTER (WHERE state <> 'complete' OR gaps <> '[]'::jsonb))::int AS partial
      FROM look WHERE scope_id = s.id
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

type Connection = Awaited<ReturnType<typeof db.connection.findMany<{ omit: { settings: true } }>>>[number]

/** Settings are never selected: the row holds them encrypted. */
export async function sourceRows(where: Prisma.ConnectionWhereInput, now = new Date()): Promise<SourceRow[]> {
  const connections = await db.connection.findMany({
    where,
    omit: { settings: true },
    orderBy: { name: 'asc' },
  })
  const ids = connections.map((c) => c.id)
  const [runs, looks, scopes] = await Promise.all([runsOf(ids), looksOf(ids), scopesOf(ids)])
  return connections.map((c) => sourceRow(c, runs.get(c.id), looks.get(c.id), scopes.get(c.id) ?? [], now))
}

function sourceRow(
  c: Connection,
  runs: Runs | undefined,
  looked: Looked | undefined,
  scopes: SourceScope[],
  now: Date,
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
    partialLooks: looked?.partial ?? 0,
    now: iso(now),
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
    partialLooks: standing.partialLooks,
    nextDueAt: nextDueAt(standing, isoOr(runs?.newest.createdAt), iso(c.createdAt)),
    awaitingRunId: runs?.waitingId,
  })
}
