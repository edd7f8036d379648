// All steps that lie on a way of bounded length from some things to a target, over all sources.
import { db } from '@/prisma/client'
import type { Target } from '../find-paths'
import { stepsInto, type BareStep } from '../held-steps'

/** One way on. Without a step: whoever is administrator of a scope acts as what is in it. */
export type Link = { from: string; to: string; step?: BareStep }
export type Ways = {
  links: Link[]
  /** Steps to the target, at least. */
  far: Map<string, number>
  /** The node that all ways lead to. */
  end: string
  /** Set where a bound was met: there are ways beside those that are here. */
  cut?: 'nodes'
}
export type WayBounds = { hops: number; open: boolean; without?: ReadonlySet<string> }

/** Things and steps looked at in one question. */
const NODES_MAX = 20_000
const STEPS_MAX = 20_000

/** The node that stands for everything in a scope. */
export const everythingIn = (scopeId: string): string => `everything ${scopeId}`
export const endOf = (step: BareStep): string | undefined =>
  step.toKind === 'administrator' ? everythingIn(step.scopeId) : (step.toId ?? undefined)

/** Backwards from the target, breadth first. Administrators of the scope that something is in come to it as well. */
export async function waysTo(target: Target, { hops, open, without }: WayBounds): Promise<Ways> {
  const end = target.kind === 'everything' ? everythingIn(target.scopeId) : target.id
  const ways: Ways = { links: [], far: new Map([[end, 0]]), end }
  let frontier = target.kind === 'everything' ? [] : await placesOf(target.id)
  let whole = target.kind === 'everything' ? [target.scopeId] : []
  for (let hop = 1; hop <= hops && (frontier.length || whole.length); hop++) {
    for (const { id, scopeId } of frontier) {
      const all = everythingIn(scopeId)
      if (!ways.far.has(all)) {
        ways.far.set(all, hop - 1)
        whole.push(scopeId)
      }
      ways.links.push({ from: all, to: id })
    }
    const ids = frontier.map(({ id }) => id)
    const steps = await stepsInto({ ids, scopes: whole }, { open, limit: STEPS_MAX })
    whole = []
    frontier = taken(ways, steps, hop, without)
  }
  return ways
}

type Place = { id: string; scopeId: string }
/** Keeps the steps. @returns what was not known before */
function taken(
  ways: Ways,
  steps: readonly BareStep[],
  hop: number,
  without: ReadonlySet<string> | undefined,
): Place[] {
  if (steps.length >= STEPS_MAX || ways.links.length + steps.length > STEPS_MAX * 2) ways.cut = 'nodes'
  const found: Place[] = []
  for (const step of steps.slice(0, STEPS_MAX)) {
    const to = endOf(step)
    if (to === undefined || without?.has(step.id) || ways.links.length >= STEPS_MAX * 2) continue
    if (!ways.far.has(step.fromId)) {
      if (ways.far.size >= NODES_MAX) {
        ways.cut = 'nodes'
        continue
      }
      ways.far.set(step.fromId, hop)
      found.push({ id: step.fromId, scopeId: step.fromScopeId })
    }
    ways.links.push({ from: step.fromId, to, step })
  }
  return found
}

const placesOf = (id: string): Promise<Place[]> =>
  db.identity.findMany({ where: { id }, select: { id: true, scopeId: true } })

/** Identities among these that a machine uses, or of which it is not clear who does. */
export async function machinesAmong(ids: readonly string[]): Promise<string[]> {
  const rows = await db.identity.findMany({
    where: { id: { in: [...ids] }, class: { in: ['machine', 'unclear'] }, retiredAt: null },
    select: { id: true },
    orderBy: { id: 'asc' },
  })
  return rows.map(({ id }) => id)
}
