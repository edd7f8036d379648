// Quick choices and typed moments, at the edges of days, months and quarters.
import { expect, test } from 'vitest'
import { momentOf } from '@/core/moment'
import { pastChoices, typedMoment } from './past-choices'

const at = (text: string) => new Date(text)

test.each([
  ['2026-11-22T10:00:00Z', ['2026-11-21', '2026-11-15', '2026-10-31', '2026-09-30']],
  ['2026-01-01T00:00:00Z', ['2025-12-31', '2025-12-25', '2025-12-31', '2025-12-31']],
  ['2026-03-31T23:59:59Z', ['2026-03-30', '2026-03-24', '2026-02-28', '2025-12-31']],
  ['2026-04-01T00:00:00Z', ['2026-03-31', '2026-03-25', '2026-03-31', '2026-03-31']],
])('choices at %s', (now, dates) => {
  expect(pastChoices(at(now)).map((choice) => choice.asOf)).toEqual(dates)
  for (const asOf of dates) expect(momentOf({ asOf }, new Date(now).toISOString())).toBeDefined()
})

test('what is typed', () => {
  const now = at('2026-11-22T10:00:00Z')
  expect(typedMoment('2026-09-30', '', now)).toEqual({ asOf: '2026-09-30' })
  expect(typedMoment('2026-09-30', '12:00', now)).toEqual({ asOf: '2026-09-30T12:00:00Z' })
  expect(typedMoment('2026-11-22', '09:59:59', now)).toEqual({ asOf: '2026-11-22T09:59:59Z' })
  expect(typedMoment('2026-11-22', '', now)).toHaveProperty('wrong')
  expect(typedMoment('2026-11-22', '10:01', now)).toHaveProperty('wrong')
  expect(typedMoment('', '10:01', now)).toHaveProperty('wrong')
  expect(typedMoment('2026-02-31', '10:0', now)).toHaveProperty('wrong')
})
