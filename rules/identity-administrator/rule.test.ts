// Examples of what counts as an administrator, what only may be one, and what is less.
import { absent, known } from '@/core/fact'
import type { PrivilegeClass } from '@/core/subject'
import { identity } from '../specimens'
import { ruleTester } from '../tester'
import rule from './rule'

const WHY = 'all (attached), statement 1 allows everything.'
const privilege = (which: PrivilegeClass, ...because: string[]) =>
  known({ class: which, because }, 'roles.list')
const all = privilege('administrator', WHY, 'and more')

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  pass: [
    identity(),
    identity({ privilege: privilege('none') }),
    identity({ privilege: absent('roles.list') }),
    identity({ class: 'unclear' }),
  ],
  fail: [
    { given: identity({ privilege: all }), says: `It is an administrator: ${WHY}` },
    { given: identity({ privilege: all, class: 'unclear' }), says: `It is an administrator: ${WHY}` },
    {
      given: identity({ privilege: all, enabled: absent('robots.list') }),
      says: `It is an administrator: ${WHY}`,
    },
    {
      given: identity({ privilege: privilege('administrator') }),
      says: 'It is an administrator: what it holds was judged so.',
    },
    {
      given: identity({ privilege: all, enabled: known(false, 'robots.list') }),
      says: `It is an administrator: ${WHY}`,
      severity: 'low',
      latent: 'It is disabled.',
    },
  ],
  depends: [
    { given: identity({ privilege: privilege('conditional', 'on a condition.') }), says: 'on a condition.' },
    { given: identity({ privilege: privilege('conditional') }), says: 'what it holds was judged so.' },
  ],
  notApplicable: [
    identity({ privilege: all, class: 'human' }),
    identity({ privilege: all, class: 'provider' }),
  ],
})
