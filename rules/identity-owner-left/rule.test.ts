// Examples of owners who are there, who have left, and who are no person.
import { absent, known } from '@/core/fact'
import type { IdentitySubject } from '@/core/subject'
import { identity } from '../specimens'
import { ruleTester } from '../tester'
import rule from './rule'

const ann = known({ name: 'ann@example.com', names: 'person' as const, how: 'tag owner' }, 'robots.list')
const stands = (standing: 'here' | 'left', different: Partial<IdentitySubject> = {}) =>
  identity({ owner: ann, ownerStanding: known(standing, 'people.list'), ...different })
const SAYS = 'ann@example.com, who is named to answer for it (tag owner), has left.'

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  pass: [
    identity(), // a team
    stands('here'),
    // That nobody is named is told by another rule.
    stands('left', { owner: absent('robots.list') }),
    stands('here', { class: 'unclear' }),
  ],
  fail: [
    { given: stands('left'), says: SAYS },
    { given: stands('left', { class: 'unclear' }), says: SAYS },
    { given: stands('left', { enabled: absent('robots.list') }), says: SAYS },
    {
      given: stands('left', { enabled: known(false, 'robots.list') }),
      says: SAYS,
      severity: 'info',
      latent: 'It is disabled.',
    },
  ],
  notApplicable: [stands('left', { class: 'human' }), stands('left', { class: 'provider' })],
})
