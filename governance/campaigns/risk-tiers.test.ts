import { describe, expect, test } from 'vitest'
import type { Signal } from '@/core/campaign'
import { keptAlone, RISK_TABLE, tierOf, type Risk } from './risk-tiers'

const calm: Risk = {
  privilege: 'read',
  trust: 'inside',
  owner: 'here',
  unusedDays: 3,
  signals: [],
  before: 'same',
  leftOpen: false,
}
const signal = (severity: Signal['severity'], verdict: Signal['verdict'] = 'fail'): Signal => ({
  rule: 'a-rule',
  severity,
  verdict,
  message: 'm',
  findingId: 'f',
})

test('what is known to be harmless, owned, used, and unchanged is low', () => {
  expect(tierOf(calm)).toEqual({ tier: 'low', reasons: [], administrator: false })
})
describe('each row of the table is reached by its own case', () => {
  const cases: [string, Partial<Risk>, string][] = [
    ['administrator', { privilege: 'administrator' }, 'high'],
    ['escalates', { privilege: 'escalates' }, 'high'],
    ['conditional', { privilege: 'conditional' }, 'high'],
    ['anyone', { trust: 'anyone' }, 'high'],
    ['owner-left', { owner: 'left' }, 'high'],
    ['signal-high', { signals: [signal('high')] }, 'high'],
    ['outside', { trust: 'outside' }, 'medium'],
    ['unowned', { owner: 'none' }, 'medium'],
    ['owner-unknown', { owner: 'not-in-directory' }, 'medium'],
    ['unused', { unusedDays: 91 }, 'medium'],
    ['use-unknown', { unusedDays: 'unknown' }, 'medium'],
    ['privileged', { privilege: 'write' }, 'medium'],
    ['privilege-unknown', { privilege: 'unknown' }, 'medium'],
    ['trust-unknown', { trust: 'unknown' }, 'medium'],
    ['signal', { signals: [signal('low')] }, 'medium'],
    ['signal-unknown', { signals: [signal('high', 'unknown')] }, 'medium'],
    ['changed', { before: 'changed' }, 'medium'],
    ['new', { before: 'never' }, 'medium'],
    ['left-open', { leftOpen: true }, 'medium'],
  ]
  test.each(cases)('%s', (id, more, tier) => {
    const got = tierOf({ ...calm, ...more })
    expect([got.reasons.map((one) => one.id), got.tier]).toEqual([[id], tier])
  })
  test('and no row is without a case', () => {
    expect(RISK_TABLE.map(({ id }) => id).sort()).toEqual(cases.map(([id]) => id).sort())
  })
})
test.each([
  ['at the bound', { unusedDays: 90 as const }, 'low'],
  ['beyond it', { unusedDays: 91 as const }, 'medium'],
  ['never', { unusedDays: 'never' as const }, 'medium'],
])('not used, %s', (_, more, tier) => expect(tierOf({ ...calm, ...more }).tier).toBe(tier))
test('a verdict that nobody could give is no signal that it fails, and no sign that it is harmless', () => {
  expect(tierOf({ ...calm, signals: [signal('critical', 'unknown')] }).tier).toBe('medium')
  expect(tierOf({ ...calm, signals: [signal('medium', 'unknown')] }).tier).toBe('low')
})
test('the worst reason decides, and all are told', () => {
  const { tier, reasons, administrator } = tierOf({ ...calm, privilege: 'administrator', owner: 'none' })
  expect([tier, reasons.map(({ id }) => id), administrator]).toEqual([
    'high',
    ['administrator', 'unowned'],
    true,
  ])
})
test.each<[string, Partial<Risk>, boolean]>([
  ['high', { trust: 'anyone' }, true],
  ['unowned', { owner: 'none' }, true],
  ['unused', { unusedDays: 'never' }, true],
  ['changed', { before: 'changed' }, true],
  ['new and otherwise calm', { before: 'never' }, false],
  ['calm', {}, false],
])('kept by itself: %s', (_, more, alone) => {
  expect(keptAlone(tierOf({ ...calm, ...more })) !== undefined).toBe(alone)
})
