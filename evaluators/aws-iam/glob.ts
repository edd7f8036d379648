// Patterns with `*` (any text) and `?` (any one character): matched against a text, or followed one character at a time.

/** Whether the pattern covers the text. Takes time in proportion to both lengths at worst, never more. */
export function covers(pattern: string, text: string): boolean {
  let at = 0
  let inPattern = 0
  let star = -1
  let starText = 0
  while (at < text.length) {
    const token = pattern[inPattern]
    if (token === '*') {
      star = inPattern++
      starText = at
    } else if (token === '?' || (token !== undefined && token === text[at])) {
      inPattern++
      at++
    } else if (star >= 0) {
      inPattern = star + 1
      at = ++starText
    } else return false
  }
  while (pattern[inPattern] === '*') inPattern++
  return inPattern === pattern.length
}

/** Where in a pattern one can be after some text: ascending positions, none where the text cannot belong to it. */
export type Positions = readonly number[]

export function start(pattern: string): Positions {
  const positions: number[] = []
  reach(pattern, 0, positions)
  return positions
}

/** The positions after one more character. */
export function step(pattern: string, positions: Positions, character: string): Positions {
  const next: number[] = []
  let lastStar = 0
  for (const at of positions) {
    const token = pattern[at]
    if (token === '*') {
      // From a later star everything is accepted that an earlier one accepts.
      next.length = 0
      lastStar = at
      reach(pattern, at, next)
    } else if (token === '?' || token === character) {
      reach(pattern, at + 1, next)
    }
  }
  const star = next.findLastIndex((at) => at > lastStar && pattern[at] === '*')
  return star > 0 ? next.slice(star) : next
}

/** Adds a position, and those behind it that a star may skip to. Positions come in ascending order. */
function reach(pattern: string, position: number, reached: number[]): void {
  for (let at = position; ; at++) {
    const last = reached.at(-1)
    if (last === undefined || at > last) reached.push(at)
    if (pattern[at] !== '*') return
  }
}

export const accepts = (pattern: string, positions: Positions): boolean => positions.at(-1) === pattern.length

/** Whether whatever follows belongs to the pattern. */
export const acceptsAll = (pattern: string, positions: Positions): boolean =>
  accepts(pattern, positions) && positions.some((at) => pattern[at] === '*' && at === pattern.length - 1)
