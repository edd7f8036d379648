// What is said of each control a pack is asked about, counted on its population.
import type { ControlResult, ControlState, RuleTest, SignedOff, SourceLine } from '@/evidence/report/facts'
import type { SubjectKind } from '@/core/subject'
import { rules } from '@/rules'
import { controlsAsked } from '../controls'
import type { Asked } from '../part'
import { isWhole } from '../parts/population'
import { testOf } from '../ready'
import { gapsOfControl } from './gaps'
import { isReviewed } from './reviewed-controls'
import type { Alike } from './subjects-of-pack'

/** No failure is said only where every rule was asked everywhere, all was seen that it needs, and every answer is a pass. */
export function stateOf(tests: readonly RuleTest[], gaps: readonly string[]): ControlState {
  const sum = (of: (one: RuleTest) => number) => tests.reduce((total, one) => total + of(one), 0)
  if (!tests.length) return 'no-rule'
  if (sum(({ fail }) => fail)) return 'failing'
  if (gaps.length || sum(({ unknown, notAsked }) => unknown + notAsked)) return 'cannot-tell'
  return sum(({ pass }) => pass) ? 'no-failure' : 'nothing-judged'
}

/** How many of the population are of the kinds that its rules speak of, whether or not these apply to each. */
function populationOf(ids: readonly string[], alike: readonly Alike[]): number {
  const kinds = new Set<SubjectKind>(
    rules.filter(({ meta }) => ids.includes(meta.id)).map(({ meta }) => meta.subject),
  )
  // What no rule speaks to people look at: identities.
  if (!kinds.size) kinds.add('identity')
  return alike.reduce((sum, one) => sum + (kinds.has(one.kind) ? one.count : 0), 0)
}

type Known = {
  tests: readonly RuleTest[]
  alike: readonly Alike[]
  lines: readonly SourceLine[]
  signOffs: readonly SignedOff[]
}

export function controlResults(
  asked: Pick<Asked, 'controls' | 'filter'>,
  { tests, alike, lines, signOffs }: Known,
): ControlResult[] {
  const byId = new Map(tests.map((one) => [one.id, one]))
  return controlsAsked(asked.controls).map(({ framework, control, rules: ids }) => {
    const own = ids.flatMap((id) => byId.get(id) ?? [])
    const gaps = gapsOfControl(own, lines, isWhole(asked.filter))
    const test = testOf(`${framework.id}:${control.id}`)
    return {
      framework: { id: framework.id, title: framework.title, version: framework.version },
      control: control.id,
      title: control.title,
      ...(control.text !== undefined && { text: control.text }),
      state: stateOf(own, gaps),
      ...(test !== undefined && { test }),
      population: populationOf(ids, alike),
      rules: own,
      gaps,
      signOffs: isReviewed(`${framework.id}:${control.id}`) ? [...signOffs] : [],
    }
  })
}
