// What of an answer is drawn: the nearest things, and how each comes from another.
import type { PathAnswer, ReachAnswer } from '@/governance/access/questions/reach'
import { thingKey, thingName, thingType, type Thing } from '@/app/_access/thing'
import { NODES_MAX, type Graph, type GraphLine, type GraphNode } from './graph-layout'

const nodeOf = (thing: Thing, layer: number, mark: GraphNode['mark'] = 'plain'): GraphNode => ({
  key: thingKey(thing),
  title: thingName(thing),
  note: thingType(thing),
  layer,
  mark,
})

/** What an administrator of a scope comes to by somebody in it is drawn from everything in the scope. */
export function reachGraph({ from, reached, everything }: ReachAnswer): Graph {
  const nodes = new Map<string, GraphNode>()
  const lines: GraphLine[] = []
  const add = (node: GraphNode) => nodes.size < NODES_MAX && nodes.set(node.key, nodes.get(node.key) ?? node)
  for (const start of from.nodes) add(nodeOf(start, 0, 'start'))
  const hopsOf = new Map(reached.map(({ id, hops }) => [id, hops]))
  for (const { step } of everything) {
    add(nodeOf(step.to, (hopsOf.get(step.from.id) ?? 0) + 1, 'end'))
    lines.push(lineOf(step.from.id, thingKey(step.to), step))
  }
  for (const one of [...reached].sort((a, b) => a.hops - b.hops)) {
    const { step } = one
    const scope = step.from.end?.scope.id
    const known = hopsOf.has(step.from.id) || from.nodes.some(({ id }) => id === step.from.id)
    add(nodeOf(one, one.hops + (known ? 0 : 1)))
    lines.push(lineOf(known ? step.from.id : `administrator-${scope}`, one.id, step))
  }
  const total = new Set([...from.nodes.map(({ id }) => id), ...hopsOf.keys()]).size + everything.length
  return { nodes: [...nodes.values()], lines, left: total - nodes.size }
}

const lineOf = (
  from: string,
  to: string,
  { certainty, title, by }: { certainty: GraphLine['certainty']; title?: string; by: string },
): GraphLine => ({ from, to, certainty, title: title ?? by })

export function waysGraph({ paths }: PathAnswer): Graph {
  const nodes = new Map<string, GraphNode>()
  const all = new Set<string>()
  const lines = new Map<string, GraphLine>()
  const add = (node: GraphNode) => {
    all.add(node.key)
    if (!nodes.has(node.key) && nodes.size < NODES_MAX) nodes.set(node.key, node)
  }
  for (const path of paths)
    for (const [i, step] of path.entries()) {
      add(nodeOf(step.from, i, i === 0 ? 'start' : 'plain'))
      add(nodeOf(step.to, i + 1, i === path.length - 1 ? 'end' : 'plain'))
      const line = lineOf(step.from.id, thingKey(step.to), step)
      const key = `${line.from} ${line.to}`
      lines.set(key, lines.get(key) ?? line)
    }
  return { nodes: [...nodes.values()], lines: [...lines.values()], left: all.size - nodes.size }
}
