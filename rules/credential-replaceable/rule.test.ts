// Examples of credentials that could be done without, and of what does not count as lasting.
import { absent, known, unknown, type Instant } from '@/core/fact'
import type { CredentialSubject } from '@/core/subject'
import { credential } from '../specimens'
import { ruleTester } from '../tester'
import rule from './rule'

const RULES = 'rules of the platform'
const at = (instant: Instant) => known(instant, 'keys.list')
const could = (different: Partial<CredentialSubject> = {}) =>
  credential({ alternative: known('a role of the machine', RULES), ...different })
/** Made at the beginning of September. */
const until = (end: Instant, different: Partial<CredentialSubject> = {}) =>
  could({ createdAt: at('2026-09-01T00:00:00Z'), expiresAt: at(end), ...different })
const SAYS = 'It could be replaced by a role of the machine.'

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  pass: [
    credential(),
    could({ supersededBy: known('tokens that end', RULES) }), // another rule's
    could({ lifetimeSeconds: known(3600, 'keys.list') }),
    until('2026-10-11T00:00:00Z'), // lives for 40 days: the limit itself
    until('2026-09-30T00:00:00Z'), // has ended
    until('2026-10-20T00:00:00Z', { rotatedAt: at('2026-09-25T00:00:00Z') }),
    credential({ expiresAt: unknown('denied', 'keys.list') }),
  ],
  fail: [
    { given: could(), says: SAYS },
    { given: could({ form: 'password', identityClass: 'unclear' }), says: SAYS },
    { given: until('2026-10-11T00:00:01Z', { form: 'token' }), says: SAYS },
    { given: until('2028-09-01T00:00:00Z', { form: 'certificate' }), says: SAYS },
    { given: could({ supersededBy: unknown('not-offered', RULES) }), says: SAYS },
    {
      given: could({ enabled: known(false, 'keys.list') }),
      says: SAYS,
      severity: 'info',
      latent: 'It is disabled.',
    },
  ],
  depends: [
    {
      given: could({ expiresAt: unknown('denied', 'keys.list') }),
      says: 'its source does not tell whether it ends soon.',
    },
    {
      given: until('2026-12-01T00:00:00Z', { createdAt: absent('keys.list') }),
      says: 'its source gives no date for its value, which may be a brief one.',
    },
  ],
  notApplicable: [
    could({ form: 'federated' }),
    could({ identityClass: 'human' }),
    could({ identityClass: 'provider' }),
  ],
})

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  params: { briefDays: 1 },
  pass: [until('2026-10-01T00:00:00Z', { createdAt: at('2026-09-30T00:00:00Z') })],
  fail: [{ given: until('2026-10-11T00:00:00Z'), says: SAYS }],
})
