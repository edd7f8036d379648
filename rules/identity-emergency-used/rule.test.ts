// Examples around the days during which the use of an emergency identity is told.
import { absent, known, type Instant } from '@/core/fact'
import type { IdentitySubject } from '@/core/subject'
import { identity } from '../specimens'
import { ruleTester } from '../tester'
import rule from './rule'

const breakGlass = 'when the sign-in of everybody fails'
const used = (instant: Instant, different: Partial<IdentitySubject> = {}) =>
  identity({ breakGlass, lastUsedAt: known(instant, 'robots.use'), ...different })
const says = (day: string) => `It is for emergencies only, and was used on ${day}.`

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  pass: [
    identity({ breakGlass, lastUsedAt: absent('robots.use') }),
    used('2026-09-15T00:00:00Z'), // a day over the limit
    used('2020-01-01T00:00:00Z'),
  ],
  fail: [
    { given: used('2026-09-30T00:00:00Z'), says: says('2026-09-30') }, // this instant
    { given: used('2026-09-16T00:00:00Z'), says: says('2026-09-16') }, // the limit itself
    { given: used('2026-09-15T00:00:01Z'), says: says('2026-09-15') }, // 14 days and nearly one more
    { given: used('2026-09-30T06:00:00Z'), says: says('2026-09-30') }, // a clock that is ahead by hours
    { given: used('2026-09-29T00:00:00Z', { class: 'human' }), says: says('2026-09-29') },
    { given: used('2026-09-29T00:00:00Z', { class: 'unclear' }), says: says('2026-09-29') },
    // It was used, also where it was disabled afterwards.
    {
      given: used('2026-09-29T00:00:00Z', { enabled: known(false, 'robots.list') }),
      says: says('2026-09-29'),
    },
    {
      given: used('2026-09-29T00:00:00Z', { actsBy: absent('keys.list') }),
      says: says('2026-09-29'),
    },
  ],
  depends: [
    {
      given: used('2026-10-05T00:00:00Z'),
      says: 'its last use is dated 2026-10-05, in the future.',
    },
  ],
  notApplicable: [
    identity(),
    identity({ class: 'human' }),
    identity({ lastUsedAt: known('2026-09-29T12:00:00Z', 'robots.use') }),
  ],
})

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  params: { daysMax: 1 },
  pass: [used('2026-09-28T00:00:00Z')],
  fail: [{ given: used('2026-09-28T00:00:01Z'), says: says('2026-09-28') }],
})
