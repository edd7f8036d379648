// Facts keep their three states apart, in types, in schemas and in every step between.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { absent, answer, factOf, Instant, isFact, known, mapFact, unknown, valueOf, type Fact } from './fact'

const TextFact = factOf(z.string())
const at = '2026-09-30T00:00:00Z'

describe('answer', () => {
  test.each([null, undefined])('%s of a source is its "none"', (none) => {
    expect(answer(none, 'list')).toEqual({ state: 'absent', source: 'list' })
    expect(answer(none, 'list', 'never')).toEqual({ state: 'absent', source: 'list', note: 'never' })
  })
  test.each([0, '', false])('%j is a value', (value) => {
    expect(answer(value, 'list')).toEqual({ state: 'known', value, source: 'list' })
  })
})

describe('mapFact', () => {
  const older: Fact<number> = { ...known(7, 'list'), at, unconfirmed: { why: 'denied', since: at } }
  test('keeps source and age of a known value', () => {
    expect(mapFact(older, (n) => n * 2)).toEqual({ ...older, value: 14 })
  })
  test('a part that is not there is absent, with the same age', () => {
    const { value: _, ...rest } = older
    expect(mapFact(older, () => null)).toEqual({ ...rest, state: 'absent' })
  })
  test.each([absent('list', 'never'), unknown('throttled', 'list', 'later')])(
    'leaves $state as it is',
    (fact) => {
      const untouched = mapFact(fact, () => {
        throw new Error('asked for a value that is not there')
      })
      expect(untouched).toBe(fact)
    },
  )
})

test('only a known fact has a value', () => {
  expect(valueOf(known('x', 'list'))).toBe('x')
  expect(valueOf(absent('list'))).toBeUndefined()
  expect(valueOf(unknown('denied', 'list'))).toBeUndefined()
})

test('a fact is told from what resembles one', () => {
  for (const fact of [known(1, 's'), absent('s'), unknown('denied', 's')]) expect(isFact(fact)).toBe(true)
  for (const other of [null, 'known', {}, { state: 'known' }, { state: 'open', source: 's' }, []])
    expect(isFact(other)).toBe(false)
})

describe('schema', () => {
  test('takes what the constructors make', () => {
    const facts = [
      known('x', 's'),
      absent('s'),
      absent('s', 'n'),
      unknown('denied', 's'),
      unknown('limited', 's', 'd'),
    ]
    for (const fact of facts) expect(TextFact.parse(fact)).toEqual(fact)
  })
  test.each([
    ['a value of another type', { state: 'known', value: 1, source: 's' }],
    ['no value', { state: 'known', source: 's' }],
    ['no source', { state: 'absent', source: '' }],
    ['a value beside absent', { state: 'absent', value: 'x', source: 's' }],
    ['a value beside unknown', { state: 'unknown', value: 'x', why: 'denied', source: 's' }],
    ['a reason nobody knows', { state: 'unknown', why: 'tired', source: 's' }],
    ['a local time', { state: 'known', value: 'x', source: 's', at: '2026-09-30T00:00:00+02:00' }],
    ['a field of its own', { state: 'known', value: 'x', source: 's', secret: 'x' }],
  ])('refuses %s', (_, wrong) => expect(TextFact.safeParse(wrong).success).toBe(false))
})

test('instants sort as text as they do in time, whatever their precision within a second', () => {
  const instants = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
  fc.assert(
    fc.property(instants, instants, (a, b) => {
      const [first, second] = [a.toISOString(), b.toISOString()]
      expect(Instant.safeParse(first).success).toBe(true)
      expect(first < second).toBe(a < b)
    }),
  )
})

test.each([
  '2026-09-30',
  '2026-09-30T00:00:00',
  '2026-09-30T00:00:00+00:00',
  '2026-13-01T00:00:00Z',
  'now',
  '',
])('%s is no instant', (text) => expect(Instant.safeParse(text).success).toBe(false))
