// Gives the same answers with their lists in another order, the same one for the same seed.
import type { Transport } from '@/core/upstream'
import { isRecord } from './world'

/** A small deterministic source of numbers in [0, 1). */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32
    return state / 2 ** 32
  }
}

/** The transport with every list shuffled, except those in fields named in `ordered` and lists of lists. */
export function shuffling(transport: Transport, seed: number, ordered: readonly string[]): Transport {
  const random = numbers(seed)
  const shuffle = (list: readonly unknown[]): unknown[] =>
    list
      .map((value) => ({ value, rank: random() }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ value }) => value)
  const mix = (value: unknown): unknown => {
    if (Array.isArray(value)) return shuffle(value).map((v) => (Array.isArray(v) ? v : mix(v)))
    if (!isRecord(value)) return value
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, ordered.includes(k) ? v : mix(v)]))
  }
  return {
    send: async (permission, params, signal) => mix(await transport.send(permission, params, signal)),
    explain: (error) => transport.explain(error),
  }
}
