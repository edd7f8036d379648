// A closed set of error codes. A feature adds a reason in words, never a code.

export const CODES = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  limited: 429,
  upstream: 502,
  bug: 500,
} as const
export type Code = keyof typeof CODES

export type Issue = { path: string; message: string }

/** An expected failure with a text for the person who met it: what is wrong, where, and what to do. */
export class RollcallError extends Error {
  override readonly name = 'RollcallError'
  constructor(
    readonly code: Code,
    message: string,
    /** One entry per wrong field or line, for forms and API clients. */
    readonly issues: Issue[] = [],
    /** When to try again, where waiting helps. */
    readonly retryAfterSeconds?: number,
  ) {
    super(message)
  }
  /** The HTTP status that carries this code. */
  get status(): number {
    return CODES[this.code]
  }
}

/** Throws unless the condition holds. */
export function ensure(condition: unknown, code: Code, message: string): asserts condition {
  if (!condition) throw new RollcallError(code, message)
}
