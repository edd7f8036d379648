// Places things in layers by how far away they are, and lines between them. No library: answers are small and layered already. Pure.

export type GraphNode = {
  key: string
  title: string
  note: string
  layer: number
  mark: 'start' | 'plain' | 'end'
}
export type GraphLine = {
  from: string
  to: string
  certainty: 'observed' | 'possible' | 'depends'
  title: string
}
export type Graph = {
  nodes: readonly GraphNode[]
  lines: readonly GraphLine[]
  /** Things that are in the answer and not in the drawing. */
  left: number
}
export type Placed = GraphNode & { x: number; y: number }
export type Drawing = {
  width: number
  height: number
  nodes: Placed[]
  lines: (GraphLine & { a: Placed; b: Placed })[]
}

export const BOX = { width: 188, height: 58 }
const GAP = { x: 84, y: 14 }
const EDGE = 8
export const NODES_MAX = 60

/** Where the things stand that lead to it, so that lines cross little. */
function pull(key: string, lines: readonly GraphLine[], rank: ReadonlyMap<string, number>): number {
  const places = lines.flatMap(({ from, to }) => (to === key ? [rank.get(from) ?? []].flat() : []))
  return places.length ? places.reduce((sum, n) => sum + n, 0) / places.length : Number.MAX_SAFE_INTEGER
}

export function draw({ nodes, lines }: Graph): Drawing {
  const layers = new Map<number, GraphNode[]>()
  for (const node of nodes) layers.set(node.layer, [...(layers.get(node.layer) ?? []), node])
  const order = [...layers.keys()].sort((a, b) => a - b)
  const tallest = Math.max(1, ...[...layers.values()].map((layer) => layer.length))
  const height = tallest * (BOX.height + GAP.y) - GAP.y + 2 * EDGE
  const rank = new Map<string, number>()
  const placed: Placed[] = []
  for (const [column, layer] of order.entries()) {
    const members = (layers.get(layer) ?? [])
      .map((node) => ({ node, at: pull(node.key, lines, rank) }))
      .sort((a, b) => a.at - b.at)
    const top = (height - (members.length * (BOX.height + GAP.y) - GAP.y)) / 2
    for (const [i, { node }] of members.entries()) {
      const y = top + i * (BOX.height + GAP.y)
      rank.set(node.key, y)
      placed.push({ ...node, x: EDGE + column * (BOX.width + GAP.x), y })
    }
  }
  const at = new Map(placed.map((node) => [node.key, node]))
  return {
    width: order.length * (BOX.width + GAP.x) - GAP.x + 2 * EDGE,
    height,
    nodes: placed,
    lines: lines.flatMap((line) => {
      const [a, b] = [at.get(line.from), at.get(line.to)]
      return a && b ? [{ ...line, a, b }] : []
    }),
  }
}
