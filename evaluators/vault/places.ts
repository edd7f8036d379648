// Paths that lead to something that is there, in order, so that rules are asked only about those they can be about.
import type { StepTarget } from '@/core/access'
import { asBytes, openParts, type Rule } from './rules'

export type Place = {
  path: string
  /** All of these, each by any of its capabilities. */
  needs: readonly { path: string; capability: readonly string[]; sudo?: true }[]
  by: string
  to: StepTarget
  /** What decides beside the permissions, in words. */
  open?: string
}

/** What any way to a place is asked by. */
const ASKED = ['read', 'update', 'create']

export class Places {
  private readonly sorted: readonly Place[]
  private readonly texts: readonly string[]
  private readonly parts: readonly (readonly string[])[]

  constructor(places: readonly Place[]) {
    const keyed = places.map((place) => ({ place, text: asBytes(place.path) }))
    keyed.sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0))
    this.sorted = keyed.map(({ place }) => place)
    this.texts = keyed.map(({ text }) => text)
    this.parts = this.texts.map((text) => text.split('/'))
  }

  /** Places that one of the rules gives something at, if it decides there: each once, in the order of their paths. */
  *near(rules: readonly Rule[]): Generator<Place> {
    const spans: (readonly [from: number, to: number])[] = []
    for (const rule of rules) {
      if (!ASKED.some((capability) => rule.capabilities.has(capability))) continue
      const head = headOf(rule)
      const end = rule.kind === 'exact' && rule.unsure !== 'template' ? `${head}\0` : `${head}\uffff`
      const [from, to] = [this.first(head), this.first(end)]
      if (rule.kind === 'segments' && rule.unsure !== 'template') this.fitting(rule, from, to, spans)
      else if (from < to) spans.push([from, to])
    }
    let done = 0
    for (const [from, to] of spans.sort(([a], [b]) => a - b)) {
      for (let at = Math.max(from, done); at < to; at++) yield this.sorted[at]!
      done = Math.max(done, to)
    }
  }

  /** Those of a span whose parts fit a pattern with a plus: told apart by the first part that differs. */
  private fitting({ pattern }: Rule, from: number, to: number, into: (readonly [number, number])[]): void {
    const isOpen = pattern.endsWith('*')
    const wanted = (isOpen ? pattern.slice(0, -1) : pattern).split('/')
    for (let at = from; at < to; at++)
      if (partsFit(wanted, this.parts[at] ?? [], isOpen)) into.push([at, at + 1])
  }

  *all(): Generator<Place> {
    yield* this.sorted
  }

  /** Where the first path stands that does not sort before the text. */
  private first(text: string): number {
    let [low, high] = [0, this.sorted.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.texts[middle] ?? '') < text) low = middle + 1
      else high = middle
    }
    return low
  }
}

/** From the end: what is about one thing mostly differs there. */
function partsFit(wanted: readonly string[], parts: readonly string[], isOpen: boolean): boolean {
  const last = wanted.length - 1
  if (isOpen ? parts.length <= last : parts.length !== last + 1) return false
  for (let at = last; at >= 0; at--) {
    const part = wanted[at]!
    if (part === '+' || part === parts[at]) continue
    if (!isOpen || at !== last || !parts[at]!.startsWith(part)) return false
  }
  return true
}

/** Ways of which each path may be allowed by some rule: the others need not be asked about. */
export function worthAsking<Need extends { path: string; capability: readonly string[] }>(
  ways: readonly (readonly Need[])[],
  rules: readonly Rule[],
): (readonly Need[])[] {
  const heads = rules.map((rule) => ({ head: headOf(rule), capabilities: rule.capabilities }))
  const may = ({ path, capability }: Need): boolean => {
    const own = path.includes('{') ? path.slice(0, path.indexOf('{')) : path
    return heads.some(
      ({ head, capabilities }) =>
        (own.startsWith(head) || head.startsWith(own)) && capability.some((one) => capabilities.has(one)),
    )
  }
  return ways.filter((needs) => needs.every(may))
}

/** What all paths begin with that the rule can be about. A path that is told whole is about itself alone, or what it is within. */
function headOf({ pattern, kind, path, unsure }: Rule): string {
  const text = unsure === 'template' ? (openParts(path.replace(/^\//, ''))[0] ?? '') : pattern
  const plus = text.indexOf('+')
  return kind === 'segments' && plus >= 0 ? text.slice(0, plus) : text
}
