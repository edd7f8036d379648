// Numbers that look random and are the same for the same seed.

/** Mulberry32: small, and good enough to pick places. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Where a run is repeated by a machine it has to say the same. */
const OF_CI = 470802104

/** The seed of this run: given, or drawn. */
export function seedOf(given: string | undefined): number {
  if (given !== undefined && given !== '') return Number(given)
  return process.env.CI ? OF_CI : Math.floor(Math.random() * 2 ** 31)
}
