// How a run reads, in short. Pure.
import { compact, iso, isoOr } from './sql'
import type { RunState, RunSummary } from './types'

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
  })
