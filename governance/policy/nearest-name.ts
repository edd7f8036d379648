// The name that was probably meant.

/** So many letters may be wrong, missing or too many. */
const WRONG_MAX = 4

/** How many letters have to be put in, taken away or replaced to make one text of the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1]
    for (let j = 0; j < b.length; j++)
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, (row[j] ?? 0) + (a[i] === b[j] ? 0 : 1)))
    row = next
  }
  return row[b.length] ?? 0
}

export function nearestName(word: string, names: readonly string[]): string | undefined {
  // What is far longer than any name is none of them, and is not worth the comparison.
  if (word.length > 100) return undefined
  let best: { name: string; far: number } | undefined
  for (const name of names) {
    const far = distance(word.toLowerCase(), name.toLowerCase())
    if (far <= Math.min(WRONG_MAX, Math.ceil(name.length / 3)) && (!best || far < best.far))
      best = { name, far }
  }
  return best?.name
}
