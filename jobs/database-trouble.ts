// What goes wrong with the database itself, told for people: it is never the fault of the source that was being read.

import { setTimeout as wait } from 'node:timers/promises'

/** SQLSTATE or words of an error → what it means. The first that fits. */
const TROUBLES: readonly { fits: RegExp; means: string; lost?: true }[] = [
  {
    fits: /\b53100\b|could not (?:extend|write)|No space left|File too large/i,
    means:
      'The database could not store what was read: its disk is full. Nothing of it was changed. Make room, then sync again.',
  },
  {
    lost: true,
    fits: /\b(?:57P0[1-3]|08\d{3}|P1001|P1017)\b|ECONN(?:REFUSED|RESET)|Connection terminated|server closed the connection/i,
    means: 'The connection to the database was lost. What was being written was taken back.',
  },
]

function troubleOf(error: unknown) {
  if (!(error instanceof Error)) return undefined
  const code = 'code' in error ? String(error.code) : ''
  const said = `${code} ${error.message} ${error.cause instanceof Error ? error.cause.message : ''}`
  return TROUBLES.find(({ fits }) => fits.test(said))
}

/** Undefined where it is none of these. */
export const databaseTrouble = (error: unknown): string | undefined => troubleOf(error)?.means

/** More than the connections of a pool: each of them may be a lost one that nobody has tried since. */
const TRIES = 30
const TRY_AGAIN_MS = 200

/** Does what may be done twice, again while connections turn out to be lost: how work ended has to be written down. */
export async function reconnecting<T>(
  work: () => Promise<T>,
  tries = TRIES,
  pauseMs = TRY_AGAIN_MS,
): Promise<T> {
  for (let left = tries - 1; ; left--) {
    try {
      return await work()
    } catch (error) {
      if (left <= 0 || !troubleOf(error)?.lost) throw error
      await wait(pauseMs)
    }
  }
}
