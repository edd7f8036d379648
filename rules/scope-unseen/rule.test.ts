// Examples of scopes that were seen whole, lately, long ago, or never.
import { absent, known, unknown, type Instant } from '@/core/fact'
import type { ScopeSubject } from '@/core/subject'
import { scope } from '../specimens'
import { ruleTester } from '../tester'
import rule from './rule'

const MISSING = 'credential: keys.list denied'
const gap = (seen: Instant, different: Partial<ScopeSubject> = {}) =>
  scope({
    gaps: known({ count: 1, names: [MISSING] }, 'looks'),
    seenWholeAt: known(seen, 'looks'),
    ...different,
  })
const since = (day: string, missing = MISSING) =>
  `It was last seen whole on ${day}; what is missing since then: ${missing}.`

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  pass: [
    scope(),
    scope({ seenWholeAt: known('2020-01-01T00:00:00Z', 'looks') }), // nothing is missing
    scope({ seenWholeAt: absent('looks') }),
    gap('2026-09-29T00:00:00Z'),
    gap('2026-09-28T00:00:00Z'), // 2 days: the limit itself
    gap('2026-09-27T00:00:01Z'), // 2 days and nearly one more
    gap('2026-10-02T00:00:00Z'), // a clock that is ahead
  ],
  fail: [
    { given: gap('2026-09-27T00:00:00Z'), says: since('2026-09-27') },
    {
      given: gap('2026-01-01T00:00:00Z', {
        gaps: known(
          { count: 5, names: ['a: x denied', 'b: y throttled', 'c: z denied', 'd: w denied'] },
          'looks',
        ),
      }),
      says: since('2026-01-01', 'a: x denied, b: y throttled, c: z denied, and 2 more'),
    },
    {
      given: gap('2026-09-29T00:00:00Z', { seenWholeAt: absent('looks') }),
      says: `It was never seen whole; what is missing: ${MISSING}.`,
    },
    {
      given: gap('2026-09-29T00:00:00Z', { seenWholeAt: unknown('not-offered', 'looks') }),
      says: `It was never seen whole; what is missing: ${MISSING}.`,
    },
  ],
})

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  params: { daysMax: 0 },
  pass: [gap('2026-09-29T00:00:01Z')],
  fail: [
    { given: gap('2026-09-29T00:00:00Z'), says: since('2026-09-29') },
    {
      given: gap('2026-09-29T12:00:00Z', { seenWholeAt: absent('looks') }),
      says: `It was never seen whole; what is missing: ${MISSING}.`,
    },
  ],
})
