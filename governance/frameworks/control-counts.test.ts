// What answers add up to: nothing but a whole set of fresh passes is no failure.
import { expect, test } from 'vitest'
import type { RuleAnswers } from '@/inventory/queries/rule-answers'
import { countsOf, stateOf, trendOf } from './control-counts'

const answers = (more: Partial<RuleAnswers> = {}): RuleAnswers => ({
  ruleId: 'a',
  pass: 3,
  fail: 0,
  excepted: 0,
  unknown: 0,
  notApplicable: 0,
  notAsked: 0,
  stale: 0,
  stalePass: 0,
  ...more,
})
const owned = { ruleId: 'a', fail: 0, excepted: 0, unknown: 0, stale: 0 }
const state = (...all: RuleAnswers[]) =>
  stateOf(
    all.map(({ ruleId }) => ruleId),
    countsOf(all),
  )

test('passes of every rule, everywhere, from looks that still count, are no failure', () => {
  expect(state(answers(), answers({ ruleId: 'b', pass: 0, notApplicable: 9 }))).toBe('no-failure')
})

test.each<[string, RuleAnswers]>([
  ['unknown', answers({ unknown: 1 })],
  ['out of date', answers({ stale: 1, stalePass: 1 })],
  ['not asked somewhere', answers({ notAsked: 1 })],
  ['turned off', answers({ pass: 0, notAsked: 2, off: 'ours' })],
  ['not counted for an owner', owned],
])('%s is never a pass', (_, one) => {
  expect(state(one)).toBe('cannot-tell')
  expect(state(answers(), one)).toBe('cannot-tell')
  expect(state(answers({ fail: 1 }), one)).toBe('failing')
})

test('what is excepted fails all the same', () => {
  expect(state(answers({ fail: 2, excepted: 2 }))).toBe('failing')
})

test('rules that had nothing to judge, and no rules at all, are states of their own', () => {
  expect(state(answers({ pass: 0, notApplicable: 5 }))).toBe('nothing-judged')
  expect(state()).toBe('no-rule')
})

test('counts add up over the rules; what one of them does not count is not counted', () => {
  expect(countsOf([answers(), answers({ fail: 2, excepted: 1, unknown: 1, notAsked: 4 })])).toEqual({
    pass: 6,
    fail: 2,
    excepted: 1,
    unknown: 1,
    notAsked: 4,
    stalePass: 0,
  })
  expect(countsOf([answers(), owned])).toEqual({ fail: 0, excepted: 0, unknown: 0 })
})

test('a day on which none of its rules had been asked is no day of the trend', () => {
  const points = [
    { at: '2026-06-01T23:59:59.999Z', rules: [{ ruleId: 'z', pass: 9, fail: 9, unknown: 9 }] },
    {
      at: '2026-06-02T23:59:59.999Z',
      rules: ['a', 'b', 'z'].map((ruleId) => ({ ruleId, pass: 1, fail: 2, unknown: 3 })),
    },
  ]
  expect(trendOf(['a', 'b'], points)).toEqual([
    { at: '2026-06-02T23:59:59.999Z', pass: 2, fail: 4, unknown: 6 },
  ])
})
