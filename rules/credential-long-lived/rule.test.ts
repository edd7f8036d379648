// Examples around the limits: exactly at it, a day over it, and where no age can be told.
import { absent, known, unknown, type Instant } from '@/core/fact'
import type { CredentialSubject } from '@/core/subject'
import { credential } from '../specimens'
import { ruleTester } from '../tester'
import rule from './rule'

const at = (instant: Instant) => known(instant, 'keys.list')
/** Created in 2020 with its value changed then. */
const rotated = (instant: Instant, different: Partial<CredentialSubject> = {}) =>
  credential({ createdAt: at('2020-01-01T00:00:00Z'), rotatedAt: at(instant), ...different })

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  pass: [
    credential(),
    rotated('2026-07-02T00:00:00Z'), // 90 days: the limit itself
    rotated('2026-07-01T00:00:01Z'), // 90 days and nearly one more
    credential({ createdAt: absent('keys.list'), rotatedAt: at('2026-09-01T00:00:00Z') }),
    credential({ createdAt: at('2026-09-30T06:00:00Z') }), // a clock that is ahead by hours
    rotated('2020-01-01T00:00:00Z', { expiresAt: at('2026-09-30T00:00:00Z') }), // over, so dead
    rotated('2026-09-01T00:00:00Z', { enabled: known(false, 'keys.list') }),
  ],
  fail: [
    {
      given: rotated('2026-07-01T00:00:00Z'),
      says: 'Its value has been the same since 2026-07-01; the limit is 90 days.',
    },
    {
      given: credential({ createdAt: at('2026-03-01T00:00:00Z'), form: 'ssh-key' }),
      says: 'Its value has been the same since 2026-03-01; the limit is 90 days.',
    },
    {
      given: credential({ createdAt: at('2026-03-01T00:00:00Z'), form: 'token', identityClass: 'unclear' }),
      says: 'Its value has been the same since 2026-03-01; the limit is 90 days.',
    },
    {
      given: rotated('2025-09-30T00:00:00Z'),
      says: 'Its value has been the same since 2025-09-30; the limit is 90 days.',
    },
    {
      given: rotated('2025-09-29T00:00:00Z'),
      says: 'Its value has been the same since 2025-09-29; the limit is 90 days.',
      severity: 'high',
    },
    {
      given: rotated('2020-01-01T00:00:00Z', { enabled: absent('keys.list') }),
      says: 'Its value has been the same since 2020-01-01; the limit is 90 days.',
      severity: 'high',
    },
    {
      given: rotated('2026-07-01T00:00:00Z', { expiresAt: at('2026-09-30T00:00:01Z') }),
      says: 'Its value has been the same since 2026-07-01; the limit is 90 days.',
    },
    {
      given: rotated('2026-07-01T00:00:00Z', { expiresAt: unknown('denied', 'keys.list') }),
      says: 'Its value has been the same since 2026-07-01; the limit is 90 days.',
    },
    {
      // A change before creation is no change: the later date counts.
      given: credential({ createdAt: at('2026-06-01T00:00:00Z'), rotatedAt: at('2026-01-01T00:00:00Z') }),
      says: 'Its value has been the same since 2026-06-01; the limit is 90 days.',
    },
    {
      given: rotated('2020-01-01T00:00:00Z', { enabled: known(false, 'keys.list') }),
      says: 'Its value has been the same since 2020-01-01; the limit is 90 days.',
      severity: 'low',
      latent: 'It is disabled.',
    },
  ],
  depends: [
    {
      given: credential({ createdAt: absent('keys.list') }),
      says: 'the source gives no date for its value.',
    },
    {
      given: credential({ createdAt: at('2030-01-01T00:00:00Z') }),
      says: 'its value is dated 2030-01-01, in the future.',
    },
  ],
  notApplicable: [
    rotated('2020-01-01T00:00:00Z', { identityClass: 'human' }),
    rotated('2020-01-01T00:00:00Z', { identityClass: 'provider' }),
    rotated('2020-01-01T00:00:00Z', { form: 'password' }),
    rotated('2020-01-01T00:00:00Z', { form: 'certificate' }),
    rotated('2020-01-01T00:00:00Z', { form: 'federated' }),
  ],
})

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  params: { ageDaysMax: 400 },
  pass: [rotated('2025-09-29T00:00:00Z')],
  fail: [
    {
      given: rotated('2020-01-01T00:00:00Z'),
      says: 'Its value has been the same since 2020-01-01; the limit is 400 days.',
      severity: 'high',
    },
  ],
})
