// Examples of trust in those who are gone, and of trust that nobody meets.
import { absent, known } from '@/core/fact'
import type { IdentitySubject, TrustWeakness } from '@/core/subject'
import { trusting } from '../trust-examples'
import { identity } from '../specimens'
import { ruleTester } from '../tester'
import rule from './rule'

const names = (count: number, ...listed: string[]): Partial<IdentitySubject> => ({
  deletedPrincipals: known({ count, names: listed }, 'trust.list'),
})
const NOBODY = 'Its wildcard stands for nothing, so nobody fits.'
const nobody = (different: Partial<TrustWeakness> = {}): TrustWeakness => ({
  id: 'F05',
  topic: 'nobody',
  severity: 'low',
  answer: 'yes',
  because: [NOBODY],
  ...different,
})

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  pass: [
    identity(),
    identity(names(0)),
    trusting([nobody({ topic: 'subject', severity: 'high' })]),
    identity({ class: 'unclear' }),
  ],
  fail: [
    {
      given: identity(names(1, 'deploy-2023')),
      says: 'Its trust names who is not there any more: deploy-2023.',
    },
    {
      given: identity(names(3, 'a', 'b', 'c')),
      says: 'Its trust names who is not there any more: a, b, and c.',
    },
    {
      given: identity(names(40, 'a', 'b', 'c', 'd')),
      says: 'Its trust names who is not there any more: a, b, c, and 37 more.',
    },
    {
      given: identity(names(2)),
      says: 'Its trust names who is not there any more: 2 without a name.',
    },
    // It comes to life with the identity: it is as bad while that is disabled.
    {
      given: identity({ ...names(1, 'deploy-2023'), enabled: known(false, 'robots.list') }),
      says: 'Its trust names who is not there any more: deploy-2023.',
    },
    {
      given: identity({ ...names(1, 'deploy-2023'), actsBy: absent('trust.list') }),
      says: 'Its trust names who is not there any more: deploy-2023.',
    },
    { given: trusting([nobody()]), says: `${NOBODY} (F05)` },
    {
      given: trusting([nobody({ severity: 'medium' }), nobody({ id: 'F12' })]),
      says: `${NOBODY} (F05, and 1 more)`,
      severity: 'medium',
    },
    {
      given: trusting([nobody({ severity: 'medium' })], names(1, 'deploy-2023')),
      says: 'Its trust names who is not there any more: deploy-2023.',
      severity: 'medium',
    },
    {
      given: trusting([nobody({ answer: 'depends' })], names(1, 'deploy-2023')),
      says: 'Its trust names who is not there any more: deploy-2023.',
    },
  ],
  depends: [{ given: trusting([nobody({ answer: 'depends' })]), says: NOBODY }],
  notApplicable: [
    identity({ ...names(1, 'deploy-2023'), class: 'human' }),
    identity({ ...names(1, 'deploy-2023'), class: 'provider' }),
  ],
})
