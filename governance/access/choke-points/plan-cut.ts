// Chooses what to take away so that no way is left: the least of what can be removed, where possible what nobody was seen using.
import { minCut, NEVER, type Edge } from './min-cut'
import type { Link } from './ways'

/** Something that can be taken away as one, with all steps that rest on it. */
export type Removable = {
  key: string
  /** Steps that rest on it begin at the same thing (one grant), or lead to the same one (one trust). */
  side: 'from' | 'to'
  /** It goes only with what runs, or the source itself makes it so: taken only where nothing else is left. */
  firm: boolean
  /** 0: seen unused; 1: not known; 2: in use. Of two that cut as well, the less used goes. */
  use: 0 | 1 | 2
}
export type Plan = { keys: string[] } | undefined

/** More than all uses of what is looked at at most (40,000 steps) can add up to, and more than that many of what goes easily. */
const ONE = 2 ** 17
const FIRM = 2 ** 33

/**
 * The least number of firm things, then of others, then the least used. Steps that rest on one removable count once: their
 * common end is split by an edge that costs what the removable costs, and they themselves cost nothing more.
 * @returns undefined where no removal cuts all ways
 */
export function planCut(
  links: readonly Link[],
  removableOf: (stepId: string) => Removable,
  starts: readonly string[],
  end: string,
): Plan {
  const numbers = new Map<string, number>([['', 0]])
  const node = (name: string): number => {
    const known = numbers.get(name)
    if (known !== undefined) return known
    numbers.set(name, numbers.size)
    return numbers.size - 1
  }
  const edges: Edge[] = []
  const keys: (string | undefined)[] = []
  const join = (from: string, to: string, cost: number, key?: string): void => {
    edges.push({ from: node(from), to: node(to), cost })
    keys.push(key)
  }
  const split = new Set<string>()
  for (const start of starts) if (start !== end) join('', start, NEVER)
  for (const { from, to, step } of links) {
    if (!step) {
      join(from, to, NEVER)
      continue
    }
    const one = removableOf(step.id)
    const middle = `\u0001${one.key}`
    const price = (one.firm ? FIRM : ONE) + one.use
    const isNew = !split.has(one.key)
    split.add(one.key)
    if (one.side === 'from') {
      if (isNew) join(from, middle, price, one.key)
      join(middle, to, NEVER)
    } else {
      join(from, middle, NEVER)
      if (isNew) join(middle, to, price, one.key)
    }
  }
  const sink = node(end)
  const cut = minCut(numbers.size, edges, 0, sink)
  if (cut.cost >= NEVER) return undefined
  return { keys: cut.edges.flatMap((at) => keys[at] ?? []).sort() }
}
