// The cheapest cut, against trying every set of edges of small graphs.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { minCut, NEVER, type Edge } from './min-cut'

const comesThrough = (nodes: number, edges: readonly Edge[], without: ReadonlySet<number>): boolean => {
  const seen = new Set([0])
  for (const node of seen)
    for (const [at, { from, to, cost }] of edges.entries())
      if (from === node && cost > 0 && !without.has(at)) seen.add(to)
  return seen.has(nodes - 1)
}
/** By trying all. */
function cheapest(nodes: number, edges: readonly Edge[]): number {
  let best = Infinity
  for (let set = 0; set < 2 ** edges.length; set++) {
    const chosen = edges.map((_, at) => at).filter((at) => set & (1 << at))
    const cost = chosen.reduce((sum, at) => sum + (edges[at]?.cost ?? 0), 0)
    if (cost < best && !comesThrough(nodes, edges, new Set(chosen))) best = cost
  }
  return best
}
const graph = fc.integer({ min: 2, max: 6 }).chain((nodes) => {
  const node = fc.integer({ min: 0, max: nodes - 1 })
  const edge = fc.record({ from: node, to: node, cost: fc.constantFrom(0, 1, 1, 1, 2, 5) })
  return fc.record({ nodes: fc.constant(nodes), edges: fc.array(edge, { maxLength: 9 }) })
})

describe('against trying every set of edges', () => {
  test('it costs as little, and nothing comes through', () => {
    fc.assert(
      fc.property(graph, ({ nodes, edges }) => {
        const cut = minCut(nodes, edges, 0, nodes - 1)
        expect(cut.cost).toBe(cheapest(nodes, edges))
        expect(cut.edges.reduce((sum, at) => sum + (edges[at]?.cost ?? 0), 0)).toBe(cut.cost)
        expect(comesThrough(nodes, edges, new Set(cut.edges))).toBe(false)
      }),
      { numRuns: 300 },
    )
  })
  test('the order of edges changes nothing', () => {
    fc.assert(
      fc.property(graph, ({ nodes, edges }) => {
        const told = (given: readonly Edge[]) =>
          minCut(nodes, given, 0, nodes - 1)
            .edges.map((at) => JSON.stringify(given[at]))
            .sort()
        expect(told([...edges].reverse())).toEqual(told(edges))
      }),
      { numRuns: 200 },
    )
  })
})
test('what can never be cut leaves no cut', () => {
  expect(minCut(2, [{ from: 0, to: 1, cost: NEVER }], 0, 1)).toEqual({ cost: NEVER, edges: [] })
  const beside = [0, 1, 2].map(() => ({ from: 0, to: 1, cost: NEVER }))
  expect(minCut(2, beside, 0, 1)).toEqual({ cost: NEVER, edges: [] })
})
test('a way of a hundred thousand steps is no matter', () => {
  const long = Array.from({ length: 100_000 }, (_, at) => ({
    from: at,
    to: at + 1,
    cost: at === 70_000 ? 1 : 2,
  }))
  expect(minCut(100_001, long, 0, 100_000)).toEqual({ cost: 1, edges: [70_000] })
})
test('it turns back what flowed the wrong way', () => {
  // Ways of the same length: whoever takes 1→3 first leaves nothing for 2, unless that is undone.
  const pairs = [
    [0, 1],
    [0, 2],
    [1, 3],
    [1, 4],
    [2, 3],
    [3, 5],
    [4, 5],
  ] as const
  const edges = pairs.map(([from, to]) => ({ from, to, cost: 1 }))
  for (const given of [edges, [...edges].reverse()]) {
    expect(minCut(6, given, 0, 5).cost).toBe(2)
    const mirrored = given.map(({ from, to, cost }) => ({ from: 5 - to, to: 5 - from, cost }))
    expect(minCut(6, mirrored, 0, 5).cost).toBe(2)
  }
})
