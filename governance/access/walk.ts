// Follows steps from some things outwards or backwards, breadth first, within bounds that are said when they are met.
import { rightsOf, stepsFrom, stepsInto, type BareStep, type Places } from './held-steps'
import type { Certainty, NodeKind } from './step-row'

export type Node = { id: string; kind: NodeKind }
/** Where a walk came to, and the surest step of those that led there first. */
export type Visited = Node & { hops: number; step?: BareStep }
export type Bounds = {
  hops: number
  nodes: number
  /** Whether steps that depend on something are followed as well. */
  open: boolean
}
export type Walk = {
  visited: Map<string, Visited>
  /** Scopes of which somebody on the way is administrator, with the step that says so. */
  everything: Map<string, BareStep>
  /** Which bound was met. */
  cut?: 'nodes' | 'hops'
}

/** Everything that whoever has the starts can come to. Who has all of a scope goes on from all that is in it. */
export async function reachFrom(starts: readonly Node[], bounds: Bounds): Promise<Walk> {
  const walk = begun(starts)
  let from: Places = { ids: [...walk.visited.keys()], scopes: [] }
  for (let hops = 1; isSome(from); hops++) {
    if (hops > bounds.hops) {
      walk.cut ??= 'hops'
      break
    }
    const next = { ids: [] as string[], scopes: [] as string[] }
    for await (const step of roundOf(walk, bounds, from, stepsFrom)) {
      if (step.toKind === 'administrator' && !walk.everything.has(step.scopeId)) {
        walk.everything.set(step.scopeId, step)
        next.scopes.push(step.scopeId)
      }
      if (step.toId === null) continue
      const kind = step.toKind as NodeKind
      if (visit(walk, bounds, { id: step.toId, kind, hops, step })) next.ids.push(step.toId)
    }
    from = next
  }
  return walk
}

/** Everything from which somebody can come to the ends, administrators of their scopes left out. */
export async function reachInto(ends: readonly Node[], bounds: Bounds): Promise<Walk> {
  const walk = begun(ends)
  let into: Places = { ids: [...walk.visited.keys()], scopes: [] }
  for (let hops = 1; isSome(into); hops++) {
    if (hops > bounds.hops) {
      walk.cut ??= 'hops'
      break
    }
    const ids: string[] = []
    for await (const step of roundOf(walk, bounds, into, stepsInto))
      if (visit(walk, bounds, { id: step.fromId, kind: step.fromKind, hops, step })) ids.push(step.fromId)
    into = { ids, scopes: [] }
  }
  return walk
}

const isSome = ({ ids, scopes }: Places): boolean => ids.length + scopes.length > 0
function begun(nodes: readonly Node[]): Walk {
  const visited = new Map(nodes.map((node) => [node.id, { ...node, hops: 0 }]))
  return { visited, everything: new Map() }
}

/** Things whose steps are read at a time: some have thousands, and where enough is met no more are read. */
const CHUNK = 500
/** Steps read for each thing that may still be met: several lead to the same one. */
const STEPS_A_NODE = 2
const LEAST = 1000

/** Steps of one round. Once as much is met as is told, only those by which something has everything in a scope. */
async function* roundOf(walk: Walk, { nodes, open }: Bounds, at: Places, read: typeof stepsFrom) {
  const ids = [...at.ids]
  let scopes = at.scopes
  while (ids.length || scopes.length) {
    const room = nodes - walk.visited.size
    if (room <= 0) {
      walk.cut = 'nodes'
      if (read === stepsFrom && ids.length) yield* await rightsOf(ids, { open })
      return
    }
    const limit = Math.max(LEAST, room * STEPS_A_NODE)
    const steps = await read({ ids: ids.splice(0, CHUNK), scopes }, { open, limit })
    if (steps.length >= limit) walk.cut = 'nodes'
    scopes = []
    yield* steps
  }
}

const SURENESS: readonly Certainty[] = ['observed', 'possible', 'depends']
const surer = (one: BareStep | undefined, other: BareStep | undefined): boolean =>
  one !== undefined &&
  other !== undefined &&
  SURENESS.indexOf(one.certainty) < SURENESS.indexOf(other.certainty)

/** @returns whether it is new */
function visit(walk: Walk, bounds: Bounds, found: Visited): boolean {
  const known = walk.visited.get(found.id)
  if (known) {
    if (known.hops === found.hops && surer(found.step, known.step)) walk.visited.set(found.id, found)
    return false
  }
  if (walk.visited.size >= bounds.nodes) {
    walk.cut = 'nodes'
    return false
  }
  walk.visited.set(found.id, found)
  return true
}
