// Examples around the end that was declared for an identity.
import { absent, known, type Instant } from '@/core/fact'
import type { IdentitySubject } from '@/core/subject'
import { identity } from '../specimens'
import { ruleTester } from '../tester'
import rule from './rule'

const ends = (instant: Instant, different: Partial<IdentitySubject> = {}) =>
  identity({ endsAt: known(instant, 'tag expires-on'), ...different })
const says = (day: string) => `Its end was declared for ${day}, and it is not disabled.`

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  pass: [
    identity(),
    ends('2026-09-30T00:00:00.001Z'),
    ends('2026-09-30T23:59:59.999Z'), // the last day itself
    ends('2099-12-31T23:59:59.999Z'),
    ends('2026-01-31T23:59:59.999Z', { enabled: known(false, 'robots.list') }),
  ],
  fail: [
    { given: ends('2026-09-30T00:00:00Z'), says: says('2026-09-30') }, // at the very instant
    { given: ends('2026-09-29T23:59:59.999Z'), says: says('2026-09-29') },
    { given: ends('2020-01-31T23:59:59.999Z', { class: 'unclear' }), says: says('2020-01-31') },
    // A source in which nothing can be disabled.
    { given: ends('2026-01-31T00:00:00Z', { enabled: absent('robots.list') }), says: says('2026-01-31') },
    {
      given: ends('2026-01-31T00:00:00Z', { actsBy: absent('keys.list') }),
      says: says('2026-01-31'),
      severity: 'info',
      latent: 'Nothing can act as it: it has no credential, no workload, and nobody is trusted to become it.',
    },
  ],
  notApplicable: [
    ends('2020-01-31T00:00:00Z', { class: 'human' }),
    ends('2020-01-31T00:00:00Z', { class: 'provider' }),
  ],
})
