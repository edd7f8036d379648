// Examples of machine identities that people can sign in as, and of those that may be a person's.
import { absent, known } from '@/core/fact'
import type { IdentitySubject } from '@/core/subject'
import { identity } from '../specimens'
import { ruleTester } from '../tester'
import rule from './rule'

const by = (count: number, names: string[], different: Partial<IdentitySubject> = {}) =>
  identity({ signIns: known({ count, names }, 'keys.list'), ...different })
const SAYS = 'It is a machine identity, and people can sign in as it by a password.'

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  pass: [identity(), by(0, []), identity({ class: 'unclear' })],
  fail: [
    { given: by(1, ['a password']), says: SAYS },
    { given: by(1, ['a password'], { enabled: absent('robots.list') }), says: SAYS },
    {
      given: by(2, ['a password', 'a second password']),
      says: 'It is a machine identity, and people can sign in as it by a password and a second password.',
    },
    {
      given: by(1, ['a password'], { enabled: known(false, 'robots.list') }),
      says: SAYS,
      severity: 'info',
      latent: 'It is disabled.',
    },
  ],
  depends: [
    {
      given: by(1, ['a password'], { class: 'unclear' }),
      says: 'whether it is a person’s own is not known; people can sign in as it by a password.',
    },
  ],
  notApplicable: [by(1, ['a password'], { class: 'human' }), by(1, ['a password'], { class: 'provider' })],
})
