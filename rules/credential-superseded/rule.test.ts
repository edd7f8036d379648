// Examples of sorts of credentials that were replaced, and of some that were not.
import { known, unknown } from '@/core/fact'
import type { CredentialSubject } from '@/core/subject'
import { credential } from '../specimens'
import { ruleTester } from '../tester'
import rule from './rule'

const old = (different: Partial<CredentialSubject> = {}) =>
  credential({ form: 'token', supersededBy: known('tokens that end', 'rules of the platform'), ...different })
const SAYS = 'Its platform has put something else in the place of this sort: tokens that end.'

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  pass: [
    credential(),
    credential({ alternative: known('a role', 'rules of the platform') }), // a way, and no replacement
    old({ expiresAt: known('2026-09-30T00:00:00Z', 'keys.list') }),
  ],
  fail: [
    { given: old(), says: SAYS },
    { given: old({ form: 'federated' }), says: SAYS },
    { given: old({ identityClass: 'unclear' }), says: SAYS },
    { given: old({ expiresAt: known('2026-09-30T00:00:01Z', 'keys.list') }), says: SAYS },
    { given: old({ expiresAt: unknown('denied', 'keys.list') }), says: SAYS },
    {
      given: old({ enabled: known(false, 'keys.list') }),
      says: SAYS,
      severity: 'info',
      latent: 'It is disabled.',
    },
  ],
  notApplicable: [old({ identityClass: 'human' }), old({ identityClass: 'provider' })],
})
