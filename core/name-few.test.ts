// What a message says of several things: three by name, the rest by number.
import { expect, test } from 'vitest'
import { nameFew } from './name-few'

test.each([
  [{ count: 1, names: ['a'] }, 'a'],
  [{ count: 2, names: ['a', 'b'] }, 'a and b'],
  [{ count: 3, names: ['a', 'b', 'c'] }, 'a, b, and c'],
  [{ count: 4, names: ['a', 'b', 'c', 'd'] }, 'a, b, c, and 1 more'],
  [{ count: 900, names: ['a'] }, 'a and 899 more'],
  [{ count: 2, names: [] }, '2 without a name'],
])('%o is %s', (named, words) => expect(nameFew(named)).toBe(words))
