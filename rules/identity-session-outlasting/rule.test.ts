// Examples around the limit of a session, and of tokens that are renewed for as long as somebody renews them.
import { absent, known } from '@/core/fact'
import type { IdentitySubject, TrustWeakness } from '@/core/subject'
import { trusting } from '../trust-examples'
import { identity } from '../specimens'
import { ruleTester } from '../tester'
import rule from './rule'

const HOUR = 3600
const lasts = (seconds: number): Partial<IdentitySubject> => ({
  maxSessionSeconds: known(seconds, 'robots.list'),
})
const RENEWED = 'Its tokens are renewed for as long as somebody renews them.'
const renewed = (different: Partial<TrustWeakness> = {}): TrustWeakness => ({
  id: 'V17',
  topic: 'lasting',
  severity: 'medium',
  answer: 'yes',
  because: [RENEWED],
  ...different,
})

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  pass: [
    identity(),
    identity({ maxSessionSeconds: absent('robots.list', 'nobody assumes it') }),
    identity(lasts(24 * HOUR)), // the limit itself
    trusting([renewed({ topic: 'unbound' })]),
    identity({ class: 'unclear' }),
  ],
  fail: [
    {
      given: identity(lasts(24 * HOUR + 1)),
      says: 'A session of it can last 1 day 1 second; the limit is 1 day.',
    },
    {
      given: identity(lasts(36 * HOUR)),
      says: 'A session of it can last 1 day 12 hours; the limit is 1 day.',
    },
    {
      given: identity(lasts(720 * HOUR)),
      says: 'A session of it can last 30 days; the limit is 1 day.',
    },
    {
      given: identity(lasts(768 * HOUR)),
      says: 'A session of it can last 32 days; the limit is 1 day.',
      severity: 'medium',
    },
    {
      given: identity({ ...lasts(768 * HOUR), enabled: known(false, 'robots.list') }),
      says: 'A session of it can last 32 days; the limit is 1 day.',
      severity: 'info',
      latent: 'It is disabled.',
    },
    { given: trusting([renewed()]), says: `${RENEWED} (V17)`, severity: 'medium' },
    // The worse of the two is told; of two that are as bad, what renews itself.
    { given: trusting([renewed()], lasts(36 * HOUR)), says: `${RENEWED} (V17)`, severity: 'medium' },
    {
      given: trusting([renewed(), renewed({ severity: 'low' })], lasts(768 * HOUR)),
      says: `${RENEWED} (V17, and 1 more)`,
      severity: 'medium',
    },
    {
      given: trusting([renewed({ severity: 'low' })], lasts(768 * HOUR)),
      says: 'A session of it can last 32 days; the limit is 1 day.',
      severity: 'medium',
    },
    // What is certain does not wait for what depends.
    {
      given: trusting([renewed({ answer: 'depends' })], lasts(36 * HOUR)),
      says: 'A session of it can last 1 day 12 hours; the limit is 1 day.',
    },
  ],
  depends: [{ given: trusting([renewed({ answer: 'depends' })]), says: RENEWED }],
  notApplicable: [
    identity({ ...lasts(768 * HOUR), class: 'human' }),
    trusting([renewed()], { class: 'provider' }),
  ],
})

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  params: { sessionHoursMax: 1 },
  pass: [identity(), trusting([])],
  fail: [
    {
      given: identity(lasts(12 * HOUR)),
      says: 'A session of it can last 12 hours; the limit is 1 hour.',
    },
    { given: trusting([renewed()]), says: `${RENEWED} (V17)`, severity: 'medium' },
    {
      given: trusting([renewed(), renewed({ id: 'V1' })]),
      says: `${RENEWED} (V17, and 1 more)`,
      severity: 'medium',
    },
  ],
})
