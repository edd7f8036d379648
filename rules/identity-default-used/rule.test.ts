// Examples of default identities: with rights, without, and with nothing that runs as them.
import { absent, known } from '@/core/fact'
import type { IdentitySubject } from '@/core/subject'
import { identity } from '../specimens'
import { ruleTester } from '../tester'
import rule from './rule'

const standard = (different: Partial<IdentitySubject> = {}) =>
  identity({ isDefault: known(true, 'robots.list'), ...different })
const says = (grants: string, consumers: string) =>
  `It is given to whatever names no identity, holds ${grants}, and is run as by ${consumers}.`
const runs = (count: number, names: string[]) =>
  known({ count, names, environments: [], unlabelled: count }, 'machines.list')

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  pass: [
    identity(),
    identity({ isDefault: absent('robots.list') }),
    standard({ grants: absent('roles.list') }),
    standard({ grants: known(0, 'roles.list') }),
    standard({ consumers: absent('machines.list') }),
    standard({ consumers: runs(0, []) }),
  ],
  fail: [
    { given: standard(), says: says('one grant', 'invoices') },
    {
      given: standard({
        consumers: runs(12, ['a', 'b', 'c', 'd']),
        grants: known(3, 'roles.list'),
        class: 'unclear',
      }),
      says: says('3 grants', 'a, b, c, and 9 more'),
    },
    {
      given: standard({ enabled: known(false, 'robots.list') }),
      says: says('one grant', 'invoices'),
      severity: 'info',
      latent: 'It is disabled.',
    },
  ],
  notApplicable: [standard({ class: 'human' }), standard({ class: 'provider' })],
})
