// Places in lists: they come back as they were, and nothing else does.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RollcallError } from '@/core/errors'
import { decodeCursor, encodeCursor } from './cursor'

const place = fc.record({
  sort: fc.constant('name'),
  part: fc.integer({ min: 0, max: 9 }),
  value: fc.string({ unit: 'grapheme' }),
  id: fc.uuid(),
})

test('a place comes back as it was', () => {
  fc.assert(
    fc.property(place, (p) => {
      expect({ ...decodeCursor(encodeCursor(p), 'name') }).toEqual({ ...p })
    }),
  )
})

test('a place with any one character changed is refused', () => {
  fc.assert(
    fc.property(place, fc.nat(), (p, at) => {
      const cursor = encodeCursor(p)
      const index = at % cursor.length
      const other = cursor[index] === 'x' ? 'y' : 'x'
      const turned = cursor.slice(0, index) + other + cursor.slice(index + 1)
      expect(() => decodeCursor(turned, 'name')).toThrow(RollcallError)
    }),
  )
})

test('the longest name there can be still fits in an address', () => {
  const value = '\u0001'.repeat(1024)
  expect(encodeCursor({ sort: 'name', part: 0, value, id: '0'.repeat(36) }).length).toBeLessThan(4000)
})
