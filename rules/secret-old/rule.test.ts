// Examples around the age of a stored value, and of copies, whose originals are judged instead.
import { absent, known, unknown, type Instant } from '@/core/fact'
import type { SecretSubject } from '@/core/subject'
import { secret } from '../specimens'
import { ruleTester } from '../tester'
import rule from './rule'

const at = (instant: Instant) => known(instant, 'secrets.list')
const NOT_TOLD = unknown('not-offered', 'secrets.list')
const written = (instant: Instant, different: Partial<SecretSubject> = {}) =>
  secret({ createdAt: at('2020-01-01T00:00:00Z'), rotatedAt: at(instant), rotates: NOT_TOLD, ...different })
const says = (day: string, more = '', limit = 365) =>
  `Its value has been the same since ${day}${more}; the limit is ${limit} days.`

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  pass: [
    secret(),
    written('2025-09-30T00:00:00Z'), // 365 days: the limit itself
    written('2025-09-29T00:00:01Z'), // 365 days and nearly one more
    written('2026-09-30T06:00:00Z'), // a clock that is ahead by hours
    secret({ createdAt: at('2026-01-01T00:00:00Z'), rotatedAt: absent('secrets.list') }),
    secret({ createdAt: NOT_TOLD, rotatedAt: at('2026-01-01T00:00:00Z') }),
    written('2020-01-01T00:00:00Z', { expiresAt: at('2026-09-30T00:00:00Z') }), // another rule's
    // A copy: its original is judged itself, however old.
    written('2020-01-01T00:00:00Z', { sourceRotatedAt: at('2020-01-01T00:00:00Z') }),
  ],
  fail: [
    { given: written('2025-09-29T00:00:00Z'), says: says('2025-09-29') },
    {
      given: written('2020-01-01T00:00:00Z', { rotates: known(false, 'secrets.list') }),
      says: says('2020-01-01', ', and nothing is set up to rotate it'),
    },
    {
      given: written('2020-01-01T00:00:00Z', { rotates: known(true, 'secrets.list') }),
      says: says('2020-01-01', ', although it is set up to be rotated'),
    },
    {
      given: written('2022-01-01T00:00:00Z', { rotatedAt: absent('secrets.list') }),
      says: says('2020-01-01'),
    },
    {
      given: written('2024-01-01T00:00:00Z', { createdAt: NOT_TOLD }),
      says: says('2024-01-01'),
    },
    {
      given: written('2024-01-01T00:00:00Z', { expiresAt: at('2026-12-01T00:00:00Z') }),
      says: says('2024-01-01'),
    },
  ],
  depends: [
    {
      given: secret({ createdAt: NOT_TOLD, rotatedAt: absent('secrets.list') }),
      says: 'no date of its value is known.',
    },
    {
      given: written('2030-01-01T00:00:00Z'),
      says: 'its value is dated 2030-01-01, in the future.',
    },
  ],
})

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  params: { ageDaysMax: 30 },
  pass: [written('2026-08-31T00:00:00Z')],
  fail: [
    { given: written('2026-08-30T00:00:00Z'), says: says('2026-08-30', '', 30) },
    {
      given: written('2026-08-30T00:00:00Z', { rotates: known(false, 'secrets.list') }),
      says: says('2026-08-30', ', and nothing is set up to rotate it', 30),
    },
    {
      given: written('2026-08-30T00:00:00Z', { rotates: known(true, 'secrets.list') }),
      says: says('2026-08-30', ', although it is set up to be rotated', 30),
    },
  ],
})
