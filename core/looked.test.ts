// Nobody is held unused by the clock alone.
import { expect, test } from 'vitest'
import { unlooked } from './looked'

const OVER = '2026-09-10T00:00:00.000Z'
const ask = (now: string, seen?: string, end?: string) => unlooked(OVER, seen, now, 'its use', end)

test('whoever looked after the limit, or is not asked about, lets the limit speak', () => {
  expect(ask('2026-09-30T00:00:00.000Z', OVER)).toBeUndefined()
  expect(ask('2026-09-30T00:00:00.000Z', '2026-09-29T00:00:00Z')).toBeUndefined()
  expect(ask('2026-09-30T00:00:00.000Z')).toBeUndefined()
})
test('the look before the limit stands until the next one is late, and is asked about every day', () => {
  expect(ask(OVER, '2026-09-09T23:00:00Z')).toEqual({ until: '2026-09-11T00:00:00.000Z' })
  expect(ask('2026-09-11T12:00:00.000Z', '2026-09-09T23:00:00Z')).toEqual({
    until: '2026-09-12T00:00:00.000Z',
  })
})
test('later nobody knows, until somebody looks or something else is to be said', () => {
  const depends = 'its use was last looked for on 2026-09-09, before the limit was reached.'
  expect(ask('2026-09-12T00:00:00.000Z', '2026-09-09T23:00:00Z')).toEqual({
    depends,
    until: '2026-09-13T00:00:00.000Z',
  })
  expect(ask('2026-09-12T00:00:00.000Z', '2026-09-09T23:00:00Z', '2026-09-12T01:00:00.000Z')).toEqual({
    depends,
    until: '2026-09-12T01:00:00.000Z',
  })
})
