// What the banner says is what the server shows: the small reading of a moment agrees with the schema's.
import { expect, test } from 'vitest'
import { momentOf } from '@/core/moment'
import { absolute, relative } from './moment'
import { dayWords, instantOf, secondWords, shownMoment } from './moment-words'

const NOW = '2026-11-22T10:00:00.000Z'
const SAMPLES = [
  '2026-09-30',
  '2026-02-28',
  '2026-02-31',
  '2024-02-29',
  '2026-09-30T12:00:00Z',
  '2026-09-30T12:00Z',
  '2026-09-30T12:00:00.123Z',
  '2026-09-30T12:00:00+02:00',
  '2026-09-30T12:00:00',
  '2026-09-30 12:00:00Z',
  '2026-9-30',
  '30 Sep 2026',
  'yesterday',
  '2026-13-01',
  '2026-09-30T25:00:00Z',
]

test.each(SAMPLES)('%s', (asOf) => {
  let known: string | undefined
  try {
    known = momentOf({ asOf }, NOW)?.valid
  } catch {
    known = undefined
  }
  expect(instantOf(asOf)).toBe(known)
})

test('words', () => {
  expect(secondWords('2026-09-30T23:59:59.999Z')).toBe('30 Sep 2026 23:59:59 UTC')
  expect(dayWords('2026-09-30')).toBe('30 Sep 2026')
  expect(absolute('2026-09-30T12:05:00Z')).toBe('30 Sep 2026 12:05 UTC')
  expect(relative('2026-09-01T00:00:00Z', new Date('2026-09-30T00:00:00Z'))).toBe('29 d ago')
})

test('only later knowledge is told apart', () => {
  expect(shownMoment({ asOf: '2026-09-30' })).toEqual({ valid: '2026-09-30T23:59:59.999Z' })
  expect(shownMoment({ asOf: '2026-09-30', known: '2026-10-05T00:00:00Z' })).toEqual({
    valid: '2026-09-30T23:59:59.999Z',
    known: '2026-10-05T00:00:00.000Z',
  })
  expect(shownMoment({ asOf: '2026-09-30', known: '2026-09-30' })).toEqual({
    valid: '2026-09-30T23:59:59.999Z',
  })
  expect(shownMoment({ asOf: '2026-09-30', known: 'soon' })).toBeUndefined()
  expect(shownMoment({})).toBeUndefined()
})
