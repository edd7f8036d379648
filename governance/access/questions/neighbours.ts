// What stands next to an identity: who can act as it at once, and what it comes to within two steps. For its own page.
import type { Actor } from '@/core/permissions'
import { mustRead } from '@/inventory/queries/visible'
import { db } from '@/prisma/client'
import { administratorsOf, inFull, type BareStep } from '../held-steps'
import { reachFrom, reachInto, type Visited, type Walk } from '../walk'
import type { Reached } from './reach'
import { viewsOf, type RightsView, type StepView } from './views'

export const NEAR_HOPS = 2
/** Things looked at on either side: whoever wants more asks the question itself. */
const NEAR_MAX = 500
/** Things named on either side, the nearest and surest first. */
const NAMED_MAX = 24

type Side = {
  rows: Reached[]
  count: number
  /** Whether there are more than were counted. */
  more: boolean
}
export type Neighbours = {
  before: Side
  after: Side
  /** Scopes of which it is administrator, or comes to be within two steps. */
  everything: { scope: RightsView['scope']; step: StepView }[]
  /** Others that may do everything in its scope, and so act as it. */
  administrators: { count: number }
  /** When its scope was last analysed; empty where it never was. */
  analysedAt: string | null
}

const SURENESS = ['observed', 'possible', 'depends']
type Stepped = Visited & { step: BareStep }
const nearest = ({ visited }: Walk): Stepped[] =>
  [...visited.values()]
    .filter((one): one is Stepped => one.step !== undefined)
    .sort(
      (a, b) => a.hops - b.hops || SURENESS.indexOf(a.step.certainty) - SURENESS.indexOf(b.step.certainty),
    )

export async function neighbours(actor: Actor, id: string, scopeId: string): Promise<Neighbours> {
  mustRead(actor, 'access:read')
  const self = [{ id, kind: 'identity' as const }]
  const [into, from, administrators, analysis] = await Promise.all([
    reachInto(self, { hops: 1, nodes: NEAR_MAX, open: true }),
    reachFrom(self, { hops: NEAR_HOPS, nodes: NEAR_MAX, open: true }),
    administratorsOf(scopeId, id, { open: true }),
    db.accessAnalysis.findUnique({ where: { scopeId }, select: { analysedAt: true } }),
  ])
  const sides = [into, from].map(nearest)
  const named = await Promise.all(sides.map((side) => inFull(side.slice(0, NAMED_MAX))))
  const everything = await inFull([...from.everything.values()].map((step) => ({ step })))
  const views = await viewsOf(
    actor,
    [...named.flat(), ...everything].map(({ step }) => step),
    self,
  )
  const [before, after] = sides.map((side, i) => ({
    rows: (named[i] ?? []).map((one) => ({
      ...views.node(one.id, one.kind),
      hops: one.hops,
      step: views.step(one.step),
    })),
    count: side.length,
    more: (i === 0 ? into : from).cut === 'nodes',
  })) as [Side, Side]
  return {
    before,
    after,
    everything: everything.map(({ step }) => {
      const view = views.step(step)
      return { scope: (view.to as RightsView).scope, step: view }
    }),
    administrators: { count: administrators },
    analysedAt: analysis?.analysedAt.toISOString() ?? null,
  }
}
