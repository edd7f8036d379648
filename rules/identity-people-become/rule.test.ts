// Examples of people who can act as a machine identity, and of identities that may be for people.
import { known } from '@/core/fact'
import type { IdentitySubject } from '@/core/subject'
import { identity } from '../specimens'
import { ruleTester } from '../tester'
import rule from './rule'

const by = (count: number, names: string[], different: Partial<IdentitySubject> = {}) =>
  identity({ people: known({ count, names }, 'trust.list'), ...different })

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  pass: [identity(), by(0, []), identity({ class: 'unclear' })],
  fail: [
    { given: by(1, ['ann']), says: 'People have a standing right to act as it: ann.' },
    {
      given: by(200, ['ann', 'bob', 'cy', 'di']),
      says: 'People have a standing right to act as it: ann, bob, cy, and 197 more.',
    },
    {
      given: by(1, ['ann'], { enabled: known(false, 'robots.list') }),
      says: 'People have a standing right to act as it: ann.',
      severity: 'info',
      latent: 'It is disabled.',
    },
  ],
  depends: [
    {
      given: by(2, ['ann', 'bob'], { class: 'unclear' }),
      says: 'whether it is meant for people is not known; it can be used by ann and bob.',
    },
  ],
  notApplicable: [by(1, ['ann'], { class: 'human' }), by(1, ['ann'], { class: 'provider' })],
})
