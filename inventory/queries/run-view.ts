// How a run reads, in short. Pure.
import type { Instant } from '@/core/fact'
import { resumesOf, type Resumes } from '@/core/resume-words'
import { compact, iso, isoOr } from './sql'

export type RunState =
  | 'waiting'
  | 'queued'
  | 'running'
  | 'following'
  | 'previewed'
  | 'complete'
  | 'partial'
  | 'failed'
  | 'cancelled'
export type RunSummary = {
  id: string
  state: RunState
  trigger: string
  requestedBy: string
  createdAt: Instant
  startedAt?: Instant
  endedAt?: Instant
  observedAt?: Instant
  phase: string
  observations: number
  error?: string
  /** What it looks at again, where that is all it does. */
  resumes?: Resumes
}

export type RawRun = {
  id: string
  state: string
  trigger: string
  requestedBy: string
  createdAt: Date
  startedAt: Date | null
  endedAt: Date | null
  observedAt: Date | null
  phase: string
  observations: number
  error: string | null
  report: unknown
}

export const runSummary = (run: RawRun): RunSummary =>
  compact({
    id: run.id,
    state: run.state as RunState,
    trigger: run.trigger,
    requestedBy: run.requestedBy,
    createdAt: iso(run.createdAt),
    startedAt: isoOr(run.startedAt),
    endedAt: isoOr(run.endedAt),
    observedAt: isoOr(run.observedAt),
    phase: run.phase,
    observations: run.observations,
    error: run.error ?? undefined,
    resumes: resumesOf(run.report),
  })
