// Names that a policy lists: `*` stands for any text; matched whole and without regard to case.

const escaped = (text: string): string => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&')
/** Its alternatives are bounded by the limits of a policy; `*` next to `*` says no more than one. */
const sourceOf = (pattern: string): string => escaped(pattern.replace(/\*+/g, '*')).replaceAll('*', '[^]*')

/** An expression with more of them may try very many ways to fit a text: whoever writes such a pattern stops everything. */
const STARS_MAX = 2
type Fits = { test: (text: string) => boolean }

/** The parts between stars, each where it first occurs after the one before: in time that the text's length bounds. */
function inOrder(pattern: string): Fits {
  const [first = '', ...rest] = pattern.toLowerCase().split(/\*+/)
  const last = rest.pop() ?? ''
  return {
    test(given) {
      const text = given.toLowerCase()
      const end = text.length - last.length
      if (!text.startsWith(first) || end < first.length || !text.endsWith(last)) return false
      let at = first.length
      for (const part of rest) {
        const found = text.indexOf(part, at)
        if (found < 0 || found + part.length > end) return false
        at = found + part.length
      }
      return true
    },
  }
}

/** Patterns with what each of them stands for. */
export class Patterns<T> {
  private readonly exact = new Map<string, { place: number; value: T }>()
  private readonly wild: { place: number; fits: Fits; value: T }[] = []
  /** All of them at once, but for those with many stars: most texts fit none. */
  private readonly any: RegExp | undefined
  private readonly manyStars: boolean

  constructor(patterns: readonly (readonly [pattern: string, value: T])[]) {
    const sources: string[] = []
    let manyStars = false
    patterns.forEach(([pattern, value], place) => {
      if (pattern.split(/\*+/).length - 1 > STARS_MAX) {
        manyStars = true
        this.wild.push({ place, fits: inOrder(pattern), value })
      } else if (pattern.includes('*')) {
        sources.push(sourceOf(pattern))
        this.wild.push({ place, fits: new RegExp(`^${sourceOf(pattern)}$`, 'i'), value })
      } else if (!this.exact.has(pattern.toLowerCase()))
        this.exact.set(pattern.toLowerCase(), { place, value })
    })
    this.manyStars = manyStars
    if (sources.length) this.any = new RegExp(`^(?:${sources.join('|')})$`, 'i')
  }

  /** What the first pattern stands for that one of the texts fits. */
  first(texts: readonly string[]): T | undefined {
    if (!this.exact.size && !this.wild.length) return undefined
    let best: { place: number; value: T } | undefined
    for (const text of texts) {
      const exact = this.exact.get(text.toLowerCase())
      if (exact && (!best || exact.place < best.place)) best = exact
      if (!this.manyStars && !this.any?.test(text)) continue
      const wild = this.wild.find(({ fits }) => fits.test(text))
      if (wild && (!best || wild.place < best.place)) best = wild
    }
    return best?.value
  }
}

const compiled = new WeakMap<readonly string[], Patterns<true>>()
/** Whether one of the texts fits one of the patterns. A list is read once, however often it is asked about. */
export function fitsOneOf(patterns: readonly string[], texts: readonly string[]): boolean {
  let found = compiled.get(patterns)
  if (!found) compiled.set(patterns, (found = new Patterns(patterns.map((one) => [one, true] as const))))
  return found.first(texts) === true
}
