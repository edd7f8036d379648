// Examples around the limit of an unused credential, and of what does not count as unused.
import { absent, known, unknown, type Instant } from '@/core/fact'
import type { CredentialSubject } from '@/core/subject'
import { credential } from '../specimens'
import { ruleTester } from '../tester'
import rule from './rule'

const at = (instant: Instant) => known(instant, 'keys.list')
const used = (instant: Instant, different: Partial<CredentialSubject> = {}) =>
  credential({ createdAt: at('2020-01-01T00:00:00Z'), lastUsedAt: at(instant), ...different })
/** No use on record. */
const made = (instant: Instant, different: Partial<CredentialSubject> = {}) =>
  credential({ createdAt: at(instant), lastUsedAt: absent('keys.use'), ...different })
const dormant = (day: string, days = 90) =>
  `No use of it is on record since ${day}; the limit is ${days} days.`
const unused = (day: string) => `No use of it is on record, and its value is of ${day}; the limit is 90 days.`

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  pass: [
    credential(),
    used('2026-07-02T00:00:00Z'), // 90 days: the limit itself
    used('2026-07-01T00:00:01Z'), // 90 days and nearly one more
    used('2026-10-01T12:00:00Z'), // a clock that is ahead
    made('2026-07-02T00:00:00Z'),
    made('2026-10-02T00:00:00Z'),
    // Its value is new: the use was one of the value before.
    used('2024-01-01T00:00:00Z', { rotatedAt: at('2026-09-01T00:00:00Z') }),
    made('2020-01-01T00:00:00Z', { rotatedAt: at('2026-09-01T00:00:00Z') }),
    used('2024-01-01T00:00:00Z', { enabled: known(false, 'keys.list') }),
    used('2024-01-01T00:00:00Z', { expiresAt: at('2026-09-30T00:00:00Z') }),
    used('2026-07-02T00:00:00Z', { expiresAt: at('2026-09-30T12:00:00Z') }), // ends before it would be over
  ],
  fail: [
    {
      given: used('', { lastUsedAt: { ...at('2026-05-01T00:00:00Z'), at: '2026-09-01T00:00:00Z' } }),
      says: dormant('2026-05-01'),
    },
    { given: used('2026-07-01T00:00:00Z'), says: dormant('2026-07-01') },
    { given: used('2026-01-01T00:00:00Z', { identityClass: 'unclear' }), says: dormant('2026-01-01') },
    { given: used('2026-01-01T00:00:00Z', { form: 'certificate' }), says: dormant('2026-01-01') },
    { given: used('2026-01-01T00:00:00Z', { enabled: absent('keys.list') }), says: dormant('2026-01-01') },
    {
      given: used('2026-01-01T00:00:00Z', { expiresAt: at('2026-10-10T00:00:00Z') }),
      says: dormant('2026-01-01'),
    },
    {
      given: used('2026-01-01T00:00:00Z', { createdAt: unknown('denied', 'keys.list') }),
      says: dormant('2026-01-01'),
    },
    {
      given: used('2024-01-01T00:00:00Z', { rotatedAt: at('2026-03-01T00:00:00Z') }),
      says: dormant('2026-03-01'),
    },
    {
      // Whatever became of its value since: no use is on record.
      given: used('2026-01-01T00:00:00Z', { rotatedAt: unknown('denied', 'keys.list') }),
      says: dormant('2026-01-01'),
    },
    { given: made('2026-07-01T00:00:00Z'), says: unused('2026-07-01') },
    { given: made('2020-01-01T00:00:00Z', { form: 'token' }), says: unused('2020-01-01') },
    {
      given: made('2020-01-01T00:00:00Z', { identityEnabled: known(false, 'robots.list') }),
      says: unused('2020-01-01'),
      severity: 'info',
      latent: 'Its identity is disabled.',
    },
  ],
  depends: [
    {
      given: used('', { lastUsedAt: { ...at('2026-05-01T00:00:00Z'), at: '2026-06-01T00:00:00Z' } }),
      says: 'its use was last looked for on 2026-06-01, before the limit was reached.',
    },
    {
      given: made('2026-05-01T00:00:00Z', {
        lastUsedAt: { ...absent('keys.use'), at: '2026-07-29T00:00:00Z' },
      }),
      says: 'its use was last looked for on 2026-07-29, before the limit was reached.',
    },
    {
      given: made('2020-01-01T00:00:00Z', { rotatedAt: unknown('denied', 'keys.list') }),
      says: 'no use of it is on record, and when its value was made is not known.',
    },
    {
      given: credential({ createdAt: absent('keys.list'), lastUsedAt: absent('keys.use') }),
      says: 'no use of it is on record, and when its value was made is not known.',
    },
    {
      given: credential({
        createdAt: unknown('denied', 'keys.list'),
        lastUsedAt: absent('keys.use'),
        expiresAt: at('2026-12-01T00:00:00Z'),
      }),
      says: 'no use of it is on record, and when its value was made is not known.',
    },
  ],
  notApplicable: [
    used('2024-01-01T00:00:00Z', { identityClass: 'human' }),
    used('2024-01-01T00:00:00Z', { identityClass: 'provider' }),
    used('2024-01-01T00:00:00Z', { form: 'federated' }),
  ],
})

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  params: { daysMax: 45 },
  pass: [used('2026-08-16T00:00:00Z'), made('2026-08-16T00:00:00Z')],
  fail: [
    { given: used('2026-08-15T00:00:00Z'), says: dormant('2026-08-15', 45) },
    {
      given: made('2026-08-15T00:00:00Z'),
      says: 'No use of it is on record, and its value is of 2026-08-15; the limit is 45 days.',
    },
  ],
})
