// Examples around the number of places a secret may be copied to.
import { absent, known } from '@/core/fact'
import { secret } from '../specimens'
import { ruleTester } from '../tester'
import rule from './rule'

const copied = (count: number, ...names: string[]) => secret({ copies: known({ count, names }, 'joins') })
const NAMES = ['a/db in one', 'b/db in one', 'c/db in two', 'd/db in two']

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  pass: [
    secret(),
    copied(0),
    copied(1, 'a/db in one'),
    copied(3, ...NAMES.slice(0, 3)), // the limit itself
    secret({ copies: absent('joins', 'none is seen') }),
  ],
  fail: [
    {
      given: copied(4, ...NAMES),
      says: 'It is copied to 4 places, more than the limit of 3: a/db in one, b/db in one, c/db in two, and 1 more.',
    },
    {
      given: copied(200, ...NAMES),
      says: 'It is copied to 200 places, more than the limit of 3: a/db in one, b/db in one, c/db in two, and 197 more.',
    },
    { given: copied(5), says: 'It is copied to 5 places, more than the limit of 3: 5 without a name.' },
  ],
})

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  params: { copiesMax: 0 },
  pass: [copied(0)],
  fail: [
    {
      given: copied(1, 'a/db in one'),
      says: 'It is copied to 1 place, more than the limit of 0: a/db in one.',
    },
  ],
})
