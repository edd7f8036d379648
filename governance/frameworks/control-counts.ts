// What the answers of its rules say about a control. Unknown, out of date and not asked are never a pass. Pure.
import type { RuleAnswers } from '@/inventory/queries/rule-answers'
import type { RulePoint, TrendPoint } from '@/inventory/queries/rule-trend'
import type { ControlState } from './framework-filter'

export type ControlCounts = {
  /** Verdicts of all its rules: a subject that two of them judge counts twice. Unset for owners. */
  pass?: number
  fail: number
  /** Of those that fail: under an approved exception. They fail all the same, so that the state is what it was. */
  excepted: number
  unknown: number
  /** Scopes, once for each rule that was not asked about them. Unset for owners. */
  notAsked?: number
  /** Passes that rest on looks that are out of date. Unset for owners. */
  stalePass?: number
}
export type CountPoint = { at: string; pass: number; fail: number; unknown: number }

const sumOf = (answers: readonly RuleAnswers[], of: (one: RuleAnswers) => number | undefined) => {
  const told = answers.map(of)
  return told.some((n) => n === undefined) ? undefined : told.reduce<number>((sum, n = 0) => sum + n, 0)
}

export function countsOf(answers: readonly RuleAnswers[]): ControlCounts {
  const optional = {
    pass: sumOf(answers, (one) => one.pass),
    notAsked: sumOf(answers, (one) => one.notAsked),
    stalePass: sumOf(answers, (one) => one.stalePass),
  }
  return {
    fail: sumOf(answers, (one) => one.fail) ?? 0,
    excepted: sumOf(answers, (one) => one.excepted) ?? 0,
    unknown: sumOf(answers, (one) => one.unknown) ?? 0,
    ...Object.fromEntries(Object.entries(optional).filter(([, n]) => n !== undefined)),
  }
}

/** What can be said of it. `no-failure` only where every rule was asked everywhere, and each answer is a pass that still counts. */
export function stateOf(rules: readonly string[], counts: ControlCounts): ControlState {
  if (rules.length === 0) return 'no-rule'
  const { pass, fail, unknown, notAsked, stalePass } = counts
  if (fail > 0) return 'failing'
  // What an owner does not see passing nobody counted for them.
  if (unknown > 0 || pass === undefined || notAsked || stalePass) return 'cannot-tell'
  return pass > 0 ? 'no-failure' : 'nothing-judged'
}

/** The counts of a control on the days on which any of its rules had been asked, the oldest first. */
export function trendOf(rules: readonly string[], points: readonly TrendPoint[]): CountPoint[] {
  return points.flatMap(({ at, rules: all }) => {
    const own = all.filter(({ ruleId }) => rules.includes(ruleId))
    const sum = (of: (one: RulePoint) => number) => own.reduce((total, one) => total + of(one), 0)
    return own.length
      ? [
          {
            at,
            pass: sum((one) => one.pass),
            fail: sum((one) => one.fail),
            unknown: sum((one) => one.unknown),
          },
        ]
      : []
  })
}
