// The instants of a trend: ends of days, and the moment itself.
import { expect, test } from 'vitest'
import { trendInstants, TREND_DAYS } from './rule-trend'

const NOW = new Date('2026-06-30T12:00:00.000Z')

test('the end of each of the last thirty days, and now', () => {
  const instants = trendInstants(NOW)
  expect(instants).toHaveLength(TREND_DAYS + 1)
  expect(instants[0]).toBe('2026-05-31T23:59:59.999Z')
  expect(instants.slice(-2)).toEqual(['2026-06-29T23:59:59.999Z', '2026-06-30T12:00:00.000Z'])
})

test('a day before the past that is kept is left out', () => {
  const instants = trendInstants(NOW, '2026-06-28T23:59:59.999Z')
  expect(instants).toEqual([
    '2026-06-28T23:59:59.999Z',
    '2026-06-29T23:59:59.999Z',
    '2026-06-30T12:00:00.000Z',
  ])
})

test('at midnight the day that has just ended is one of them', () => {
  expect(trendInstants(new Date('2026-06-30T00:00:00.000Z')).slice(-2)).toEqual([
    '2026-06-29T23:59:59.999Z',
    '2026-06-30T00:00:00.000Z',
  ])
})
