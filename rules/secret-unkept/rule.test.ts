// Examples of secrets in a store, copied from one, and in none.
import { absent, known } from '@/core/fact'
import type { SecretSubject } from '@/core/subject'
import { secret } from '../specimens'
import { ruleTester } from '../tester'
import rule from './rule'

const keptIn = (...names: string[]) => known({ count: names.length, names }, 'joins')
const SAYS = 'It is not in a store of secrets, and nothing is seen that copies it from one.'
const unkept = (different: Partial<SecretSubject> = {}) =>
  secret({ keptIn: absent('secrets.list'), ...different })

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  pass: [
    secret({ keptIn: keptIn('factory') }), // an item of a store
    secret({ keptIn: keptIn('invoices/database in the store') }),
    secret({ keptIn: keptIn('one', 'two') }),
    // Of a store that nobody has connected, under a name only.
    secret({ keptIn: keptIn('https://store.example/invoices') }),
  ],
  fail: [
    { given: unkept(), says: SAYS },
    { given: unkept({ rotates: known(false, 'secrets.list') }), says: SAYS },
    { given: unkept({ copies: known({ count: 2, names: ['one', 'two'] }, 'joins') }), says: SAYS },
  ],
})
