// The measures against deciding without looking, each with what it refuses and what it lets through.
import { describe, expect, test } from 'vitest'
import type { Card, Signal } from '@/core/campaign'
import { aroundOf, factsOf, KINDS, lookOf } from '@/tests/card-facts'
import { cardOf } from './card'
import { CampaignPolicy, type StoredPolicy } from './campaign-input'
import { paceOf, rowRefusal, togetherRefusals, type Asked, type Together } from './decision-rules'

const NOW = new Date('2026-06-02T12:00:00.000Z')
const policyOf = (more: Partial<StoredPolicy> = {}): StoredPolicy => ({
  ...CampaignPolicy.parse({}),
  seed: 's',
  ...more,
})
const calm = cardOf(factsOf(), aroundOf({ before: undefined }))
const high: Card = cardOf(
  factsOf({ privilege: { state: 'known', value: { class: 'administrator', because: [] }, source: 'x' } }),
  aroundOf(),
)
const signal: Signal = { rule: 'r', severity: 'low', verdict: 'fail', message: 'm', findingId: 'f' }
const refused = (asked: Asked, card = calm, policy = policyOf()) =>
  rowRefusal(asked, card, policy, NOW)?.message
const why = { reasonCode: 'still-needed', reason: 'deploys payments' } as const

describe('keeping', () => {
  test('what is calm needs nothing', () => expect(refused({ decision: 'keep' })).toBeUndefined())
  test.each<[string, Asked, RegExp]>([
    ['without a reason', { decision: 'keep', keepUntil: '2026-09-01' }, /give a reason/],
    [
      'with a code alone',
      { decision: 'keep', reasonCode: 'still-needed', keepUntil: '2026-09-01' },
      /own words/,
    ],
    [
      'with blank words',
      { decision: 'keep', reasonCode: 'other', reason: '  ', keepUntil: '2026-09-01' },
      /own words/,
    ],
    ['for ever', { decision: 'keep', ...why }, /until when/],
    ['until today', { decision: 'keep', ...why, keepUntil: '2026-06-02' }, /later day/],
    ['until a day that is over', { decision: 'keep', ...why, keepUntil: '2026-01-01' }, /later day/],
    ['too long', { decision: 'keep', ...why, keepUntil: '2026-11-30' }, /180 days/],
  ])('what is of high risk, %s', (_, asked, message) => expect(refused(asked, high)).toMatch(message))
  test('what is of high risk, with all that it needs, to the last day there is', () => {
    expect(refused({ decision: 'keep', ...why, keepUntil: '2026-11-29' }, high)).toBeUndefined()
    expect(
      refused({ decision: 'keep', ...why, keepUntil: '2026-07-29' }, high, policyOf({ keepDays: 30 })),
    ).toMatch(/30 days/)
  })
  test('against a signal needs a reason, and removing does not', () => {
    const card = { ...calm, signals: [signal] }
    expect(refused({ decision: 'keep' }, card)).toMatch(/A signal speaks/)
    expect(refused({ decision: 'keep', reasonCode: 'accepted' }, card)).toBeUndefined()
    expect(refused({ decision: 'remove' }, card)).toBeUndefined()
    expect(
      refused({ decision: 'keep' }, { ...calm, signals: [{ ...signal, verdict: 'unknown' }] }),
    ).toBeUndefined()
  })
  test('where every decision needs a reason', () => {
    expect(refused({ decision: 'keep' }, calm, policyOf({ reasonAlways: true }))).toMatch(/every decision/)
    expect(refused({ decision: 'remove' }, calm, policyOf({ reasonAlways: true }))).toMatch(/every decision/)
  })
})
describe('others', () => {
  test.each<[string, Asked, RegExp]>([
    ['not mine, and no word why', { decision: 'not-mine' }, /why/],
    ['cannot tell, and not what is lacking', { decision: 'cannot-tell' }, /lacking/],
    ['removed until a day', { decision: 'remove', keepUntil: '2026-09-01' }, /belongs to/],
    [
      'a grant that it does not hold',
      { decision: 'reduce', drops: ['00000000-0000-4000-8000-00000000000f'] },
      /did not hold/,
    ],
    [
      'grants taken from what is kept',
      { decision: 'keep', drops: [calm.grants[0]?.id ?? ''] },
      /where it is reduced/,
    ],
    ['another reason, without words', { decision: 'remove', reasonCode: 'other' }, /own words/],
  ])('%s', (_, asked, message) => expect(refused(asked)).toMatch(message))
  test('reduced by what it holds', () => {
    expect(refused({ decision: 'reduce', drops: [calm.grants[0]?.id ?? ''] })).toBeUndefined()
  })
})

describe('together', () => {
  const row = (id: string, more: Partial<Together> = {}): Together => ({
    id,
    asked: { decision: 'keep', reasonCode: 'still-needed' },
    card: calm,
    ...more,
  })
  const of = (rows: Together[]) => [...togetherRefusals(rows)].map(([id, { message }]) => [id, message])
  test('the same ones, with a reason', () => expect(of([row('a'), row('b')])).toEqual([]))
  test('one alone is not together', () => expect(of([row('a', { card: high })])).toEqual([]))
  test('never what is another one', () => {
    const other = cardOf(factsOf({ type: 'demo.other' }), aroundOf())
    expect(of([row('a'), row('b', { card: other })])).toEqual([['b', expect.stringMatching(/not the same/)]])
  })
  test.each<[string, Card, RegExp]>([
    ['of high risk', high, /high risk/],
    ['unused', cardOf(factsOf({ lastUsed: { state: 'absent', source: 's' } }), aroundOf()), /not used/],
    [
      'unowned',
      cardOf(factsOf({ owner: { state: 'absent', source: 's' } }), aroundOf({ standing: 'none' })),
      /owner/,
    ],
    [
      'changed',
      cardOf(
        factsOf(),
        aroundOf({
          before: {
            decisionId: 'd',
            decision: 'keep',
            at: NOW,
            keepUntil: null,
            compared: { ...calm.compared, grants: 'other' },
          },
        }),
      ),
      /changed/,
    ],
    [
      'not seen whole',
      cardOf(
        factsOf(),
        aroundOf({
          looks: [...KINDS.slice(0, 3).map((kind) => lookOf(kind)), lookOf('workload', 'partial')],
        }),
      ),
      /not known/,
    ],
  ])('never what is %s', (_, card, message) => {
    expect(of([row('a', { card }), row('b', { card })])).toEqual([
      ['a', expect.stringMatching(message)],
      ['b', expect.stringMatching(message)],
    ])
  })
  test('never without a reason, never more than 20', () => {
    expect(of([row('a', { asked: { decision: 'keep' } }), row('b')])).toEqual([
      ['a', expect.stringMatching(/reason/)],
    ])
    expect(of(Array.from({ length: 20 }, (_, at) => row(`r${at}`)))).toEqual([])
    expect(of(Array.from({ length: 21 }, (_, at) => row(`r${at}`)))).toHaveLength(21)
  })
  test('removing together is allowed, whatever they are', () => {
    const rows = Array.from({ length: 30 }, (_, at) =>
      row(`r${at}`, { asked: { decision: 'remove' }, card: at % 2 ? high : calm }),
    )
    expect(of(rows)).toEqual([])
  })
})

describe('pace', () => {
  const quick = { dwellMs: 3999, high: true }
  test('five in a row under four seconds are told', () => {
    expect(paceOf([quick, quick, { ...quick, high: false }, quick, quick])).toMatchObject({
      fast: true,
      high: 4,
    })
  })
  test.each([
    ['four', [quick, quick, quick, quick]],
    ['one that took its time', [quick, quick, { ...quick, dwellMs: 4000 }, quick, quick]],
    ['one that was not measured', [quick, quick, { ...quick, dwellMs: null }, quick, quick]],
  ])('not %s', (_, latest) => expect(paceOf(latest)).toMatchObject({ fast: false, words: '' }))
})
