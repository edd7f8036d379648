// How identities spread over accounts and clusters: log-normal, so that one holds a tenth of all and hundreds hold few.

/** What the largest holds of all. */
const LARGEST_SHARE = 0.1
const PLACES_MAX = 60_000

/** About 400 places for a million identities. */
const placesFor = (identities: number) =>
  Math.min(PLACES_MAX, identities, Math.max(4, Math.round(0.4 * Math.sqrt(identities))))

/** Identities by place, largest first; together exactly as many as asked for, and none without any. */
export function sizesOf(identities: number): number[] {
  const count = placesFor(identities)
  const weights = weightsOf(count, spreadFor(count))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const sizes = weights.map((weight) => Math.max(1, Math.round((weight / total) * identities)))
  for (let off = sizes.reduce((sum, size) => sum + size, 0) - identities, at = 0; off !== 0; at++) {
    const place = at % count
    const step = off > 0 ? -1 : 1
    if (sizes[place]! + step < 1) continue
    sizes[place]! += step
    off += step
  }
  return sizes
}

/** One weight for each of `count` equal parts of the distribution, largest first. */
const weightsOf = (count: number, spread: number): number[] =>
  Array.from({ length: count }, (_, rank) => Math.exp(spread * normalQuantile(1 - (rank + 0.5) / count)))

/** The spread with which the largest of `count` holds its share: by halving, for it grows with the spread. */
function spreadFor(count: number): number {
  const wanted = Math.max(LARGEST_SHARE, 1.6 / count)
  let low = 0
  let high = 6
  for (let step = 0; step < 40; step++) {
    const spread = (low + high) / 2
    const weights = weightsOf(count, spread)
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    if (weights[0]! / total < wanted) low = spread
    else high = spread
  }
  return low
}

/** The value below which a share `p` of the normal distribution lies (Winitzki's formula, good to two digits). */
function normalQuantile(p: number): number {
  const x = 2 * p - 1
  const a = 0.147
  const log = Math.log(1 - x * x)
  const half = 2 / (Math.PI * a) + log / 2
  return Math.SQRT2 * Math.sign(x) * Math.sqrt(Math.max(0, Math.sqrt(half * half - log / a) - half))
}
