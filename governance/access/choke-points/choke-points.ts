// "What is the least to take away so that nobody comes there any more?", tried out, with what was seen using it.
import type { Instant } from '@/core/fact'
import type { Actor } from '@/core/permissions'
import { mustRead } from '@/inventory/queries/visible'
import type { Target } from '../find-paths'
import { inFull, type HeldStep } from '../held-steps'
import { answered, type Answered } from '../questions/answered'
import { HOPS_MAX } from '../questions/input'
import { startOf, type Start } from '../questions/start-of'
import { targetOf } from '../questions/target-of'
import { viewsOf, type NodeView, type StepView } from '../questions/views'
import { Trials, type Confirmation } from './confirm-removal'
import type { ChokePointsQuestion } from './input'
import { useOf, usesOf, type StepUse } from './observed-use'
import { arriving, countWays, onTheWay } from './on-the-way'
import { planCut } from './plan-cut'
import { removalsOf, type Removal } from './removables'
import { machinesAmong, waysTo, type Link } from './ways'

export type ChokePoint = {
  kind: Removal['kind']
  /** What to take away, in words; empty where it is not told what the step rests on. */
  remove: string
  /** Whether the evaluator finds the steps gone without it. */
  confirmed: Confirmation
  /** Steps that go with it: the first of them, and how many. */
  steps: StepView[]
  count: number
  use: StepUse
}
export type ChokePointsAnswer = Answered & {
  from: string
  to: string
  hops: number
  /** certain: every way is cut; impossible: nothing that could be taken away cuts all of them; none: there is no way. */
  cut: 'found' | 'impossible' | 'none'
  points: ChokePoint[]
  /** Ways that there are now, none of which meets anything twice, and from how many starts. */
  ways: { count: number; more: boolean; sources: number }
  /** Tried out: starts that still come there, by ways of at most so many steps. */
  after: { sources: number; hops: number; first: NodeView[]; more: boolean }
  /** Since when something counts as used. */
  since: Instant
}

const FIRST = 20
const DAY_MS = 24 * 60 * 60_000
const EVERY_MACHINE = 'every identity that a machine uses, or of which it is not clear who does'

export async function chokePoints(actor: Actor, asked: ChokePointsQuestion): Promise<ChokePointsAnswer> {
  mustRead(actor, 'access:read')
  const start =
    asked.from === undefined ? undefined : await startOf(actor, asked.from, { certain: asked.certain })
  const { target, words } = await targetOf(actor, asked.to)
  const bounds = { hops: asked.hops, open: !asked.certain }
  const since = new Date(Date.now() - asked.days * DAY_MS)
  const ways = await waysTo(target, bounds)
  const starts = await startsIn(ways.far, start)
  const links = onTheWay(ways, starts, asked.hops)
  const sources = arriving({ links, end: ways.end }, starts)
  const chosen = await chosenOf(links, sources, ways.end, since)
  const after = await triedOut(target, chosen?.steps ?? [], start, bounds.open)
  const views = await viewsOf(
    actor,
    chosen?.points.flatMap(({ steps }) => steps.slice(0, FIRST)) ?? [],
    after.sources.slice(0, FIRST).map((id) => ({ id, kind: kindOf(links, start, id) })),
  )
  const { ways: count, more } = countWays({ links, far: ways.far, end: ways.end }, sources, asked.hops)
  return {
    from: start?.words ?? EVERY_MACHINE,
    to: words,
    hops: asked.hops,
    cut: !sources.length ? 'none' : chosen ? 'found' : 'impossible',
    points: await pointsOf(chosen, views.step),
    ways: { count, more, sources: sources.length },
    after: {
      sources: after.sources.length,
      hops: HOPS_MAX,
      first: after.sources.slice(0, FIRST).map((id) => views.node(id, kindOf(links, start, id))),
      more: after.cut,
    },
    since: since.toISOString(),
    ...(await answered(actor, ways.cut ?? (start?.more ? 'starts' : undefined))),
  }
}

type Point = { removal: Removal; steps: HeldStep[]; use: StepUse }
type Chosen = { points: Point[]; steps: HeldStep[] } | undefined
const USED = { 'no-use-seen': 0, unknown: 1, 'would-break': 2 } as const

async function chosenOf(
  links: readonly Link[],
  sources: readonly string[],
  end: string,
  since: Date,
): Promise<Chosen> {
  if (!sources.length) return undefined
  const bare = new Map(links.flatMap(({ step }) => (step ? [[step.id, { step }] as const] : [])))
  const steps = (await inFull([...bare.values()])).map(({ step }) => step)
  const [removalOf, uses] = await Promise.all([removalsOf(steps), usesOf(steps, since)])
  const groups = new Map<string, Point>()
  for (const step of steps) {
    const removal = removalOf(step.id)
    const group = groups.get(removal.key)
    if (group) group.steps.push(step)
    else groups.set(removal.key, { removal, steps: [step], use: NOT_ASKED })
  }
  for (const group of groups.values()) group.use = useOf(group.removal, group.steps, uses)
  const plan = planCut(
    links,
    (id) => {
      const { key, side, firm } = removalOf(id)
      return { key, side, firm, use: USED[groups.get(key)?.use.answer ?? 'unknown'] }
    },
    sources,
    end,
  )
  if (!plan) return undefined
  const points = plan.keys.flatMap((key) => groups.get(key) ?? [])
  return { points, steps: points.flatMap((point) => point.steps) }
}
const NOT_ASKED: StepUse = { answer: 'unknown', words: 'Use is not known.', seen: [], workloads: [] }

async function pointsOf(chosen: Chosen, view: (step: HeldStep) => StepView): Promise<ChokePoint[]> {
  const trials = new Trials()
  const points: ChokePoint[] = []
  for (const { removal, steps, use } of chosen?.points ?? []) {
    const shown = steps.slice(0, FIRST).map(view)
    points.push({
      kind: removal.kind,
      remove: removal.words,
      confirmed: await trials.confirm(removal, steps),
      steps: shown,
      count: steps.length,
      use: visible(use, shown),
    })
  }
  return points
}

/** Of what the reader may not see only the answer is told. */
function visible(use: StepUse, steps: readonly StepView[]): StepUse {
  const hidden = steps.some(
    ({ from, to }) => ('hidden' in from && from.hidden) || ('hidden' in to && to.hidden),
  )
  return hidden ? { ...use, words: 'You may not see what it is.', seen: [], workloads: [] } : use
}

/** Walks again without what is taken away, and further than asked: ways that are longer are left, and told. */
async function triedOut(
  target: Target,
  taken: readonly HeldStep[],
  start: Start | undefined,
  open: boolean,
): Promise<{ sources: string[]; cut: boolean }> {
  const without = new Set(taken.map(({ id }) => id))
  const ways = await waysTo(target, { hops: HOPS_MAX, open, without })
  const starts = await startsIn(ways.far, start)
  return { sources: arriving(ways, starts), cut: ways.cut !== undefined }
}

/** Machines that are there to be found, or the starts that were named. */
const startsIn = async (far: ReadonlyMap<string, number>, start: Start | undefined): Promise<string[]> =>
  start
    ? start.nodes.map(({ id }) => id)
    : machinesAmong([...far.keys()].filter((id) => !id.startsWith('everything ')))

const kindOf = (links: readonly Link[], start: Start | undefined, id: string): NodeView['kind'] =>
  start?.nodes.find((one) => one.id === id)?.kind ??
  links.find(({ step }) => step?.fromId === id)?.step?.fromKind ??
  'identity'
