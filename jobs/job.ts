// What every job handler gets besides its payload.
import type { Connector } from '@/core/connector'

export type JobAt = {
  /** Aborts when the job is no longer this worker's. */
  signal: AbortSignal
  /** Aborts when the worker is asked to stop: finish or hand over. */
  stopping: AbortSignal
  /** Whether a failure now is final. */
  lastAttempt: boolean
  connectorOf: (connectorId: string) => Promise<Connector>
}
