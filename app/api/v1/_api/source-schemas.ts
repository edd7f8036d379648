// Shapes of the API's answers about sources and their runs.
import { z } from 'zod'
import { Instant, Why } from '@/core/fact'
import { RUN_STATES } from '@/governance/runs/run-state'
import type { RunProgress, RunSummary, SourceRow } from '@/inventory/queries/types'
import { bounded, Completeness, Id, Look, of, Overdue } from './schemas'

const RunState = z.enum(RUN_STATES)
/** What a run looks at again, where that is all it does. */
const Resumes = z.object({
  runId: Id,
  of: Instant,
  at: Instant,
  streams: z.int(),
  scopes: z.boolean(),
  attempt: z.int(),
  since: Instant,
})
const Run = of<RunSummary>()(
  z.object({
    id: Id,
    state: RunState,
    trigger: z.string(),
    requestedBy: z.string(),
    createdAt: Instant,
    startedAt: Instant.optional(),
    endedAt: Instant.optional(),
    observedAt: Instant.optional(),
    phase: z.string(),
    observations: z.int(),
    error: z.string().optional(),
    resumes: Resumes.optional(),
  }),
)

const Mode = z.enum(['live', 'import', 'sample'])
export const Source = of<SourceRow>()(
  z.object({
    id: Id,
    name: z.string(),
    connectorId: z.string(),
    mode: Mode,
    state: z.enum(['running', 'paused', 'never-run', 'failed', 'stale', 'partial', 'complete']),
    paused: z.boolean(),
    intervalMinutes: z.int(),
    createdAt: Instant,
    createdBy: z.string(),
    scopes: bounded(
      z.object({
        id: Id,
        nativeId: z.string(),
        name: z.string(),
        type: z.string(),
        connectorId: z.string(),
        sample: z.boolean(),
        listedAt: Instant,
        goneAt: Instant.optional(),
        state: z.enum(['complete', 'partial', 'none']),
        asOf: Instant.optional(),
        overdue: Overdue.optional(),
        identities: z.int(),
      }),
    ),
    scopeCount: z.int(),
    lastRun: Run.optional(),
    completeAt: Instant.optional(),
    overdue: Overdue.optional(),
    partialLooks: z.int(),
    nextDueAt: Instant.optional(),
    awaitingRunId: Id.optional(),
    following: Run.optional(),
    goesOn: Run.optional(),
  }),
)
export const SourceList = z.object({ rows: z.array(Source), completeness: Completeness })

const Calls = z.array(
  z.object({
    permission: z.string(),
    ok: z.int(),
    refused: z.int(),
    why: Why.optional(),
    detail: z.string().optional(),
    retryAfterMs: z.int().optional(),
  }),
)
export const SourceDetail = z.object({
  source: Source,
  looks: bounded(Look),
  calls: Calls,
  callsOfRunId: Id.optional(),
  runs: bounded(Run),
  completeness: Completeness,
})

export const RunDetail = z.object({
  run: Run,
  connection: z.object({ id: Id, name: z.string(), connectorId: z.string(), mode: Mode }),
  changes: z.record(z.string(), z.record(z.string(), z.int())),
  cancelRequestedAt: Instant.optional(),
  scopesCoverage: z.looseObject({ state: z.enum(['complete', 'partial']) }).optional(),
  calls: Calls,
  report: z.unknown().optional(),
  coverage: bounded(
    z.looseObject({
      stream: z.string(),
      kind: z.string(),
      state: z.enum(['complete', 'partial']),
      count: z.int(),
    }),
  ),
})
export const Progress = of<RunProgress>()(
  z.object({
    id: Id,
    connectionId: Id,
    state: RunState,
    ended: z.boolean(),
    phase: z.string(),
    observations: z.int(),
    queuedAhead: z.int(),
    startedAt: Instant.optional(),
    endedAt: Instant.optional(),
    cancelRequested: z.boolean(),
    error: z.string().optional(),
  }),
)
