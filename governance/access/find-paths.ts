// The shortest ways from some things to another, or to everything in a scope: searched from both ends at once.
import { db } from '@/prisma/client'
import {
  inFull,
  ROUND_MAX,
  stepsFrom,
  stepsInto,
  type BareStep,
  type HeldStep,
  type Places,
} from './held-steps'
import type { Node } from './walk'

export type PathBounds = { hops: number; paths: number; open: boolean }
export type Target = Node | { kind: 'everything'; scopeId: string }
export type Paths = {
  paths: HeldStep[][]
  /** Whether there may be others: a bound was met. */
  more: boolean
}
/** Things looked at from one of the ends. */
const NODES_MAX = 20_000

/** A thing by its id, or everything in a scope: whoever has that has each thing in it, and takes no step to it. */
const everythingIn = (scopeId: string): string => `everything ${scopeId}`
/** What was come to, and one step to or from it that lies on a shortest way to the end that the search began with. */
type Arrival = { step: BareStep; next: string }
type End = {
  hops: number
  far: Map<string, number>
  arrivals: Map<string, Arrival[]>
  frontier: { ids: string[]; scopes: string[] }
  /** Whether a bound was met. */
  cut: boolean
}

/** Whole rounds from whichever end has less to go on from, until both have come to the same thing. Only shortest ways are told. */
export async function findPaths(starts: readonly Node[], target: Target, bounds: PathBounds): Promise<Paths> {
  const from = ended(
    starts.map(({ id }) => id).filter((id) => target.kind === 'everything' || id !== target.id),
    [],
  )
  const to =
    target.kind === 'everything' ? ended([], [target.scopeId]) : ended([target.id], await scopeOf(target.id))
  // One more than is told of each thing: whether there are more ways is known, however many.
  const search = { ...bounds, ways: bounds.paths + 1 }
  let met: string[] = []
  while (!met.length && from.hops + to.hops < bounds.hops) {
    const [forth, back] = [sizeOf(from.frontier), sizeOf(to.frontier)]
    if (!forth || !back) break
    const reached = forth <= back ? await goOn(from, search) : await goBack(to, search)
    const other = forth <= back ? to : from
    met = reached.filter((key) => other.far.has(key))
  }
  const found = pathsOver(met, from, to, bounds.paths + 1)
  const more = from.cut || to.cut || found.length > bounds.paths
  return { paths: await inWords(found.slice(0, bounds.paths)), more }
}

const sizeOf = ({ ids, scopes }: Places): number => ids.length + scopes.length
function ended(ids: string[], scopes: string[]): End {
  const keys = [...ids, ...scopes.map(everythingIn)]
  const far = new Map(keys.map((key) => [key, 0]))
  return { hops: 0, far, arrivals: new Map(), frontier: { ids, scopes }, cut: false }
}

type Search = Pick<PathBounds, 'open'> & { ways: number }
/** One round outwards. A step out of a scope in which all is had is taken from everything in it. @returns what is new */
async function goOn(end: End, search: Search): Promise<string[]> {
  return round(end, await stepsFrom(end.frontier, search), search, (step) => {
    const to = keyOf(step)
    const froms = [
      step.fromId,
      ...(step.toScopeId === step.fromScopeId ? [] : [everythingIn(step.fromScopeId)]),
    ]
    return to === undefined ? [] : froms.map((next) => ({ key: to, scope: scopeToGoOn(step), next }))
  })
}
const scopeToGoOn = ({ toId, scopeId }: BareStep): string | undefined => (toId === null ? scopeId : undefined)
const keyOf = ({ toId, toKind, scopeId }: BareStep): string | undefined =>
  toKind === 'administrator' ? everythingIn(scopeId) : (toId ?? undefined)

/** One round backwards. Who has everything in the scope of what takes a step takes it as well. @returns what is new */
async function goBack(end: End, search: Search): Promise<string[]> {
  return round(end, await stepsInto(end.frontier, search), search, (step) => {
    const next = keyOf(step)
    if (next === undefined) return []
    const scope = step.fromScopeId
    return [
      { key: step.fromId, scope: undefined, next },
      { key: everythingIn(scope), scope, next },
    ]
  })
}

type Found = { key: string; scope: string | undefined; next: string }
function round(
  end: End,
  steps: readonly BareStep[],
  { ways }: Search,
  foundBy: (step: BareStep) => readonly Found[],
): string[] {
  if (steps.length >= ROUND_MAX) end.cut = true
  const last = end.hops++
  const reached: string[] = []
  end.frontier = { ids: [], scopes: [] }
  for (const step of steps)
    for (const { key, scope, next } of foundBy(step)) {
      const known = end.far.get(key)
      if (end.far.get(next) !== last || (known !== undefined && known <= last)) continue
      if (known === undefined) {
        if (end.far.size >= NODES_MAX) {
          end.cut = true
          continue
        }
        end.far.set(key, end.hops)
        end.arrivals.set(key, [])
        reached.push(key)
        if (scope === undefined) end.frontier.ids.push(key)
        else end.frontier.scopes.push(scope)
      }
      const arrivals = end.arrivals.get(key)
      if (arrivals && arrivals.length < ways) arrivals.push({ step, next })
    }
  return reached
}

/** Each way goes through exactly one of the things at which the two ends met. */
function pathsOver(met: readonly string[], from: End, to: End, most: number): BareStep[][] {
  const paths: BareStep[][] = []
  for (const key of met)
    for (const before of waysOf(from, key))
      for (const after of waysOf(to, key)) {
        if (paths.length >= most) return paths
        paths.push([...before.toReversed(), ...after])
      }
  return paths
}

/** Steps between the thing and the end, those next to the thing first. */
function* waysOf(end: End, key: string): Generator<BareStep[]> {
  if (end.far.get(key) === 0) return yield []
  for (const { step, next } of end.arrivals.get(key) ?? [])
    for (const rest of waysOf(end, next)) yield [step, ...rest]
}

async function inWords(paths: readonly BareStep[][]): Promise<HeldStep[][]> {
  const rows = await inFull(paths.flat().map((step) => ({ step })))
  const held = new Map(rows.map(({ step }) => [step.id, step]))
  return paths
    .map((path) => path.flatMap(({ id }) => held.get(id) ?? []))
    .filter((path, at) => path.length === paths[at]?.length)
}

const scopeOf = async (id: string): Promise<string[]> => {
  const row = await db.identity.findUnique({ where: { id }, select: { scopeId: true } })
  return row ? [row.scopeId] : []
}
