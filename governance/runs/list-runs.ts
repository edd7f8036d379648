// Runs as people see them: what each did, saw and was refused.
import { z } from 'zod'
import type { ImportReport } from '@/core/connector'
import { ensure } from '@/core/errors'
import type { Instant } from '@/core/fact'
import type { Actor } from '@/core/permissions'
import type { CallCount } from '@/core/session'
import type { Coverage, Gap } from '@/core/upstream'
import type { Changes } from '@/inventory/reconcile'
import { reader } from '@/inventory/moment/at-moment'
import { resumesOf, type Resumes } from '@/core/resume-words'
import type { Prisma } from '@/prisma/client'
import { authorise } from '../authorise'
import type { RunState, Trigger } from './run-state'

export type RunView = {
  id: string
  connectionId: string
  connectionName: string
  connectorId: string
  mode: string
  state: RunState
  trigger: Trigger
  requestedBy: string
  createdAt: Instant
  startedAt?: Instant
  endedAt?: Instant
  /** The instant the facts are as of. */
  observedAt?: Instant
  phase: string
  observations: number
  changes: Changes
  cancelRequested: boolean
  error?: string
  /** What it looks at again, where that is all it does. */
  resumes?: Resumes
}
export type CoverageView = {
  scopeId: string
  scopeName: string
  stream: string
  kind: string
  state: string
  why?: string
  permission?: string
  detail?: string
  count: number
  gaps: Gap[]
}
export type RunDetail = RunView & {
  calls: CallCount[]
  scopesCoverage?: Coverage
  report?: ImportReport
  coverage: CoverageView[]
}

const Filter = z.object({
  connectionId: z.uuid().optional(),
  limit: z.number().int().min(1).max(500).default(50),
})
export const RUN_WITH_CONNECTION = { connection: { select: { name: true, mode: true, connectorId: true } } }
type Row = Prisma.RunGetPayload<{ include: typeof RUN_WITH_CONNECTION }>

const instant = (name: string, at: Date | null) => at && { [name]: at.toISOString() }

export const toRunView = (run: Row): RunView => {
  const resumes = resumesOf(run.report)
  return { ...viewOf(run), ...(resumes && { resumes }) }
}

const viewOf = (run: Row): RunView => ({
  id: run.id,
  connectionId: run.connectionId,
  connectionName: run.connection.name,
  connectorId: run.connection.connectorId,
  mode: run.connection.mode,
  state: run.state as RunState,
  trigger: run.trigger as Trigger,
  requestedBy: run.requestedBy,
  createdAt: run.createdAt.toISOString(),
  ...instant('startedAt', run.startedAt),
  ...instant('endedAt', run.endedAt),
  ...instant('observedAt', run.observedAt),
  phase: run.phase,
  observations: run.observations,
  changes: run.changes as Changes,
  cancelRequested: run.cancelRequestedAt !== null,
  ...(run.error !== null && { error: run.error }),
})

export async function listRuns(actor: Actor | null, filter: z.input<typeof Filter> = {}): Promise<RunView[]> {
  authorise(actor, 'source:read')
  const { connectionId, limit } = Filter.parse(filter)
  const runs = await reader.run.findMany({
    where: connectionId === undefined ? {} : { connectionId },
    include: RUN_WITH_CONNECTION,
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit,
  })
  return runs.map(toRunView)
}

/** @throws RollcallError `not-found` */
export async function runDetail(actor: Actor | null, runId: string): Promise<RunDetail> {
  authorise(actor, 'source:read')
  const run = z.uuid().safeParse(runId).success
    ? await reader.run.findUnique({
        where: { id: runId },
        include: {
          ...RUN_WITH_CONNECTION,
          coverage: { orderBy: [{ scopeId: 'asc' }, { stream: 'asc' }, { kind: 'asc' }] },
        },
      })
    : null
  ensure(run, 'not-found', 'There is no such run, or no longer.')
  return {
    ...toRunView(run),
    calls: run.calls as CallCount[],
    ...(run.scopesCoverage !== null && { scopesCoverage: run.scopesCoverage as Coverage }),
    ...(run.report !== null && !resumesOf(run.report) && { report: run.report as ImportReport }),
    coverage: await named(run.coverage),
  }
}

type CoverageRow = Prisma.RunCoverageGetPayload<object>
async function named(rows: CoverageRow[]): Promise<CoverageView[]> {
  const ids = [...new Set(rows.map((row) => row.scopeId))]
  const scopes = await reader.scope.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } })
  const names = new Map(scopes.map(({ id, name }) => [id, name]))
  return rows.map(({ scopeId, stream, kind, state, why, permission, detail, count, gaps }) => ({
    scopeId,
    scopeName: names.get(scopeId) ?? scopeId,
    stream,
    kind,
    state,
    ...(why !== null && { why }),
    ...(permission !== null && { permission }),
    ...(detail !== null && { detail }),
    count,
    gaps: gaps as Gap[],
  }))
}
