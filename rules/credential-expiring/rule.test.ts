// Examples around the days before the end, the last use, and what stands beside it.
import { absent, known, unknown, type Instant } from '@/core/fact'
import type { CredentialSubject } from '@/core/subject'
import { credential } from '../specimens'
import { ruleTester } from '../tester'
import rule from './rule'

const at = (instant: Instant) => known(instant, 'keys.list')
const MADE = '2025-10-10T00:00:00Z'
const ends = (instant: Instant, different: Partial<CredentialSubject> = {}) =>
  credential({ createdAt: at(MADE), expiresAt: at(instant), ...different })
const says = (day: string) => `It is in use and ends on ${day}, and nothing newer is beside it.`
const SOON = '2026-10-10T00:00:00Z'
const beside = (newestMadeAt?: Instant) =>
  known({ active: 1, ...(newestMadeAt !== undefined && { newestMadeAt }) }, 'keys.list')

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  pass: [
    credential(),
    ends('2026-10-14T00:00:01Z'), // a second more than 14 days away
    ends('2027-10-10T00:00:00Z', { lastUsedAt: unknown('denied', 'keys.use') }), // far away, whoever uses it
    ends('2026-09-30T00:00:00Z'), // has ended: another rule's
    ends(SOON, { lastUsedAt: absent('keys.use') }),
    ends(SOON, { lastUsedAt: at('2026-08-30T00:00:00Z') }), // 31 days ago
    ends(SOON, { enabled: known(false, 'keys.list') }),
    ends(SOON, { siblings: beside('2026-09-20T00:00:00Z') }),
    ends(SOON, { siblings: beside('2026-09-20T00:00:00Z'), lastUsedAt: unknown('denied', 'keys.use') }),
    ends(SOON, { lifetimeSeconds: known(86400, 'keys.list') }),
    credential({
      expiresAt: unknown('not-offered', 'keys.list'),
      lifetimeSeconds: known(86400, 'keys.list'),
    }),
    ends(SOON, { createdAt: at('2026-08-31T00:00:00Z') }), // lives for 40 days: renewed by a program
    ends(SOON, { rotatedAt: at('2026-09-20T00:00:00Z') }),
  ],
  fail: [
    { given: ends('2026-10-14T00:00:00Z'), says: says('2026-10-14') }, // 14 days: the limit itself
    { given: ends('2026-09-30T00:00:01Z', { identityClass: 'unclear' }), says: says('2026-09-30') },
    { given: ends(SOON, { lastUsedAt: at('2026-08-30T00:00:01Z') }), says: says('2026-10-10') },
    { given: ends(SOON, { createdAt: at('2026-08-30T23:59:59Z') }), says: says('2026-10-10') },
    { given: ends(SOON, { createdAt: unknown('denied', 'keys.list') }), says: says('2026-10-10') },
    { given: ends(SOON, { enabled: unknown('denied', 'keys.list') }), says: says('2026-10-10') },
    { given: ends(SOON, { siblings: beside(MADE) }), says: says('2026-10-10') }, // as old as this one
    { given: ends(SOON, { siblings: beside('2024-01-01T00:00:00Z') }), says: says('2026-10-10') },
    { given: ends(SOON, { form: 'certificate' }), says: says('2026-10-10') },
  ],
  depends: [
    {
      given: credential({ expiresAt: unknown('denied', 'keys.list') }),
      says: 'its source does not tell when it ends.',
    },
    {
      given: ends(SOON, { lastUsedAt: unknown('not-offered', 'keys.use') }),
      says: 'it ends on 2026-10-10, and its source does not tell of uses.',
    },
    {
      given: ends(SOON, { siblings: unknown('denied', 'keys.list') }),
      says: 'it ends on 2026-10-10, and whether a newer one is beside it is not told.',
    },
    {
      given: ends(SOON, { siblings: beside() }),
      says: 'it ends on 2026-10-10, and whether a newer one is beside it is not told.',
    },
    {
      given: ends(SOON, { siblings: beside('2026-09-20T00:00:00Z'), createdAt: absent('keys.list') }),
      says: 'it ends on 2026-10-10, and whether a newer one is beside it is not told.',
    },
  ],
  notApplicable: [
    ends(SOON, { form: 'federated' }),
    ends(SOON, { identityClass: 'human' }),
    ends(SOON, { identityClass: 'provider' }),
  ],
})

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  params: { daysBefore: 60, usedDays: 7, renewedDays: 0 },
  pass: [ends(SOON, { lastUsedAt: at('2026-09-22T00:00:00Z') })],
  fail: [
    { given: ends('2026-11-29T00:00:00Z'), says: says('2026-11-29') },
    { given: ends(SOON, { createdAt: at('2026-09-29T00:00:00Z') }), says: says('2026-10-10') },
  ],
})
