// Examples of copies that follow their original, late, rarely, or not at all.
import { absent, known, unknown, type Instant } from '@/core/fact'
import type { SecretSubject } from '@/core/subject'
import { secret } from '../specimens'
import { ruleTester } from '../tester'
import rule from './rule'

const at = (instant: Instant) => known(instant, 'copies.list')
const HOUR = 3600
/** @param every seconds between two copies; none for a copy that was made once */
const copy = (
  changed: Instant,
  copied: Instant,
  every: number | undefined,
  different: Partial<SecretSubject> = {},
) =>
  secret({
    sourceRotatedAt: at(changed),
    rotatedAt: at(copied),
    copiedEverySeconds: every === undefined ? absent('copies.list', 'once') : known(every, 'copies.list'),
    ...different,
  })
const stale = (changed: string, copied: string) =>
  `Its original changed on ${changed}, and it was last copied before that, on ${copied}.`
const slow = (every: string, limit = '1 day') =>
  `It is copied again every ${every} only; the limit is ${limit}.`
const ONCE = 'It was copied once: what its original becomes does not reach it.'

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  pass: [
    secret(),
    secret({ rotatedAt: unknown('not-offered', 'secrets.list') }), // no copy, whenever it changed
    copy('2026-09-01T00:00:00Z', '2026-09-30T00:00:00Z', HOUR),
    copy('2026-09-01T00:00:00Z', '2026-09-01T00:00:00Z', HOUR), // copied in that instant
    copy('2026-09-01T00:00:00Z', '2026-09-30T00:00:00Z', 24 * HOUR), // the limit itself
    copy('2026-09-29T00:00:00Z', '2026-09-28T00:00:00Z', HOUR), // due by now, and not missing yet
    copy('2026-09-28T23:00:01Z', '2026-09-28T00:00:00Z', HOUR), // missing in a second
    copy('2026-10-02T00:00:00Z', '2026-09-28T00:00:00Z', HOUR), // a clock that is ahead
  ],
  fail: [
    {
      given: copy('2026-09-28T23:00:00Z', '2026-09-28T00:00:00Z', HOUR),
      says: stale('2026-09-28', '2026-09-28'),
    },
    {
      given: copy('2026-09-01T00:00:00Z', '2026-06-01T00:00:00Z', 60),
      says: stale('2026-09-01', '2026-06-01'),
    },
    {
      // Both rare and missing: that it is missing is worse.
      given: copy('2026-09-01T00:00:00Z', '2026-06-01T00:00:00Z', 7 * 24 * HOUR),
      says: stale('2026-09-01', '2026-06-01'),
    },
    {
      given: copy('2026-09-01T00:00:00Z', '2026-06-01T00:00:00Z', undefined),
      says: 'Its original changed on 2026-09-01, and it was copied on 2026-06-01 and never again.',
    },
    { given: copy('2026-06-01T00:00:00Z', '2026-09-01T00:00:00Z', undefined), says: ONCE, severity: 'low' },
    {
      given: copy('2026-09-01T00:00:00Z', '2026-09-29T00:00:00Z', 24 * HOUR + 1),
      says: slow('1 day 1 second'),
      severity: 'low',
    },
    {
      // Rare, and the next copy is not missing yet.
      given: copy('2026-09-29T00:00:00Z', '2026-09-28T00:00:00Z', 7 * 24 * HOUR),
      says: slow('7 days'),
      severity: 'low',
    },
  ],
  depends: [
    {
      given: copy('2026-09-01T00:00:00Z', '2026-09-01T00:00:00Z', HOUR, {
        rotatedAt: unknown('not-offered', 'copies.list', 'the last copy failed'),
      }),
      says: 'when it was last copied is not known.',
    },
    {
      given: copy('2026-09-01T00:00:00Z', '2026-09-01T00:00:00Z', HOUR, { rotatedAt: absent('copies.list') }),
      says: 'it was not copied yet.',
    },
  ],
})

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  params: { hoursMax: 0.5 },
  pass: [copy('2026-09-01T00:00:00Z', '2026-09-29T00:00:00Z', 1800)],
  fail: [
    {
      given: copy('2026-09-01T00:00:00Z', '2026-09-29T00:00:00Z', HOUR),
      says: slow('1 hour', '30 minutes'),
      severity: 'low',
    },
    {
      given: copy('2026-09-01T00:00:00Z', '2026-06-01T00:00:00Z', 1800),
      says: stale('2026-09-01', '2026-06-01'),
    },
    {
      given: copy('2026-09-01T00:00:00Z', '2026-06-01T00:00:00Z', undefined),
      says: 'Its original changed on 2026-09-01, and it was copied on 2026-06-01 and never again.',
    },
    { given: copy('2026-06-01T00:00:00Z', '2026-09-01T00:00:00Z', undefined), says: ONCE, severity: 'low' },
  ],
})
