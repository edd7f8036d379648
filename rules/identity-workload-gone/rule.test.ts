// Examples around the days after the last of what ran as it was gone.
import { absent, known, type Instant } from '@/core/fact'
import type { IdentitySubject } from '@/core/subject'
import { identity } from '../specimens'
import { ruleTester } from '../tester'
import rule from './rule'

const gone = (instant: Instant, different: Partial<IdentitySubject> = {}) =>
  identity({
    consumers: absent('machines.list'),
    consumersGoneAt: known(instant, 'machines.list'),
    ...different,
  })
const says = (day: string, grants = 'one grant') =>
  `Nothing runs as it since ${day}, and it still holds ${grants}; the limit is 14 days.`

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  pass: [
    identity(), // something runs as it
    identity({ consumers: absent('machines.list') }), // nothing ever did
    gone('2026-09-16T00:00:00Z'), // 14 days: the limit itself
    gone('2026-09-15T00:00:01Z'), // 14 days and nearly one more
    gone('2026-01-01T00:00:00Z', { grants: absent('roles.list') }),
    gone('2026-01-01T00:00:00Z', { grants: known(0, 'roles.list') }),
  ],
  fail: [
    { given: gone('2026-09-15T00:00:00Z'), says: says('2026-09-15') },
    {
      given: gone('2026-01-01T00:00:00Z', { grants: known(7, 'roles.list'), class: 'unclear' }),
      says: says('2026-01-01', '7 grants'),
    },
    {
      given: gone('2026-01-01T00:00:00Z', { enabled: known(false, 'robots.list') }),
      says: says('2026-01-01'),
      severity: 'info',
      latent: 'It is disabled.',
    },
  ],
  notApplicable: [
    gone('2026-01-01T00:00:00Z', { class: 'human' }),
    gone('2026-01-01T00:00:00Z', { class: 'provider' }),
  ],
})

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  params: { daysMax: 0 },
  pass: [gone('2026-09-29T00:00:01Z')],
  fail: [
    {
      given: gone('2026-09-29T00:00:00Z'),
      says: 'Nothing runs as it since 2026-09-29, and it still holds one grant; the limit is 0 days.',
    },
  ],
})
