// Examples around the last read of a stored secret.
import { absent, known, unknown, type Instant } from '@/core/fact'
import type { SecretSubject } from '@/core/subject'
import { secret } from '../specimens'
import { ruleTester } from '../tester'
import rule from './rule'

const at = (instant: Instant) => known(instant, 'secrets.use')
const read = (instant: Instant, different: Partial<SecretSubject> = {}) =>
  secret({ createdAt: at('2020-01-01T00:00:00Z'), lastReadAt: at(instant), ...different })
const made = (instant: Instant, different: Partial<SecretSubject> = {}) =>
  secret({ createdAt: at(instant), lastReadAt: absent('secrets.use'), ...different })
const dormant = (day: string, days = 90) =>
  `No read of it is on record since ${day}; the limit is ${days} days.`
const unread = (day: string, days = 90) =>
  `No read of it is on record, and it was made on ${day}; the limit is ${days} days.`

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  pass: [
    secret(),
    read('2026-07-02T00:00:00Z'), // 90 days: the limit itself
    read('2026-07-01T00:00:01Z'), // 90 days and nearly one more
    read('2026-10-02T00:00:00Z'), // a clock that is ahead
    made('2026-07-02T00:00:00Z'),
    // Made anew under an old name.
    read('2024-01-01T00:00:00Z', { createdAt: at('2026-09-01T00:00:00Z') }),
    read('2024-01-01T00:00:00Z', { expiresAt: at('2026-09-30T00:00:00Z') }), // another rule's
  ],
  fail: [
    { given: read('2026-07-01T00:00:00Z'), says: dormant('2026-07-01') },
    // That its value was written anew is no read of it.
    {
      given: read('2026-01-01T00:00:00Z', { rotatedAt: at('2026-09-20T00:00:00Z') }),
      says: dormant('2026-01-01'),
    },
    {
      given: read('2026-01-01T00:00:00Z', { createdAt: unknown('not-offered', 'secrets.list') }),
      says: dormant('2026-01-01'),
    },
    {
      given: read('2026-01-01T00:00:00Z', { expiresAt: at('2026-10-20T00:00:00Z') }),
      says: dormant('2026-01-01'),
    },
    { given: made('2026-07-01T00:00:00Z'), says: unread('2026-07-01') },
    { given: made('2020-07-01T00:00:00Z'), says: unread('2020-07-01') },
  ],
  depends: [
    {
      given: read('', { lastReadAt: { ...at('2026-05-01T00:00:00Z'), at: '2026-06-01T00:00:00Z' } }),
      says: 'a read of it was last looked for on 2026-06-01, before the limit was reached.',
    },
    {
      given: secret({ createdAt: absent('secrets.list'), lastReadAt: absent('secrets.use') }),
      says: 'no read of it is on record, and no date of its making is known.',
    },
  ],
})

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  params: { daysMax: 400 },
  pass: [read('2025-09-01T00:00:00Z')],
  fail: [
    { given: read('2025-01-01T00:00:00Z'), says: dormant('2025-01-01', 400) },
    { given: made('2025-01-01T00:00:00Z'), says: unread('2025-01-01', 400) },
  ],
})
