// The columns of frameworks and of their controls, for exports. A count that was not made has a word and is never 0.
import type { Column } from '@/inventory/queries/columns'
import type { ControlRow } from './get-framework'
import type { FrameworkRow } from './list-frameworks'

const counted = (n: number | undefined): string => (n === undefined ? 'not counted' : String(n))

export const frameworkColumns: readonly Column<FrameworkRow>[] = [
  { key: 'id', title: 'Id', csv: (r) => r.id, always: true },
  { key: 'title', title: 'Framework', csv: (r) => r.title },
  { key: 'version', title: 'Version', csv: (r) => r.version },
  { key: 'publisher', title: 'Publisher', csv: (r) => r.publisher },
  { key: 'controls', title: 'Controls listed', csv: (r) => String(r.controls) },
  { key: 'spoken', title: 'Controls with rules', csv: (r) => String(r.spoken) },
  { key: 'failing', title: 'Failing', csv: (r) => String(r.states.failing) },
  { key: 'excepted', title: 'With exceptions', csv: (r) => String(r.excepted) },
  { key: 'cannotTell', title: 'Cannot tell', csv: (r) => String(r.states['cannot-tell']) },
  { key: 'noFailure', title: 'No failure', csv: (r) => String(r.states['no-failure']) },
  { key: 'nothingJudged', title: 'Nothing to judge', csv: (r) => String(r.states['nothing-judged']) },
  { key: 'noRule', title: 'No rule', csv: (r) => String(r.states['no-rule']) },
  { key: 'licence', title: 'Licence', csv: (r) => r.licence },
]

export const controlColumns: readonly Column<ControlRow>[] = [
  { key: 'control', title: 'Control', csv: (r) => r.control, always: true },
  { key: 'group', title: 'Part', csv: (r) => r.group ?? '' },
  { key: 'title', title: 'Title', csv: (r) => r.title },
  { key: 'text', title: 'Statement', csv: (r) => r.text ?? '' },
  { key: 'gist', title: 'In our words', csv: (r) => r.gist ?? '' },
  {
    key: 'baselines',
    title: 'Baselines',
    csv: (r) => (r.baselines ? r.baselines.join(' ') || 'none' : ''),
  },
  { key: 'state', title: 'State', csv: (r) => r.state },
  { key: 'rules', title: 'Rules', csv: (r) => r.rules.map(({ ruleId }) => ruleId).join(' ') },
  { key: 'fail', title: 'Failing', csv: (r) => String(r.counts.fail) },
  { key: 'excepted', title: 'Failing, excepted', csv: (r) => String(r.counts.excepted) },
  {
    key: 'notExcepted',
    title: 'Failing, not excepted',
    csv: (r) => String(r.counts.fail - r.counts.excepted),
  },
  { key: 'unknown', title: 'Not decided', csv: (r) => String(r.counts.unknown) },
  { key: 'pass', title: 'Passing', csv: (r) => counted(r.counts.pass) },
  {
    key: 'stalePass',
    title: 'Passing, out of date',
    csv: (r) => counted(r.counts.stalePass),
  },
  { key: 'notAsked', title: 'Scopes not asked', csv: (r) => counted(r.counts.notAsked) },
  { key: 'trendFrom', title: 'Known since', csv: (r) => r.trend[0]?.at ?? 'not known' },
  { key: 'failBefore', title: 'Failing then', csv: (r) => counted(r.trend[0]?.fail) },
  { key: 'unknownBefore', title: 'Not decided then', csv: (r) => counted(r.trend[0]?.unknown) },
]
