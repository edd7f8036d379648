// A filter, its address and back: the address is the state.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RollcallError } from '@/core/errors'
import { FINDING_SORTS, FindingFilter, IDENTITY_SORTS, IdentityFilter } from '@/core/list'
import { filterQuery, parseFilter } from './parse-filter'

const word = fc.stringMatching(/^[a-z0-9.:/-]{1,12}$/)
const words = fc.array(word, { minLength: 1, maxLength: 4 })
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
const search = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .map((s) => s.replaceAll('\0', '').trim())
  .filter(Boolean)

const identityFilter = fc.record({
  q: maybe(search),
  type: maybe(words),
  class: maybe(fc.subarray(['machine', 'human', 'provider', 'unclear', 'any'], { minLength: 1 })),
  owner: maybe(search),
  privilege: maybe(fc.subarray(['administrator', 'unknown', 'any'], { minLength: 1 })),
  unused: maybe(fc.constantFrom('30', '365', 'never', 'unknown')),
  rule: maybe(words),
  scope: maybe(words),
  state: maybe(fc.subarray(['active', 'retired', 'any'], { minLength: 1 })),
  sort: fc.constantFrom(...IDENTITY_SORTS),
  size: fc.constantFrom(25, 50, 100),
  after: maybe(word),
})
const findingFilter = fc.record({
  q: maybe(search),
  rule: maybe(words),
  severity: maybe(fc.subarray(['critical', 'low', 'any'], { minLength: 1 })),
  verdict: maybe(fc.subarray(['fail', 'unknown'], { minLength: 1 })),
  state: maybe(fc.subarray(['open', 'resolved', 'any'], { minLength: 1 })),
  scope: maybe(words),
  sort: fc.constantFrom(...FINDING_SORTS),
  size: fc.constantFrom(25, 50, 100),
  after: maybe(word),
})

test.each([
  ['identities', IdentityFilter, identityFilter],
  ['findings', FindingFilter, findingFilter],
] as const)('the filter of %s survives its address', (_, schema, arbitrary) => {
  fc.assert(
    fc.property(arbitrary as fc.Arbitrary<Record<string, unknown>>, (filter) => {
      const address = filterQuery(filter).toString()
      const read = parseFilter(schema, new URLSearchParams(address))
      expect(filterQuery(read).toString()).toBe(address)
      expect(JSON.parse(JSON.stringify(read))).toEqual(JSON.parse(JSON.stringify(filter)))
    }),
  )
})

test('unset is not `any`', () => {
  expect(parseFilter(IdentityFilter, new URLSearchParams('state=')).state).toBeUndefined()
  expect(parseFilter(IdentityFilter, new URLSearchParams('state=any')).state).toEqual(['any'])
})

test('repeated parameters are a list', () => {
  expect(parseFilter(IdentityFilter, new URLSearchParams('class=human&class=machine')).class).toEqual([
    'human',
    'machine',
  ])
})

test.each([
  ['colour=red', 'colour'],
  ['sort=size', 'sort'],
  ['class=robot', 'class'],
  ['size=7', 'size'],
  ['q=%00', 'q'],
])('%s is refused by name', (query, name) => {
  const read = () => parseFilter(IdentityFilter, new URLSearchParams(query))
  expect(read).toThrow(RollcallError)
  try {
    read()
  } catch (error) {
    expect((error as RollcallError).issues.map((i) => i.path)).toEqual([name])
  }
})
