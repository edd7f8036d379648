// What a form says to be needed is what a decision is refused the lack of, neither more nor less.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CHOICES, LACKING, REASON_CODES, TIERS, type Card } from '@/core/campaign'
import { rowRefusal, type Asked } from '../decision-rules'
import { lackingIn, needsOf } from './needs'

const NOW = new Date('2026-06-01T12:00:00Z')
const cards = fc.record({ tier: fc.constantFrom(...TIERS), failing: fc.nat(2), unknown: fc.nat(2) })
const cardOf = ({
  tier,
  failing,
  unknown,
}: {
  tier: Card['risk']['tier']
  failing: number
  unknown: number
}) =>
  ({
    risk: { tier, reasons: [], administrator: false },
    grants: [],
    signals: [
      ...Array.from({ length: failing }, () => ({ verdict: 'fail' })),
      ...Array.from({ length: unknown }, () => ({ verdict: 'unknown' })),
    ],
  }) as unknown as Card

test('with all that is needed nothing is refused, and without any one of it something is', () => {
  fc.assert(
    fc.property(cards, fc.constantFrom(...CHOICES), fc.boolean(), (made, decision, reasonAlways) => {
      const card = cardOf(made)
      const policy = { reasonAlways, keepDays: 180 } as never
      const needs = needsOf(decision, card, { reasonAlways })
      const asked: Asked = {
        decision,
        ...(needs.reasonCode && { reasonCode: REASON_CODES[0] }),
        ...(needs.reason && { reason: 'in my own words' }),
        ...(needs.keepUntil && { keepUntil: '2026-08-01' }),
        ...(needs.lacking && { lacking: LACKING[0] }),
      }
      expect(rowRefusal(asked, card, policy, NOW)).toBeUndefined()
      for (const field of ['reasonCode', 'reason', 'keepUntil', 'lacking'] as const)
        if (needs[field])
          expect(rowRefusal({ ...asked, [field]: undefined }, card, policy, NOW)).toBeDefined()
      expect(needs.words !== '').toBe(needs.reasonCode || needs.reason || needs.keepUntil || needs.lacking)
    }),
  )
})

test('a reason of one’s own has to be said', () => {
  const needs = needsOf('keep', cardOf({ tier: 'low', failing: 0, unknown: 0 }), { reasonAlways: false })
  expect(lackingIn({ decision: 'keep', reasonCode: 'other' }, needs)).toEqual([
    { path: 'reason', message: expect.any(String) },
  ])
})
