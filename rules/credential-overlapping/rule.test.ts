// Examples around the days two credentials may work side by side, and of those that do not follow one another.
import { absent, known, unknown, type Instant } from '@/core/fact'
import type { CredentialSubject } from '@/core/subject'
import { credential } from '../specimens'
import { ruleTester } from '../tester'
import rule from './rule'

const at = (instant: Instant) => known(instant, 'keys.list')
const beside = (newestMadeAt?: Instant, active = 1) =>
  known({ active, ...(newestMadeAt !== undefined && { newestMadeAt }) }, 'keys.list')
/** Made at the beginning of the year, with a newer one beside it. */
const older = (newest: Instant | undefined, different: Partial<CredentialSubject> = {}) =>
  credential({ createdAt: at('2026-01-01T00:00:00Z'), siblings: beside(newest), ...different })
const says = (newest: string, made = '2026-01-01', days = 14) =>
  `A newer one is there since ${newest}, and this one of ${made} still works; the limit is ${days} days.`

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  pass: [
    credential(),
    older('2026-09-29T00:00:00Z'),
    older('2026-09-16T00:00:00Z'), // 14 days: the limit itself
    older('2026-09-15T00:00:01Z'), // 14 days and nearly one more
    older('2026-01-01T00:00:00Z'), // made together: none is the newer one
    older('2025-01-01T00:00:00Z'), // this is the newer one
    older('2026-10-02T00:00:00Z'), // a clock that is ahead
    older('2026-08-01T00:00:00Z', { rotatedAt: at('2026-08-02T00:00:00Z') }), // changed after that
    older('2026-08-01T00:00:00Z', { enabled: known(false, 'keys.list') }),
    older('2026-08-01T00:00:00Z', { expiresAt: at('2026-09-30T00:00:00Z') }),
    credential({ createdAt: unknown('denied', 'keys.list') }),
  ],
  fail: [
    { given: older('2026-09-15T00:00:00Z'), says: says('2026-09-15') },
    { given: older('2026-02-01T00:00:00Z', { form: 'password' }), says: says('2026-02-01') },
    {
      given: older('2026-02-01T00:00:00Z', { form: 'ssh-key', identityClass: 'unclear' }),
      says: says('2026-02-01'),
    },
    { given: older('2026-02-01T00:00:00Z', { enabled: absent('keys.list') }), says: says('2026-02-01') },
    {
      given: older('2026-02-01T00:00:00Z', { expiresAt: at('2026-11-01T00:00:00Z') }),
      says: says('2026-02-01'),
    },
    {
      given: older('2026-02-01T00:00:00Z', { siblings: beside('2026-02-01T00:00:00Z', 3) }),
      says: says('2026-02-01'),
    },
    {
      given: older('2026-08-01T00:00:00Z', { rotatedAt: at('2026-06-01T00:00:00Z') }),
      says: says('2026-08-01', '2026-06-01'),
    },
    {
      given: older('2026-02-01T00:00:00Z', { identityEnabled: known(false, 'robots.list') }),
      says: says('2026-02-01'),
      severity: 'info',
      latent: 'Its identity is disabled.',
    },
  ],
  depends: [
    { given: older(undefined), says: 'another one is beside it, and which of them is newer is not told.' },
    {
      given: older('2026-02-01T00:00:00Z', { createdAt: unknown('denied', 'keys.list') }),
      says: 'another one is beside it, and which of them is newer is not told.',
    },
    {
      given: older('2026-02-01T00:00:00Z', { siblings: beside('2026-02-01T00:00:00Z', 4) }),
      says: 'many others are beside it, and may be for other callers.',
    },
  ],
  notApplicable: [
    older('2026-02-01T00:00:00Z', { form: 'certificate' }),
    older('2026-02-01T00:00:00Z', { form: 'token' }),
    older('2026-02-01T00:00:00Z', { form: 'federated' }),
    older('2026-02-01T00:00:00Z', { identityClass: 'human' }),
    older('2026-02-01T00:00:00Z', { identityClass: 'provider' }),
  ],
})

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  params: { overlapDays: 0, othersMax: 10 },
  pass: [older('2026-09-29T00:00:01Z')],
  fail: [
    { given: older('2026-09-29T00:00:00Z'), says: says('2026-09-29', '2026-01-01', 0) },
    {
      given: older('2026-09-01T00:00:00Z', { siblings: beside('2026-09-01T00:00:00Z', 10) }),
      says: says('2026-09-01', '2026-01-01', 0),
    },
  ],
})
