// How long until the next attempt: twice as long each time, up to a bound, and never at the same moment for many. Pure.

const FIRST_SECONDS = 60
const LONGEST_SECONDS = 2 * 3600
/** A server may ask for more than that, but not for ever. */
const ASKED_SECONDS_MAX = 12 * 3600
/** So many attempts take about half a day. */
export const ATTEMPTS_MAX = 12

/**
 * Seconds from now on.
 * @param attempt the one that failed, 1 the first time
 * @param random from 0 to 1: up to a quarter is taken off
 * @param asked seconds that the server asked to wait
 */
export function retryDelay(attempt: number, random: number, asked = 0): number {
  const doubled = Math.min(LONGEST_SECONDS, FIRST_SECONDS * 2 ** Math.min(attempt - 1, 30))
  return Math.max(Math.round(doubled * (1 - random / 4)), Math.min(asked, ASKED_SECONDS_MAX))
}
