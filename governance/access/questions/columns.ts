// The columns of answers about access as files: what stands on the screen, named and filled the same way.
import type { ChokePoint, ChokePointsAnswer } from '../choke-points/choke-points'
import type { GrantUse, UnusedAnswer } from '../unused/unused'
import type { Column } from '@/inventory/queries/columns'
import type { BecomeAnswer, PathAnswer, ReachAnswer, Reached } from './reach'
import type { NodeView, StepView } from './views'

type Placed = { nodeId: string; node: string; kind: string; scope: string; hops: string; step: StepView }
/** One step of what is to be taken away. */
type CutRow = { at: number; point: ChokePoint; step: StepView }
/** A right of a grant; a grant whose use is not known has one row and names no right. */
type RightRow = { grant: GrantUse; right: string; use: string }
type OnPath = { path: number; place: number; step: StepView }

const nameOf = ({ end }: NodeView): string => end?.name ?? 'hidden'
const targetName = (to: StepView['to']): string =>
  'scope' in to
    ? `${to.kind === 'administrator' ? 'everything' : 'more rights'} in ${to.scope.name}`
    : nameOf(to)
const targetId = (to: StepView['to']): string => ('scope' in to ? to.scope.id : to.id)

const column = <R>(key: string, title: string, csv: (row: R) => string, always?: true): Column<R> => ({
  key,
  title,
  csv,
  ...(always && { always }),
})
const stepColumns: readonly Column<{ step: StepView }>[] = [
  column('fromId', 'From id', ({ step }) => step.from.id),
  column('from', 'From', ({ step }) => nameOf(step.from)),
  column('to', 'To', ({ step }) => targetName(step.to)),
  column('by', 'By', ({ step }) => step.by),
  column('title', 'Way', ({ step }) => step.title ?? ''),
  column('certainty', 'Certainty', ({ step }) => step.certainty),
  column('because', 'Because', ({ step }) => step.because.join(' | ')),
  column('missing', 'Not known', ({ step }) => step.missing.join(' | ')),
  column('since', 'Since', ({ step }) => step.since),
]

const placed = column<Placed>
export const placedColumns: readonly Column<Placed>[] = [
  placed('id', 'Id', (r) => r.nodeId, true),
  placed('name', 'Name', (r) => r.node),
  placed('kind', 'Kind', (r) => r.kind),
  placed('scope', 'Scope', (r) => r.scope),
  placed('hops', 'Steps', (r) => r.hops),
  ...stepColumns,
]

const onPath = column<OnPath>
export const pathColumns: readonly Column<OnPath>[] = [
  onPath('path', 'Way number', (r) => String(r.path), true),
  onPath('place', 'Step', (r) => String(r.place), true),
  onPath('toId', 'To id', ({ step }) => targetId(step.to)),
  ...stepColumns,
]

const cut = column<CutRow>
export const cutColumns: readonly Column<CutRow>[] = [
  cut('point', 'Number', (r) => String(r.at), true),
  cut('kind', 'Kind', (r) => r.point.kind, true),
  cut('remove', 'Take away', (r) => r.point.remove),
  cut('use', 'Use', (r) => r.point.use.answer),
  cut('useWords', 'What is known of use', (r) => r.point.use.words),
  cut('confirmed', 'Judged without it', (r) => r.point.confirmed.words),
  cut('steps', 'Steps', (r) => String(r.point.count)),
  ...stepColumns,
]

const right = column<RightRow>
export const unusedColumns: readonly Column<RightRow>[] = [
  right('grant', 'Grant', (r) => r.grant.name, true),
  right('via', 'Held', (r) => r.grant.via),
  right('effect', 'Effect', (r) => r.grant.effect),
  right('right', 'Right', (r) => r.right, true),
  right('use', 'Use', (r) => r.use, true),
  right('from', 'Looked at from', (r) => r.grant.window?.from ?? ''),
  right('to', 'Looked at to', (r) => r.grant.window?.to ?? ''),
  right('why', 'Why', (r) => r.grant.why ?? ''),
]

const reachedRow = ({ id, kind, end, hops, step }: Reached): Placed => ({
  nodeId: id,
  node: end?.name ?? 'hidden',
  kind,
  scope: end?.scope.name ?? '',
  hops: String(hops),
  step,
})

/** Everything in a scope comes first, as on the screen: it is one row, however many it stands for. */
export const reachRows = ({ everything, reached }: ReachAnswer): Placed[] => [
  ...everything.map(({ scope, step }): Placed => ({
    nodeId: scope.id,
    node: `everything in ${scope.name}`,
    kind: 'administrator',
    scope: scope.name,
    hops: '',
    step,
  })),
  ...reached.map(reachedRow),
]
export const becomeRows = ({ become }: BecomeAnswer): Placed[] => become.map(reachedRow)
export const pathRows = ({ paths }: PathAnswer): OnPath[] =>
  paths.flatMap((path, i) => path.map((step, j) => ({ path: i + 1, place: j + 1, step })))
export const cutRows = ({ points }: ChokePointsAnswer): CutRow[] =>
  points.flatMap((point, i) => point.steps.map((step) => ({ at: i + 1, point, step })))
export const unusedRows = ({ grants }: UnusedAnswer): RightRow[] =>
  grants.flatMap((grant): RightRow[] => {
    const of = (use: string, rights: readonly string[]) => rights.map((name) => ({ grant, right: name, use }))
    if (grant.use === 'unknown') return [{ grant, right: '', use: 'unknown' }]
    return [...of('seen', grant.seen), ...of('may-be', grant.mayBe), ...of('not-seen', grant.notSeen)]
  })
