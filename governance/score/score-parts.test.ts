// What a score is made of: the parts add up, and a rule gains only what no other rule holds down as well.
import { expect, test } from 'vitest'
import { NO_SEVERITY, type ScoreCount } from '@/core/score'
import type { WorstByRule } from '@/inventory/queries/score-rules'
import { gainsOf, lossesOf, partsOf } from './score-parts'

const of = (privilege: ScoreCount['privilege'], worst: number, count: number): ScoreCount => ({
  ...{ privilege, worst, worstOpen: worst, count },
})
/** 8 + 4 x 1 = 12 of weight; kept 8 x 0.2 + 2 x 1 + 2 x 0.6 = 4.8, which is 40 of 100. */
const COUNTS = [of('administrator', 1, 1), of('read', NO_SEVERITY, 2), of('none', 2, 2)]
const row = (ruleId: string, more: Partial<WorstByRule> = {}): WorstByRule => ({
  ruleId,
  ...{ privilege: 'administrator' as const, worst: 1, next: NO_SEVERITY, ties: 1, count: 1, ...more },
})

test('the points of all parts are what is missing', () => {
  const parts = partsOf(COUNTS)
  expect(parts.map(({ privilege, lost }) => [privilege, lost.high])).toEqual([
    ['administrator', 53.3],
    ['read', 0],
    ['none', 6.7],
  ])
  expect(parts[2]).toMatchObject({ identities: 2, bySeverity: { medium: 2, none: 0 }, unjudged: 0 })
})

test('a rule gains up to what the next rule leaves, and nothing beside one that is as bad', () => {
  const gains = (...rows: WorstByRule[]) =>
    gainsOf(COUNTS, rows, 5).map(({ ruleId, points }) => [ruleId, points])
  expect(gains(row('identity-ownerless'))).toEqual([['identity-ownerless', 53.3]])
  // Of the 80 points of 8 that are missing, 40 are left to the next, which is medium.
  expect(gains(row('identity-ownerless', { next: 2 }))).toEqual([['identity-ownerless', 26.7]])
  expect(
    gains(row('identity-ownerless', { ties: 2, next: 1 }), row('identity-dormant', { ties: 2, next: 1 })),
  ).toEqual([])
})

test('the most first, and no more than are asked for', () => {
  const rows = [row('identity-dormant', { privilege: 'none', worst: 2, count: 2 }), row('identity-ownerless')]
  expect(gainsOf(COUNTS, rows, 5).map(({ ruleId }) => ruleId)).toEqual([
    'identity-ownerless',
    'identity-dormant',
  ])
  expect(gainsOf(COUNTS, rows, 1)).toHaveLength(1)
})

test('rules that are equally bad share what is lost', () => {
  const rows = [row('identity-ownerless', { ties: 2 }), row('credential-long-lived', { ties: 2 })]
  const losses = lossesOf(COUNTS, rows)
  expect(losses.map(({ points }) => points)).toEqual([26.7, 26.7])
  expect(new Set(losses.map(({ topic }) => topic)).size).toBe(2)
})
