// Examples around the end of a credential and its last use.
import { absent, known, unknown, type Instant } from '@/core/fact'
import type { CredentialSubject } from '@/core/subject'
import { credential } from '../specimens'
import { ruleTester } from '../tester'
import rule from './rule'

const at = (instant: Instant) => known(instant, 'keys.list')
const used = (instant: Instant, end: Instant, different: Partial<CredentialSubject> = {}) =>
  credential({ lastUsedAt: at(instant), expiresAt: at(end), ...different })
const says = (day: string) => `It ended on ${day}, and a use of it is on record after that.`
const END = '2026-09-01T00:00:00Z'

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  pass: [
    credential(),
    used('2026-08-31T00:00:00Z', END),
    used('2026-09-02T00:00:00Z', END), // a day after it: a clock that is behind
    credential({ expiresAt: at(END), lastUsedAt: absent('keys.use') }),
    used('2026-09-29T00:00:00Z', '2026-10-01T00:00:00Z'), // still valid
    used('2026-09-30T00:00:00Z', '2026-09-29T06:00:00Z'), // ended within the last day
    credential({ expiresAt: at('2027-01-01T00:00:00Z'), lastUsedAt: unknown('not-offered', 'keys.use') }),
    credential({ expiresAt: at('2026-09-29T06:00:00Z'), lastUsedAt: unknown('not-offered', 'keys.use') }),
    used('2026-09-29T00:00:00Z', '9999-12-31T23:59:59Z'), // a day more would be no instant
    used('2026-09-20T00:00:00Z', END, { lifetimeSeconds: known(3600, 'keys.list') }),
    credential({
      expiresAt: unknown('not-offered', 'keys.list'),
      lifetimeSeconds: known(3600, 'keys.list'),
    }),
    credential({ expiresAt: absent('keys.list'), lastUsedAt: unknown('denied', 'keys.use') }),
  ],
  fail: [
    { given: used('2026-09-02T00:00:01Z', END), says: says('2026-09-01') },
    { given: used('2026-09-30T00:00:00Z', '2020-01-01T00:00:00Z'), says: says('2020-01-01') },
    // A clock that is ahead: it was used after its end in any case.
    { given: used('2026-10-02T00:00:00Z', END), says: says('2026-09-01') },
    {
      given: used('2026-09-20T00:00:00Z', END, { enabled: known(false, 'keys.list') }),
      says: says('2026-09-01'),
    },
    {
      given: used('2026-09-20T00:00:00Z', END, { form: 'certificate', identityClass: 'unclear' }),
      says: says('2026-09-01'),
    },
  ],
  depends: [
    {
      given: credential({ expiresAt: unknown('denied', 'keys.list') }),
      says: 'its source does not tell whether it has ended.',
    },
    {
      given: credential({ expiresAt: at(END), lastUsedAt: unknown('not-offered', 'keys.use') }),
      says: 'it ended on 2026-09-01, and its source does not tell of uses.',
    },
  ],
  notApplicable: [
    used('2026-09-20T00:00:00Z', END, { form: 'federated' }),
    used('2026-09-20T00:00:00Z', END, { identityClass: 'human' }),
    used('2026-09-20T00:00:00Z', END, { identityClass: 'provider' }),
  ],
})
