// How a source's failure is named once it has left the connector's transport.
import type { Why } from './fact'

/** A call that ended without a usable answer. Thrown by the session only. */
export class UpstreamError extends Error {
  override readonly name = 'UpstreamError'
  constructor(
    readonly why: Why,
    /** The permission the call needed. */
    readonly permission: string,
    /** What happened, in words that hold no value from the source. */
    readonly detail: string,
  ) {
    super(`${permission}: ${detail}`)
  }
}

/** How a transport reads one of its own errors. */
export type Explanation = {
  why: Why
  detail: string
  /** The source's own error code, such as `NoSuchEntity`. */
  code?: string
  /** How long the source asks to wait, in milliseconds. */
  retryAfterMs?: number
}

/** The network side of a connector: sends one call, and explains what it throws. */
export type Transport = {
  send(permission: string, params: Readonly<Record<string, unknown>>, signal: AbortSignal): Promise<unknown>
  /** Undefined for an error that is not the source's: it is then a bug and surfaces as one. */
  explain(error: unknown): Explanation | undefined
  close?(): Promise<void>
}

/** The same question was refused so often, for this reason: what a complete stream could not fill in. */
export type Gap = { permission: string; why: Why; detail: string; count: number }

/** Nothing that a person could mend at the source: what a live source never tells, or is not asked by its settings. */
export const BEYOND = ['not-offered', 'left-out'] as const satisfies readonly Why[]

/** How much of what was asked was seen. Made by the runner alone. */
export type Coverage =
  | { state: 'complete'; gaps: Gap[] }
  | { state: 'partial'; why: Why; permission: string; detail: string; gaps: Gap[] }
