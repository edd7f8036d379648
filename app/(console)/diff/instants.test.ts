// Instants as a form gives them, and the ranges that are offered.
import { expect, test } from 'vitest'
import { MomentParams } from '@/core/moment'
import { fieldValue, instantsInUtc, inUtc, quickRanges } from './instants'

test.each([
  ['2026-09-30T10:00', '2026-09-30T10:00:00Z'],
  ['2026-09-30T10:00:05', '2026-09-30T10:00:05Z'],
  ['2026-09-30', '2026-09-30'],
  ['2026-09-30T10:00:00Z', '2026-09-30T10:00:00Z'],
  ['nonsense', 'nonsense'],
])('%s is read as %s', (typed, read) => {
  expect(inUtc(typed)).toBe(read)
  expect(instantsInUtc({ from: typed, q: typed })).toMatchObject({ from: read, q: typed })
})

test('what a field shows is read as the same instant', () => {
  const at = '2026-09-30T10:00:05Z'
  expect(inUtc(fieldValue(at))).toBe(at)
})

test('ranges end before now and begin before they end', () => {
  for (const now of ['2026-01-01T00:00:00Z', '2026-03-31T23:59:59Z', '2028-02-29T12:00:00Z'])
    for (const { from, to = now } of quickRanges(new Date(now))) {
      expect(MomentParams.safeParse({ asOf: from }).success).toBe(true)
      expect(Date.parse(`${from}T23:59:59.999Z`)).toBeLessThan(Date.parse(now))
      expect(from < to).toBe(true)
    }
  expect(quickRanges(new Date('2026-02-10T00:00:00Z')).slice(3)).toEqual([
    { title: 'Last month', from: '2025-12-31', to: '2026-01-31' },
    { title: 'Last quarter', from: '2025-09-30', to: '2025-12-31' },
  ])
})
