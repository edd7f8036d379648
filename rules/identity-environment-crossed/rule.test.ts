// Examples of rights in production: of who lives inside, outside, and where nothing tells.
import { absent, known } from '@/core/fact'
import type { IdentitySubject } from '@/core/subject'
import { identity } from '../specimens'
import { ruleTester } from '../tester'
import rule from './rule'

const lives = (environment: string, reaches: string[], different: Partial<IdentitySubject> = {}) =>
  identity({
    environment: known(environment, 'policy'),
    reaches: known({ environments: reaches }, 'roles.list'),
    ...different,
  })
const openTo = (environments: string[]) => known({ environments, open: 'roles: denied' }, 'roles.list')
const unlabelled = { environment: absent('policy', 'no tag tells') }

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  pass: [
    identity(),
    lives('production', ['production', 'development']),
    lives('development', ['staging', 'test']),
    lives('development', []),
    // An environment that is only called like it.
    lives('development', ['production-like']),
    identity({ ...unlabelled, reaches: known({ environments: ['test'] }, 'roles.list') }),
    // Wherever else it holds rights: it is at home in production.
    lives('production', [], { reaches: openTo(['test']) }),
    identity(unlabelled),
  ],
  fail: [
    // What is not seen beside it takes nothing away from what is.
    {
      given: lives('test', [], { reaches: openTo(['production']) }),
      says: 'It lives in test and holds rights in production.',
    },
    {
      given: lives('development', ['production']),
      says: 'It lives in development and holds rights in production.',
    },
    {
      given: lives('test', ['development', 'production'], { class: 'unclear' }),
      says: 'It lives in test and holds rights in production.',
    },
    // One that the policy does not know is no production either.
    {
      given: lives('team-blue', ['production'], { enabled: absent('robots.list') }),
      says: 'It lives in team-blue and holds rights in production.',
    },
    {
      given: lives('development', ['production'], { enabled: known(false, 'robots.list') }),
      says: 'It lives in development and holds rights in production.',
      severity: 'low',
      latent: 'It is disabled.',
    },
  ],
  depends: [
    { given: lives('test', [], { reaches: openTo(['test']) }), says: 'roles: denied.' },
    { given: identity({ ...unlabelled, reaches: openTo([]) }), says: 'roles: denied.' },
    {
      given: identity({ ...unlabelled, reaches: known({ environments: ['production'] }, 'roles.list') }),
      says: 'it holds rights in production, and nothing tells where it lives.',
    },
  ],
  notApplicable: [
    lives('development', ['production'], { class: 'human' }),
    lives('development', ['production'], { class: 'provider' }),
  ],
})

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  params: { productions: ['live', 'payments'] },
  pass: [lives('live', ['payments']), lives('development', ['production'])],
  fail: [
    {
      given: lives('development', ['live', 'payments', 'test']),
      says: 'It lives in development and holds rights in live and payments.',
    },
  ],
})
