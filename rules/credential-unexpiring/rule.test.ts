// Examples of what has an end and what has none, and of dates that only look like an end.
import { absent, known, unknown, type Instant } from '@/core/fact'
import type { CredentialSubject } from '@/core/subject'
import { credential } from '../specimens'
import { ruleTester } from '../tester'
import rule from './rule'

const SAYS = 'It has no end date: it works until somebody deletes it.'
const ends = (instant: Instant, different: Partial<CredentialSubject> = {}) =>
  credential({ expiresAt: known(instant, 'keys.list'), ...different })

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  pass: [
    ends('2026-10-05T00:00:00Z'),
    ends('2056-10-05T00:00:00Z'), // how far away is another rule's
    ends('9998-12-31T23:59:59Z'), // the last that is a date
    ends('2020-01-01T00:00:00Z'), // over long ago
    ends('2027-01-01T00:00:00Z', { form: 'certificate' }),
    ends('2027-01-01T00:00:00Z', { form: 'password' }),
    // Each of its values ends, whatever is said of the credential as a whole.
    credential({ lifetimeSeconds: known(3600, 'keys.list') }),
    credential({
      form: 'token',
      lifetimeSeconds: known(3600, 'keys.list'),
      expiresAt: unknown('not-offered', 'keys.list'),
    }),
  ],
  fail: [
    { given: credential(), says: SAYS, severity: 'low' },
    { given: credential({ identityClass: 'unclear' }), says: SAYS, severity: 'low' },
    { given: credential({ form: 'token' }), says: SAYS },
    { given: credential({ form: 'password' }), says: SAYS },
    { given: ends('9999-12-31T23:59:59Z', { form: 'certificate' }), says: SAYS },
    { given: ends('9999-01-01T00:00:00Z'), says: SAYS, severity: 'low' },
    {
      given: credential({ form: 'token', enabled: known(false, 'keys.list') }),
      says: SAYS,
      severity: 'info',
      latent: 'It is disabled.',
    },
  ],
  depends: [
    {
      given: credential({ form: 'certificate' }),
      says: 'every certificate has an end date, and its source gives none.',
    },
    {
      given: credential({ expiresAt: unknown('denied', 'keys.list') }),
      says: 'its source does not tell whether it ends.',
    },
  ],
  notApplicable: [
    credential({ form: 'ssh-key' }),
    credential({ form: 'federated' }),
    credential({ identityClass: 'human' }),
    credential({ identityClass: 'provider' }),
    credential({ form: 'password', identityClass: 'unclear' }),
    credential({ form: 'password', expiresAt: absent('people.list'), identityClass: 'human' }),
  ],
})
