// Examples around the limit: exactly at it, a day over it, and what does not count as dormant.
import { absent, known, unknown, type Instant } from '@/core/fact'
import type { IdentitySubject } from '@/core/subject'
import { identity } from '../specimens'
import { ruleTester } from '../tester'
import rule from './rule'

const at = (instant: Instant) => known(instant, 'robots.list')
const used = (instant: Instant, different: Partial<IdentitySubject> = {}) =>
  identity({ createdAt: at('2020-01-01T00:00:00Z'), lastUsedAt: at(instant), ...different })
const seenOn = (at: Instant, value: Instant) => ({ ...known(value, 'robots.list'), at })
const says = (day: string) => `No use of it is on record since ${day}; the limit is 90 days.`

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  pass: [
    identity(),
    // The limit was reached yesterday, and the look of today is still to come.
    used('2026-06-30T12:00:00Z', { lastUsedAt: seenOn('2026-09-28T06:00:00Z', '2026-06-30T12:00:00Z') }),
    used('2026-07-02T00:00:00Z'), // 90 days: the limit itself
    used('2026-07-01T00:00:01Z'), // 90 days and nearly one more
    used('2026-10-01T12:00:00Z'), // a clock that is ahead
    // Disabled is progress, and stays no failure for ever after.
    used('2024-01-01T00:00:00Z', { enabled: known(false, 'robots.list') }),
    // Of those without any use on record another rule speaks.
    identity({ lastUsedAt: absent('robots.list') }),
    // Made anew under an old name: the record is that of the one before.
    used('2024-01-01T00:00:00Z', { createdAt: at('2026-09-01T00:00:00Z') }),
  ],
  depends: [
    {
      given: used('', { lastUsedAt: seenOn('2026-06-01T00:00:00Z', '2026-05-01T00:00:00Z') }),
      says: 'its use was last looked for on 2026-06-01, before the limit was reached.',
    },
  ],
  fail: [
    {
      given: used('', { lastUsedAt: seenOn('2026-09-29T00:00:00Z', '2026-05-01T00:00:00Z') }),
      says: says('2026-05-01'),
    },
    { given: used('2026-07-01T00:00:00Z'), says: says('2026-07-01') },
    { given: used('2024-01-01T00:00:00Z', { class: 'unclear' }), says: says('2024-01-01') },
    { given: used('2026-01-01T00:00:00Z', { createdAt: absent('robots.list') }), says: says('2026-01-01') },
    {
      given: used('2026-01-01T00:00:00Z', { createdAt: unknown('denied', 'robots.list') }),
      says: says('2026-01-01'),
    },
    // A source in which nothing can be disabled.
    { given: used('2026-01-01T00:00:00Z', { enabled: absent('robots.list') }), says: says('2026-01-01') },
    // Made anew long ago, and not used since.
    {
      given: used('2024-01-01T00:00:00Z', { createdAt: at('2026-03-01T00:00:00Z') }),
      says: says('2026-03-01'),
    },
    {
      given: used('2026-01-01T00:00:00Z', { actsBy: absent('keys.list') }),
      says: says('2026-01-01'),
      severity: 'info',
      latent: 'Nothing can act as it: it has no credential, no workload, and nobody is trusted to become it.',
    },
  ],
  notApplicable: [
    used('2024-01-01T00:00:00Z', { class: 'human' }),
    used('2024-01-01T00:00:00Z', { class: 'provider' }),
  ],
})

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  params: { daysMax: 400 },
  pass: [used('2025-09-29T00:00:00Z')],
  fail: [
    {
      given: used('2024-01-01T00:00:00Z'),
      says: 'No use of it is on record since 2024-01-01; the limit is 400 days.',
    },
  ],
})
