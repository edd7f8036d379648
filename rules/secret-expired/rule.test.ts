// Examples around the end date of a stored secret.
import { absent, known, type Instant } from '@/core/fact'
import { secret } from '../specimens'
import { ruleTester } from '../tester'
import rule from './rule'

const ends = (instant: Instant, different: Parameters<typeof secret>[0] = {}) =>
  secret({ expiresAt: known(instant, 'secrets.list'), ...different })
const says = (day: string) => `Its end date, ${day}, has passed, and it is still there.`

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  pass: [secret(), ends('2026-09-30T00:00:01Z'), ends('2030-01-01T00:00:00Z'), ends('9999-12-31T23:59:59Z')],
  fail: [
    { given: ends('2026-09-30T00:00:00Z'), says: says('2026-09-30') }, // the end itself
    { given: ends('2020-01-01T00:00:00Z'), says: says('2020-01-01') },
    { given: ends('2026-09-01T00:00:00Z', { rotatedAt: absent('secrets.list') }), says: says('2026-09-01') },
    {
      // Read after its end: the store goes on handing it out.
      given: ends('2026-09-02T00:00:00Z', { lastReadAt: known('2026-09-29T00:00:00Z', 'secrets.use') }),
      says: says('2026-09-02'),
    },
  ],
})
