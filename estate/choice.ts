// Skewed choices as tables: drawing from a distribution costs one look into an array.
import { below } from './hash'

const SIZE = 16_384

/** Draws an index by weight: 0 for the first weight, and so on. */
export type Choice = (hash: number) => number

/** Every index has at least one place in the table while there are fewer than `SIZE`. */
export function choiceOf(weights: readonly number[]): Choice {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const table = new Uint16Array(SIZE)
  let reached = 0
  let at = 0
  weights.forEach((weight, index) => {
    reached += weight
    const end = Math.round((reached / total) * SIZE)
    for (; at < end; at++) table[at] = index
  })
  return (hash) => table[below(hash, SIZE)]!
}

/** Weights that fall with the rank: the few at the front get most. */
export const zipf = (count: number, exponent: number): number[] =>
  Array.from({ length: count }, (_, rank) => (rank + 1) ** -exponent)
