// Every framework with how its controls stand.
import type { Actor } from '@/core/permissions'
import { completenessOf } from '@/inventory/queries/completeness-of'
import { hasRealScope } from '@/inventory/queries/counted-scopes'
import { ruleAnswers, type RuleAnswers } from '@/inventory/queries/rule-answers'
import { rules } from '@/rules'
import { countsOf, stateOf } from './control-counts'
import type { Framework } from './framework'
import { CONTROL_STATES, type ControlState } from './framework-filter'
import { FRAMEWORKS } from './frameworks'
import { rulesOf } from './rules-of-controls'

export type FrameworkRow = Omit<Framework, 'controls' | 'quotable'> & {
  /** All controls listed here. */
  controls: number
  /** Those that at least one rule speaks to. */
  spoken: number
  /** Rules that speak to any of them. */
  rules: number
  /** Controls in each state. */
  states: Record<ControlState, number>
  /** Controls of which something that fails stands under an exception. They are among the failing. */
  excepted: number
}

const known = (ids: readonly string[], answers: ReadonlyMap<string, RuleAnswers>) =>
  ids.flatMap((id) => answers.get(id) ?? [])

/** The answers of rules to what control, for all that is asked here. */
export const RULE_IDS: readonly string[] = rules.map(({ meta }) => meta.id)

export function frameworkRow(
  { controls, quotable: _, ...framework }: Framework,
  answers: ReadonlyMap<string, RuleAnswers>,
): FrameworkRow {
  const states = Object.fromEntries(CONTROL_STATES.map((state) => [state, 0])) as Record<ControlState, number>
  const speaking = controls.map(({ id }) => rulesOf(`${framework.id}:${id}`))
  let excepted = 0
  for (const ids of speaking) {
    const counts = countsOf(known(ids, answers))
    states[stateOf(ids, counts)]++
    if (counts.excepted) excepted++
  }
  return {
    ...framework,
    controls: controls.length,
    spoken: speaking.filter((ids) => ids.length > 0).length,
    rules: new Set(speaking.flat()).size,
    states,
    excepted,
  }
}

/** @throws RollcallError `forbidden` */
export async function listFrameworks(actor: Actor) {
  const [answers, completeness] = await Promise.all([
    ruleAnswers(actor, RULE_IDS),
    completenessOf(actor, { realOnly: await hasRealScope() }),
  ])
  return { rows: FRAMEWORKS.map((framework) => frameworkRow(framework, answers)), completeness }
}
