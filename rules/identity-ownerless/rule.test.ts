// Examples of identities with and without somebody who answers for them.
import { absent, known } from '@/core/fact'
import { identity } from '../specimens'
import { ruleTester } from '../tester'
import rule from './rule'

const owner = absent('robots.list')

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  pass: [
    identity(),
    identity({
      owner: known({ name: 'ops@example.com', names: 'unclear', how: 'tag contact' }, 'robots.list'),
    }),
    identity({ class: 'unclear' }),
  ],
  fail: [
    { given: identity({ owner }), says: 'Nobody is named who answers for it.' },
    { given: identity({ owner, class: 'unclear' }), says: 'Nobody is named who answers for it.' },
    {
      given: identity({ owner, enabled: known(false, 'robots.list') }),
      says: 'Nobody is named who answers for it.',
      severity: 'info',
      latent: 'It is disabled.',
    },
  ],
  notApplicable: [identity({ owner, class: 'human' }), identity({ owner, class: 'provider' })],
})
