// Examples around both limits: exactly at them, a second over them, and where the making is not told.
import { absent, known, unknown, type Instant } from '@/core/fact'
import type { CredentialSubject } from '@/core/subject'
import { credential } from '../specimens'
import { ruleTester } from '../tester'
import rule from './rule'

const at = (instant: Instant) => known(instant, 'keys.list')
const lives = (made: Instant, end: Instant, different: Partial<CredentialSubject> = {}) =>
  credential({ createdAt: at(made), expiresAt: at(end), ...different })
const says = (made: string, end: string, limit = 366) =>
  `Its value was made on ${made} and ends on ${end}; the limit is ${limit} days.`
const certificate = { form: 'certificate' } as const

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  pass: [
    credential(), // no end: another rule's
    lives('2026-09-01T00:00:00Z', '2027-09-01T00:00:00Z'), // a year
    lives('2026-09-01T00:00:00Z', '2027-09-02T00:00:00Z'), // 366 days: the limit itself
    lives('2026-09-01T00:00:00Z', '2027-10-04T00:00:00Z', certificate), // 398 days: the limit itself
    lives('2016-09-01T00:00:00Z', '2026-09-30T00:00:00Z'), // over by now
    lives('2026-09-01T00:00:00Z', '9999-12-31T23:59:59Z'), // stands for no end
    // Old as a thing, its value is new.
    lives('2020-01-01T00:00:00Z', '2026-12-01T00:00:00Z', { rotatedAt: at('2026-09-01T00:00:00Z') }),
    // Within the limit, whenever its value was made anew.
    lives('2026-09-01T00:00:00Z', '2027-01-01T00:00:00Z', { rotatedAt: unknown('denied', 'keys.list') }),
    lives('2027-01-01T00:00:00Z', '2026-12-01T00:00:00Z'), // ends before it is valid
    credential({ lifetimeSeconds: known(366 * 86400, 'keys.list') }),
  ],
  fail: [
    { given: lives('2026-09-01T00:00:00Z', '2027-09-02T00:00:01Z'), says: says('2026-09-01', '2027-09-02') },
    {
      given: lives('2026-09-01T00:00:00Z', '2027-10-04T00:00:01Z', certificate),
      says: says('2026-09-01', '2027-10-04', 398),
    },
    {
      given: lives('2026-09-01T00:00:00Z', '2036-09-01T00:00:00Z', { form: 'password' }),
      says: says('2026-09-01', '2036-09-01'),
    },
    {
      given: lives('2026-01-01T00:00:00Z', '2028-01-01T00:00:00Z', {
        createdAt: unknown('denied', 'keys.list'),
        rotatedAt: at('2026-05-01T00:00:00Z'),
      }),
      says: says('2026-05-01', '2028-01-01'),
    },
    {
      given: credential({ form: 'token', lifetimeSeconds: known(366 * 86400 + 1, 'keys.list') }),
      says: 'Each value of it lives for 367 days; the limit is 366 days.',
    },
    {
      // What is told of the single values counts, not what is not told of the whole.
      given: credential({
        lifetimeSeconds: known(400 * 86400, 'keys.list'),
        expiresAt: unknown('not-offered', 'keys.list'),
      }),
      says: 'Each value of it lives for 400 days; the limit is 366 days.',
    },
    {
      given: lives('2026-09-01T00:00:00Z', '2036-09-01T00:00:00Z', { enabled: known(false, 'keys.list') }),
      says: says('2026-09-01', '2036-09-01'),
      severity: 'info',
      latent: 'It is disabled.',
    },
  ],
  depends: [
    {
      given: credential({ expiresAt: unknown('denied', 'keys.list') }),
      says: 'its source does not tell when it ends.',
    },
    {
      given: lives('2026-01-01T00:00:00Z', '2028-01-01T00:00:00Z', { createdAt: absent('keys.list') }),
      says: 'it ends on 2028-01-01, and its source gives no date for its value.',
    },
    {
      given: lives('2020-01-01T00:00:00Z', '2028-01-01T00:00:00Z', {
        rotatedAt: unknown('denied', 'keys.list'),
      }),
      says: 'whether its value was made anew after 2020-01-01 is not told.',
    },
  ],
  notApplicable: [
    lives('2026-01-01T00:00:00Z', '2036-01-01T00:00:00Z', { identityClass: 'human' }),
    lives('2026-01-01T00:00:00Z', '2036-01-01T00:00:00Z', { identityClass: 'provider' }),
    lives('2026-01-01T00:00:00Z', '2036-01-01T00:00:00Z', { form: 'federated' }),
  ],
})

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  params: { certificateDaysMax: 200 },
  pass: [lives('2026-09-01T00:00:00Z', '2027-03-20T00:00:00Z', certificate)],
  fail: [
    {
      given: lives('2026-09-01T00:00:00Z', '2027-03-20T00:00:01Z', certificate),
      says: says('2026-09-01', '2027-03-20', 200),
    },
    {
      given: credential({ ...certificate, lifetimeSeconds: known(201 * 86400, 'keys.list') }),
      says: 'Each value of it lives for 201 days; the limit is 200 days.',
    },
  ],
})
