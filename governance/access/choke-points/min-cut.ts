// The cheapest set of edges without which nothing comes from the source to the sink: maximum flow by Dinic's algorithm.

/** Of an edge that cannot be cut at all. */
export const NEVER = 2 ** 50

export type Edge = { from: number; to: number; cost: number }
export type Cut = {
  /** Sum of what the edges cost. At least `NEVER`: there is no cut. */
  cost: number
  /** Which edges are cut, by their place in what was given; empty where there is none. */
  edges: number[]
}

/**
 * By the theorem of Ford and Fulkerson the cheapest cut costs as much as can flow; Dinic (1970) finds that in phases, each
 * along shortest ways only. Of several cheapest cuts the one nearest to the source is told: what is still within reach of the
 * source when nothing more flows is the same whichever way it flowed, so that the answer does not hang on the order of edges.
 */
export function minCut(nodes: number, edges: readonly Edge[], source: number, sink: number): Cut {
  const net = new Network(nodes, edges)
  let cost = 0
  while (cost < NEVER && net.level(source, sink)) cost += net.push(source, sink, NEVER - cost)
  if (cost >= NEVER) return { cost, edges: [] }
  net.level(source, sink)
  const cut = edges.flatMap(({ from, to, cost: own }, at) =>
    own > 0 && net.reached(from) && !net.reached(to) ? [at] : [],
  )
  return { cost, edges: cut }
}

/** Each edge has a partner in the other direction, by which flow is taken back: the one at 2n, the other at 2n + 1. */
class Network {
  private readonly to: Int32Array
  private readonly left: Float64Array
  private readonly next: Int32Array
  private readonly first: Int32Array
  private readonly depth: Int32Array
  private readonly at: Int32Array

  constructor(nodes: number, edges: readonly Edge[]) {
    this.to = new Int32Array(edges.length * 2)
    this.left = new Float64Array(edges.length * 2)
    this.next = new Int32Array(edges.length * 2).fill(-1)
    this.first = new Int32Array(nodes).fill(-1)
    this.depth = new Int32Array(nodes)
    this.at = new Int32Array(nodes)
    for (const [index, { from, to, cost }] of edges.entries()) {
      this.arc(index * 2, from, to, cost)
      this.arc(index * 2 + 1, to, from, 0)
    }
  }

  private arc(arc: number, from: number, to: number, left: number): void {
    this.to[arc] = to
    this.left[arc] = left
    this.next[arc] = this.first[from] ?? -1
    this.first[from] = arc
  }

  reached = (node: number): boolean => (this.depth[node] ?? -1) >= 0

  /** How far everything is from the source along edges that can still take something. @returns whether the sink is reached */
  level(source: number, sink: number): boolean {
    this.depth.fill(-1)
    this.depth[source] = 0
    const queue = [source]
    for (const node of queue)
      for (let arc = this.first[node] ?? -1; arc >= 0; arc = this.next[arc] ?? -1) {
        const to = this.to[arc] ?? 0
        if ((this.left[arc] ?? 0) <= 0 || this.reached(to)) continue
        this.depth[to] = (this.depth[node] ?? 0) + 1
        queue.push(to)
      }
    this.at.set(this.first)
    return this.reached(sink)
  }

  /** As much as flows along shortest ways: one way after the other, without recursion, for ways may be long. */
  push(source: number, sink: number, most: number): number {
    let pushed = 0
    const way: number[] = []
    let node = source
    while (pushed < most) {
      if (node === sink) {
        const amount = way.reduce((least, arc) => Math.min(least, this.left[arc] ?? 0), most - pushed)
        for (const arc of way) this.take(arc, amount)
        pushed += amount
        way.length = 0
        node = source
        continue
      }
      const arc = this.onward(node)
      if (arc >= 0) {
        way.push(arc)
        node = this.to[arc] ?? 0
        continue
      }
      const back = way.pop()
      if (back === undefined) break
      // A dead end: nothing goes there in this phase.
      this.depth[node] = -2
      node = this.to[back ^ 1] ?? 0
    }
    return pushed
  }

  private take(arc: number, amount: number): void {
    this.left[arc] = (this.left[arc] ?? 0) - amount
    this.left[arc ^ 1] = (this.left[arc ^ 1] ?? 0) + amount
  }

  /** The next edge that leads one level further and can take something; -1 where there is none. */
  private onward(node: number): number {
    for (let arc = this.at[node] ?? -1; arc >= 0; arc = this.next[arc] ?? -1) {
      this.at[node] = arc
      const to = this.to[arc] ?? 0
      if ((this.left[arc] ?? 0) > 0 && this.depth[to] === (this.depth[node] ?? 0) + 1) return arc
    }
    this.at[node] = -1
    return -1
  }
}
