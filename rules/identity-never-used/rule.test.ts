// Examples around the limit of an identity of which no use is on record, and of what is not held against it.
import { absent, known, type Instant } from '@/core/fact'
import type { IdentitySubject } from '@/core/subject'
import { identity } from '../specimens'
import { ruleTester } from '../tester'
import rule from './rule'

const made = (instant: Instant, different: Partial<IdentitySubject> = {}) =>
  identity({
    createdAt: known(instant, 'robots.list'),
    lastUsedAt: absent('robots.use', 'not used in the days that it looks back'),
    ...different,
  })
const noneSeenOn = (at: Instant) => ({ ...absent('robots.use'), at })
const says = (day: string) => `No use of it is on record, and it was made on ${day}; the limit is 90 days.`

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  pass: [
    identity(),
    // The limit was reached yesterday, and the look of today is still to come.
    made('2026-06-30T12:00:00Z', { lastUsedAt: noneSeenOn('2026-09-29T06:00:00Z') }),
    made('2026-09-29T00:00:00Z'),
    made('2026-07-02T00:00:00Z'), // 90 days: the limit itself
    made('2026-10-01T00:00:00Z'), // a clock that is ahead
    made('2024-01-01T00:00:00Z', { enabled: known(false, 'robots.list') }),
    // However long ago: of those with a use on record another rule speaks.
    made('2020-01-01T00:00:00Z', { lastUsedAt: known('2021-01-01T00:00:00Z', 'robots.use') }),
  ],
  fail: [
    {
      given: made('2026-05-01T00:00:00Z', { lastUsedAt: noneSeenOn('2026-09-01T00:00:00Z') }),
      says: says('2026-05-01'),
    },
    { given: made('2026-07-01T00:00:00Z'), says: says('2026-07-01') },
    { given: made('2020-01-01T00:00:00Z', { class: 'unclear' }), says: says('2020-01-01') },
    { given: made('2026-01-01T00:00:00Z', { enabled: absent('robots.list') }), says: says('2026-01-01') },
    {
      given: made('2026-01-01T00:00:00Z', { actsBy: absent('keys.list') }),
      says: says('2026-01-01'),
      severity: 'info',
      latent: 'Nothing can act as it: it has no credential, no workload, and nobody is trusted to become it.',
    },
  ],
  depends: [
    {
      given: made('2026-05-01T00:00:00Z', { lastUsedAt: noneSeenOn('2026-06-01T00:00:00Z') }),
      says: 'its use was last looked for on 2026-06-01, before the limit was reached.',
    },
    {
      given: identity({ createdAt: absent('robots.list'), lastUsedAt: absent('robots.use') }),
      says: 'no use of it is on record, and the source gives no date of its making.',
    },
  ],
  notApplicable: [
    made('2024-01-01T00:00:00Z', { class: 'human' }),
    made('2024-01-01T00:00:00Z', { class: 'provider' }),
  ],
})

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  params: { daysMax: 7 },
  pass: [made('2026-09-23T00:00:00Z'), made('2026-09-22T00:00:01Z')],
  fail: [
    {
      given: made('2026-09-22T00:00:00Z'),
      says: 'No use of it is on record, and it was made on 2026-09-22; the limit is 7 days.',
    },
  ],
})
