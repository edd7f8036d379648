// Examples of what a disabled identity still holds.
import { absent, known } from '@/core/fact'
import type { IdentitySubject } from '@/core/subject'
import { identity } from '../specimens'
import { ruleTester } from '../tester'
import rule from './rule'

const disabled = (grants: number, different: Partial<IdentitySubject> = {}) =>
  identity({ enabled: known(false, 'robots.list'), grants: known(grants, 'roles.list'), ...different })
const says = (grants: string) =>
  `It is disabled and still holds ${grants}: whoever enables it has them at once.`

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  pass: [
    identity(),
    disabled(0),
    disabled(0, { grants: absent('roles.list') }),
    disabled(3, { enabled: absent('robots.list') }), // a source in which nothing can be disabled
    identity({ class: 'unclear' }),
  ],
  fail: [
    { given: disabled(1), says: says('one grant') },
    { given: disabled(12, { class: 'unclear' }), says: says('12 grants') },
    // It is about what is disabled: that it is makes it no milder.
    { given: disabled(12, { actsBy: absent('keys.list') }), says: says('12 grants') },
  ],
  notApplicable: [disabled(1, { class: 'human' }), disabled(1, { class: 'provider' })],
})
