// One framework with its controls: what its rules say of each, over the last month, and where the evidence is.
import { RollcallError } from '@/core/errors'
import type { Actor } from '@/core/permissions'
import { completenessOf } from '@/inventory/queries/completeness-of'
import { hasRealScope } from '@/inventory/queries/counted-scopes'
import { ruleAnswers, type RuleAnswers } from '@/inventory/queries/rule-answers'
import { ruleTrend, type TrendPoint } from '@/inventory/queries/rule-trend'
import { countsOf, stateOf, trendOf, type ControlCounts, type CountPoint } from './control-counts'
import type { Control, Framework } from './framework'
import type { ControlFilter, ControlState } from './framework-filter'
import { frameworkOf, FRAMEWORKS } from './frameworks'
import { frameworkRow, RULE_IDS } from './list-frameworks'
import { rulesOf } from './rules-of-controls'
import { successorsOf } from './successors'

export type ControlRow = Control & {
  /** The id with its prefix, as rules and findings name it. */
  control: string
  state: ControlState
  counts: ControlCounts
  /** Each rule that speaks to it, with its own answers. */
  rules: RuleAnswers[]
  /** The last thirty days, where they are known; empty for readers who see only what they own. */
  trend: CountPoint[]
}

/** @throws RollcallError `not-found`, saying what there is */
function mustKnow(id: string): Framework {
  const found = frameworkOf(id)
  if (found) return found
  const ids = FRAMEWORKS.map((one) => one.id).join(', ')
  throw new RollcallError('not-found', `There is no framework ${JSON.stringify(id)}. There are: ${ids}.`)
}

function rowOf(
  framework: Framework,
  control: Control,
  answers: ReadonlyMap<string, RuleAnswers>,
  points: readonly TrendPoint[],
): ControlRow {
  const id = `${framework.id}:${control.id}`
  const ids = rulesOf(id)
  const rules = ids.flatMap((rule) => answers.get(rule) ?? [])
  const counts = countsOf(rules)
  return { ...control, control: id, rules, counts, state: stateOf(ids, counts), trend: trendOf(ids, points) }
}

const has = <T extends string>(words: readonly (T | 'any')[] | undefined, of: readonly T[]) =>
  !words || words.includes('any') || of.some((word) => words.includes(word))

/** Whether the filter lets it through; `now` are the ids that took the place of one that was asked for. */
function fits(
  row: ControlRow,
  { q, state, excepted, baseline }: ControlFilter,
  now: readonly string[] | undefined,
) {
  const text = q?.toLowerCase()
  const found =
    now?.includes(row.id) ??
    (!text ||
      [row.control, row.title, row.gist, row.text].some((one) => one?.toLowerCase().includes(text) === true))
  return (
    found &&
    has(state, [row.state]) &&
    has(excepted, [row.counts.excepted ? 'yes' : 'no']) &&
    has(baseline, row.baselines ?? [])
  )
}

/**
 * @throws RollcallError `forbidden`, and `not-found` where there is no such framework
 */
export async function getFramework(actor: Actor, id: string, filter: ControlFilter = {}) {
  const framework = mustKnow(id)
  const [answers, points, completeness] = await Promise.all([
    ruleAnswers(actor, RULE_IDS),
    ruleTrend(actor),
    completenessOf(actor, { realOnly: await hasRealScope() }),
  ])
  const successors = framework.id === 'csf' && filter.q ? successorsOf(filter.q) : undefined
  const rows = framework.controls
    .map((control) => rowOf(framework, control, answers, points ?? []))
    .filter((row) => fits(row, filter, successors?.now))
  return {
    framework: frameworkRow(framework, answers),
    rows,
    ...(successors && { successors }),
    completeness,
  }
}
export type FrameworkDetail = Awaited<ReturnType<typeof getFramework>>
