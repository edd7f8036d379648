// Things stand in layers from left to right, none on another, and every line ends at a thing that is drawn.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BOX, draw, type Graph, type GraphNode } from './graph-layout'

const node = (key: string, layer: number): GraphNode => ({ key, title: key, note: '', layer, mark: 'plain' })
const line = (from: string, to: string) => ({ from, to, certainty: 'possible' as const, title: '' })

test('what follows from one thing stands beside it, in its order', () => {
  const graph: Graph = {
    nodes: [node('s', 0), node('a', 1), node('b', 1), node('of b', 2), node('of a', 2)],
    lines: [line('s', 'a'), line('s', 'b'), line('b', 'of b'), line('a', 'of a'), line('a', 'not drawn')],
    left: 1,
  }
  const { nodes, lines } = draw(graph)
  const at = (key: string) => nodes.find((one) => one.key === key)!
  expect(at('of a').y).toBe(at('a').y)
  expect(at('of b').y).toBe(at('b').y)
  expect(at('s').x).toBeLessThan(at('a').x)
  expect(lines.map(({ to }) => to)).not.toContain('not drawn')
})

test('none lies on another or outside of the drawing', () => {
  const graphs = fc
    .uniqueArray(fc.tuple(fc.string({ minLength: 1, maxLength: 4 }), fc.nat(5)), {
      selector: ([key]) => key,
      maxLength: 30,
    })
    .chain((nodes) =>
      fc.record({
        nodes: fc.constant(nodes.map(([key, layer]) => node(key, layer))),
        lines: fc.array(
          fc
            .tuple(
              fc.constantFrom('x', ...nodes.map(([key]) => key)),
              fc.constantFrom('y', ...nodes.map(([key]) => key)),
            )
            .map(([from, to]) => line(from, to)),
          { maxLength: 40 },
        ),
        left: fc.constant(0),
      }),
    )
  fc.assert(
    fc.property(graphs, (graph) => {
      const { nodes, width, height } = draw(graph)
      expect(nodes).toHaveLength(graph.nodes.length)
      for (const a of nodes) {
        expect(a.x >= 0 && a.y >= 0 && a.x + BOX.width <= width && a.y + BOX.height <= height).toBe(true)
        for (const b of nodes)
          if (a !== b)
            expect(Math.abs(a.x - b.x) >= BOX.width || Math.abs(a.y - b.y) >= BOX.height).toBe(true)
      }
    }),
    { numRuns: 100 },
  )
})
