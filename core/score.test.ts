// The score: by hand, and what holds of it whatever the identities are.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SEVERITIES } from './rule'
import {
  endOf,
  NO_SEVERITY,
  scoreOf,
  shareOf,
  SHARES,
  WEIGHTS,
  type ScoreCount,
  type ScoreRange,
} from './score'

const of = (
  privilege: ScoreCount['privilege'],
  worst = NO_SEVERITY,
  worstOpen = worst,
  count = 1,
): ScoreCount => ({ privilege, worst, worstOpen, count })
const UNJUDGED = { ...of('unknown'), unjudged: true } as const

describe('by hand', () => {
  test('nothing, and nothing that was judged, have no score', () => {
    expect(scoreOf([])).toBeUndefined()
    expect(scoreOf([UNJUDGED])).toBeUndefined()
    expect(scoreOf([of('administrator', 9, 9, 0)])).toBeUndefined()
  })
  test('everything in order is 100, one reader among a thousand is no longer', () => {
    expect(scoreOf([of('administrator'), of('none', 4)])).toEqual({ low: 100, high: 100 })
    expect(scoreOf([of('none', 9, 9, 1000), of('read', 3)])).toEqual({ low: 99, high: 99 })
  })
  test('an administrator weighs as much as eight readers', () => {
    // (8 x 20 + 8 x 100) / 16
    expect(scoreOf([of('administrator', 1), of('read', 9, 9, 8)])).toEqual({ low: 60, high: 60 })
  })
  test('what cannot be told opens the range', () => {
    // At worst critical: (0 + 100) / 3; at best medium: (2 x 60 + 100) / 3
    expect(scoreOf([of('write', 2, 0), of('read')])).toEqual({ low: 33, high: 73 })
  })
  test('nobody asked about it: it keeps nothing at worst, and everything at best', () => {
    // At worst it weighs 8: 100 / 9
    expect(scoreOf([of('read'), UNJUDGED])).toEqual({ low: 11, high: 100 })
  })
  test('an uncertain privilege weighs what is worse for each end', () => {
    // 8 x 20 and 1 x 100 of 9, against 1 x 20 and 8 x 100
    expect(scoreOf([of('unknown', 1), of('conditional')])).toEqual({ low: 28, high: 91 })
  })
})

const privilege = fc.constantFrom(...(Object.keys(WEIGHTS) as ScoreCount['privilege'][]))
const severity = fc.constantFrom(0, 1, 2, 3, 4, NO_SEVERITY)
const one: fc.Arbitrary<ScoreCount> = fc
  .record({ privilege, a: severity, b: severity, count: fc.integer({ min: 1, max: 50 }) })
  .map(({ privilege, a, b, count }) => ({
    privilege,
    worst: Math.max(a, b),
    worstOpen: Math.min(a, b),
    count,
  }))
const some = fc.array(one, { maxLength: 12 })
/** A score is there where one identity was judged. */
const range = (counts: readonly ScoreCount[]): ScoreRange => {
  const found = scoreOf(counts)
  if (!found) throw new Error('nothing was judged')
  return found
}
const isLower = (after: ScoreRange, before: ScoreRange) =>
  after.low <= before.low && after.high <= before.high
const isWider = (after: ScoreRange, before: ScoreRange) =>
  after.low <= before.low && after.high >= before.high

describe('whatever the identities are', () => {
  test('both ends lie between 0 and 100, the lower one below the upper, in any order', () => {
    fc.assert(
      fc.property(
        some
          .filter((counts) => counts.length > 0)
          .chain((counts) =>
            fc.tuple(fc.constant(counts), fc.shuffledSubarray(counts, { minLength: counts.length })),
          ),
        ([counts, shuffled]) => {
          const { low, high } = range(counts)
          expect(low).toBeGreaterThanOrEqual(0)
          expect(low).toBeLessThanOrEqual(high)
          expect(high).toBeLessThanOrEqual(100)
          expect(scoreOf(shuffled)).toEqual({ low, high })
        },
      ),
    )
  })
  test('how they are counted together makes no difference', () => {
    fc.assert(
      fc.property(some, one, (rest, { count, ...like }) => {
        const apart = Array.from({ length: count }, () => ({ ...like, count: 1 }))
        expect(scoreOf([...rest, ...apart])).toEqual(scoreOf([...rest, { ...like, count }]))
      }),
    )
  })
  test('a further failing finding raises neither end', () => {
    fc.assert(
      fc.property(some, one, fc.nat(4), (rest, it, found) => {
        const worse = {
          ...it,
          worst: Math.min(it.worst, found),
          worstOpen: Math.min(it.worstOpen, found),
        }
        expect(isLower(range([...rest, worse]), range([...rest, it]))).toBe(true)
      }),
    )
  })
  test('knowledge lost never raises the lower end nor lowers the upper', () => {
    const lost = fc.constantFrom<(it: ScoreCount) => ScoreCount>(
      // Whether it fails is not known any more.
      (it) => ({ ...it, worst: NO_SEVERITY }),
      // Nor what it may do.
      (it) => ({ ...it, privilege: 'unknown' }),
      (it) => ({ ...it, privilege: 'conditional' }),
      // Nor anything.
      (it) => ({ ...it, privilege: 'unknown', worst: NO_SEVERITY, worstOpen: 0, unjudged: true }),
    )
    fc.assert(
      fc.property(
        some.filter((rest) => rest.length > 0),
        one,
        lost,
        (rest, it, forget) => {
          expect(isWider(range([...rest, forget(it)]), range([...rest, it]))).toBe(true)
        },
      ),
    )
  })
  test('one that is in order lowers neither end, one that is not judged never raises the lower', () => {
    fc.assert(
      fc.property(
        some.filter((rest) => rest.length > 0),
        privilege,
        (rest, of) => {
          const before = range(rest)
          const perfect = { privilege: of, worst: NO_SEVERITY, worstOpen: NO_SEVERITY, count: 1 }
          expect(isLower(before, range([...rest, perfect]))).toBe(true)
          expect(isWider(range([...rest, { ...perfect, unjudged: true }]), before)).toBe(true)
        },
      ),
    )
  })
  test('each end is what the best and the worst choice of weights makes', () => {
    const few = fc.array(one, { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(few, (counts) => {
        const choices = counts.reduce<number[][]>(
          (lists, { privilege }) =>
            lists.flatMap((list) =>
              [WEIGHTS[privilege].least, WEIGHTS[privilege].most].map((weight) => [...list, weight]),
            ),
          [[]],
        )
        const mean = (weights: readonly number[], of: 'worst' | 'worstOpen') => {
          const weight = counts.reduce((sum, { count }, at) => sum + count * (weights[at] ?? 0), 0)
          const kept = counts.reduce(
            (sum, it, at) => sum + it.count * (weights[at] ?? 0) * shareOf(it[of]),
            0,
          )
          return kept / weight
        }
        const all = (of: 'worst' | 'worstOpen') => choices.map((weights) => mean(weights, of))
        expect(endOf(counts, 'low').points).toBeCloseTo(Math.min(...all('worstOpen')), 9)
        expect(endOf(counts, 'high').points).toBeCloseTo(Math.max(...all('worst')), 9)
      }),
    )
  })
})

test('a worse finding never keeps more, and more power never weighs less', () => {
  const shares = SEVERITIES.map((severity) => SHARES[severity])
  expect(shares).toEqual([...shares].sort((a, b) => a - b))
  const ranked = (['administrator', 'escalates', 'sensitive', 'write', 'read', 'none'] as const).map(
    (of) => WEIGHTS[of].most,
  )
  expect(ranked).toEqual([...ranked].sort((a, b) => b - a))
})
