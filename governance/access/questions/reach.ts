// How far a leak reaches, who can become an identity, and by which ways: over all sources, within bounds that are said.
import type { Actor } from '@/core/permissions'
import { resolveIdentity } from '@/inventory/queries/resolve-identity'
import { mustRead } from '@/inventory/queries/visible'
import { db } from '@/prisma/client'
import { findPaths } from '../find-paths'
import { administratorsOf, inFull, stepsInto, type BareStep } from '../held-steps'
import { reachFrom, reachInto, type Node, type Visited, type Walk } from '../walk'
import { about } from './about-field'
import { answered, type Answered } from './answered'
import { NODES_MAX, type BecomeQuestion, type PathQuestion, type ReachQuestion } from './input'
import { startOf } from './start-of'
import { targetOf } from './target-of'
import { viewsOf, type NodeView, type RightsView, type StepView } from './views'

/** One thing that is reached, with the last step to it. */
export type Reached = NodeView & { hops: number; step: StepView }
export type ReachAnswer = Answered & {
  from: { words: string; nodes: NodeView[] }
  reached: Reached[]
  /** Scopes in which everything is reached. */
  everything: { scope: RightsView['scope']; identities: number; step: StepView }[]
  counts: Record<string, number>
}
export type BecomeAnswer = Answered & {
  identity: NodeView
  become: Reached[]
  /** Administrators of its scope can act as it as well; counted, the first of them told. */
  administrators: { count: number; first: StepView[] }
}
export type PathAnswer = Answered & { from: string; to: string; paths: StepView[][] }

export async function reach(actor: Actor, asked: ReachQuestion): Promise<ReachAnswer> {
  const start = await about(
    'from',
    startOf(actor, asked.from, { scope: asked.scope, certain: asked.certain }),
  )
  const walk = await reachFrom(start.nodes, { hops: asked.hops, nodes: NODES_MAX, open: !asked.certain })
  const [found, everything, sizes] = await Promise.all([
    inFull(stepped(walk)),
    inFull([...walk.everything.values()].map((step) => ({ step }))),
    identitiesIn([...walk.everything.keys()]),
  ])
  const steps = [...found, ...everything].map(({ step }) => step)
  const views = await viewsOf(actor, steps, start.nodes)
  return {
    from: { words: start.words, nodes: start.nodes.slice(0, 20).map(({ id, kind }) => views.node(id, kind)) },
    reached: found.map((one) => ({
      ...views.node(one.id, one.kind),
      hops: one.hops,
      step: views.step(one.step),
    })),
    everything: everything.map(({ step }) => {
      const view = views.step(step)
      return { scope: (view.to as RightsView).scope, identities: sizes.get(step.scopeId) ?? 0, step: view }
    }),
    counts: counted(found),
    ...(await answered(actor, walk.cut ?? (start.more ? 'starts' : undefined))),
  }
}

export async function whoCanBecome(actor: Actor, asked: BecomeQuestion): Promise<BecomeAnswer> {
  mustRead(actor, 'access:read')
  const id = await about('identity', resolveIdentity(actor, asked.identity, asked.scope))
  const end: Node = { id, kind: 'identity' }
  const walk = await reachInto([end], { hops: asked.hops, nodes: NODES_MAX, open: !asked.certain })
  const row = await db.identity.findUniqueOrThrow({ where: { id }, select: { scopeId: true } })
  const open = !asked.certain
  const ruling = await stepsInto({ ids: [], scopes: [row.scopeId] }, { open, limit: FIRST + 1 })
  const [found, first, count] = await Promise.all([
    inFull(stepped(walk)),
    inFull(
      ruling
        .filter(({ fromId }) => fromId !== id)
        .slice(0, FIRST)
        .map((step) => ({ step })),
    ),
    administratorsOf(row.scopeId, id, { open }),
  ])
  const views = await viewsOf(
    actor,
    [...found, ...first].map(({ step }) => step),
    [end],
  )
  return {
    identity: views.node(id, 'identity'),
    become: found.map((one) => ({
      ...views.node(one.id, one.kind),
      hops: one.hops,
      step: views.step(one.step),
    })),
    administrators: { count, first: first.map(({ step }) => views.step(step)) },
    ...(await answered(actor, walk.cut)),
  }
}
const FIRST = 20

export async function paths(actor: Actor, asked: PathQuestion): Promise<PathAnswer> {
  const start = await about('from', startOf(actor, asked.from, { certain: asked.certain }))
  const { target, words } = await about('to', targetOf(actor, asked.to))
  const { paths: found, more } = await findPaths(start.nodes, target, {
    hops: asked.hops,
    paths: asked.paths,
    open: !asked.certain,
  })
  const views = await viewsOf(actor, found.flat())
  return {
    from: start.words,
    to: words,
    paths: found.map((path) => path.map((step) => views.step(step))),
    ...(await answered(actor, more ? 'nodes' : start.more ? 'starts' : undefined)),
  }
}

type Stepped = Visited & { step: BareStep }
const stepped = ({ visited }: Walk): Stepped[] =>
  [...visited.values()].filter((one): one is Stepped => one.step !== undefined)

function counted(found: readonly Visited[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { kind } of found) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}

async function identitiesIn(scopeIds: string[]): Promise<Map<string, number>> {
  if (!scopeIds.length) return new Map()
  const rows = await db.identity.groupBy({
    by: ['scopeId'],
    where: { scopeId: { in: scopeIds }, retiredAt: null },
    _count: true,
  })
  return new Map(rows.map(({ scopeId, _count }) => [scopeId, _count]))
}
