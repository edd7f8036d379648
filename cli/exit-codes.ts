// What the exit code of a command says: documented in docs/cli.md, never changed for another meaning.
import type { Code } from '@/core/errors'

export const EXIT = {
  ok: 0,
  failure: 1,
  invalid: 2,
  partial: 3,
  cancelled: 4,
  notFound: 5,
  forbidden: 6,
} as const
export type Exit = (typeof EXIT)[keyof typeof EXIT]

const BY_CODE: Partial<Record<Code, Exit>> = {
  invalid: EXIT.invalid,
  'not-found': EXIT.notFound,
  forbidden: EXIT.forbidden,
  unauthenticated: EXIT.forbidden,
}
export const exitOfError = (code: Code): Exit => BY_CODE[code] ?? EXIT.failure

const BY_STATE: Readonly<Record<string, Exit>> = {
  complete: EXIT.ok,
  partial: EXIT.partial,
  cancelled: EXIT.cancelled,
}
export const exitOfRun = (state: string): Exit => BY_STATE[state] ?? EXIT.failure

/** The exit that says most, where several things were done. */
export const worstExit = (exits: readonly Exit[]): Exit =>
  exits.find((e) => e === EXIT.failure) ??
  exits.find((e) => e === EXIT.cancelled) ??
  exits.find((e) => e !== EXIT.ok) ??
  EXIT.ok
