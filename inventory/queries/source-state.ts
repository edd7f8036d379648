// The word for where a source stands, and when it is due. Pure.
import type { Instant } from '@/core/fact'
import type { RunState, SourceState } from './types'

export type SourceStanding = {
  mode: 'live' | 'import' | 'sample'
  paused: boolean
  intervalMinutes: number
  /** Whether a run is queued or under way. */
  running: boolean
  /** State of the newest run that ended. */
  lastEnded?: RunState
  /** The oldest of the newest complete looks; unset while anything was never seen whole. */
  completeAt?: Instant
  /** Whether a scope it reads is out of date. */
  overdue: boolean
  partialLooks: number
}

const MINUTE_MS = 60_000

/** What it is doing comes first, then what is wrong, then how complete it is. */
export function sourceState(s: SourceStanding): SourceState {
  if (s.running) return 'running'
  // Files and the sample are not read by the clock: to hold them back says nothing.
  if (s.paused && s.mode === 'live') return 'paused'
  if (!s.lastEnded) return 'never-run'
  if (s.lastEnded === 'failed') return 'failed'
  if (s.overdue) return 'stale'
  if (s.partialLooks || s.lastEnded !== 'complete' || !s.completeAt) return 'partial'
  return 'complete'
}

/** Only live connections are read by the clock: so long after the last run was asked for. */
export function nextDueAt(
  s: Pick<SourceStanding, 'mode' | 'paused' | 'running' | 'intervalMinutes'>,
  lastAskedAt: Instant | undefined,
  createdAt: Instant,
): Instant | undefined {
  if (s.mode !== 'live' || s.paused || s.running) return undefined
  if (!lastAskedAt) return createdAt
  return new Date(Date.parse(lastAskedAt) + s.intervalMinutes * MINUTE_MS).toISOString()
}

/** States that a person should look at. */
export const NEEDS_ATTENTION: ReadonlySet<SourceState> = new Set<SourceState>([
  'failed',
  'stale',
  'partial',
  'never-run',
])
