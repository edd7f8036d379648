// Examples of identities with and without a word about their environment.
import { absent, known } from '@/core/fact'
import { identity } from '../specimens'
import { ruleTester } from '../tester'
import rule from './rule'

const environment = absent('policy', 'no tag and no name of its place tells')
const SAYS = 'Nothing tells in which environment it lives.'

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  pass: [
    identity(),
    // One that the policy does not know is one all the same.
    identity({ environment: known('team-blue', 'tag env') }),
    identity({ class: 'unclear' }),
  ],
  fail: [
    { given: identity({ environment }), says: SAYS },
    { given: identity({ environment, class: 'unclear' }), says: SAYS },
    { given: identity({ environment, enabled: absent('robots.list') }), says: SAYS },
    {
      given: identity({ environment, enabled: known(false, 'robots.list') }),
      says: SAYS,
      severity: 'info',
      latent: 'It is disabled.',
    },
  ],
  notApplicable: [identity({ environment, class: 'human' }), identity({ environment, class: 'provider' })],
})
