// Bounds on what one run may take. Reaching one makes the result partial, never silently short.

export type Limits = {
  /** Pages of one listing. */
  pagesMax: number
  /** Observations of one stream in one scope. */
  observationsMax: number
  /** Calls of one run. */
  callsMax: number
  /** Time for one attempt of one call, in milliseconds. */
  callTimeoutMs: number
  /** Attempts of one call, the first included. */
  attemptsMax: number
  /** Longest wait between two attempts, in milliseconds. A source that asks for more is left as throttled. */
  waitMsMax: number
  /** Wait before the second attempt, in milliseconds, before jitter; doubles each time. */
  waitMsFirst: number
}

export const LIMITS: Limits = {
  pagesMax: 20_000,
  observationsMax: 2_000_000,
  callsMax: 2_000_000,
  callTimeoutMs: 30_000,
  attemptsMax: 5,
  waitMsMax: 60_000,
  waitMsFirst: 400,
}
