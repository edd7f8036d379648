// Examples around the share that may go unused, and around the window that is long enough to tell.
import { absent, known, type Instant } from '@/core/fact'
import type { IdentitySubject } from '@/core/subject'
import { identity } from '../specimens'
import { ruleTester } from '../tester'
import rule from './rule'

const FROM = '2026-06-30T00:00:00Z'
const TO = '2026-09-28T00:00:00Z' // 90 days later
const did = (
  granted: number,
  used: number,
  { from = FROM, to = TO, ...different }: Partial<IdentitySubject> & { from?: Instant; to?: Instant } = {},
) => identity({ exercise: known({ granted, used, from, to }, 'roles.use'), ...different })
const says = (granted: number, used: number | string) =>
  `It was seen using ${used} of the ${granted} rights or services given, in 90 days or more.`
const SHORT = 'its uses are on record for less than 90 days.'

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  pass: [
    identity(),
    identity({ exercise: absent('roles.use') }),
    did(0, 0),
    did(10, 2), // four in five unused: the limit itself
    did(10, 2, { from: '2026-09-27T00:00:00Z' }), // more time could only show more uses
    did(10, 12), // what it used before it was taken away counts as used
  ],
  fail: [
    { given: did(10, 1), says: says(10, 1) },
    { given: did(1, 0, { class: 'unclear' }), says: says(1, 'none') },
    { given: did(400, 3, { from: '2025-08-24T00:00:00Z' }), says: says(400, 3) },
    {
      given: did(10, 0, { enabled: known(false, 'robots.list') }),
      says: says(10, 'none'),
      severity: 'info',
      latent: 'It is disabled.',
    },
  ],
  depends: [
    { given: did(10, 1, { from: '2026-06-30T00:00:01Z' }), says: SHORT }, // a second short of 90 days
    { given: did(10, 0, { from: '2026-09-27T00:00:00Z' }), says: SHORT },
    { given: did(10, 0, { from: TO, to: FROM }), says: SHORT },
  ],
  notApplicable: [did(10, 0, { class: 'human' }), did(10, 0, { class: 'provider' })],
})

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  params: { shareMax: 0, windowDaysMin: 1 },
  pass: [did(3, 3)],
  fail: [
    {
      given: did(3, 2, { from: '2026-09-27T00:00:00Z' }),
      says: 'It was seen using 2 of the 3 rights or services given, in a day or more.',
    },
  ],
})
