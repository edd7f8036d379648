// Who is picked at random, by a seed that is recorded: the same seed picks the same ones, and anybody can check it. Pure.
import { hash } from 'node:crypto'

/** From 0 up to, and not including, 1. */
const drawOf = (seed: string, what: string, id: string): number =>
  Number.parseInt(hash('sha256', `${seed}\n${what}\n${id.toLowerCase()}`).slice(0, 12), 16) / 2 ** 48

/** @param share from 0 to 1 */
export const isPicked = (seed: string, what: 'second-look' | 'carried', id: string, share: number): boolean =>
  drawOf(seed, what, id) < share

/** Of several, the one whose turn it is. */
export function pickOne<T>(seed: string, id: string, from: readonly T[]): T | undefined {
  return from[Math.floor(drawOf(seed, 'who', id) * from.length)]
}
