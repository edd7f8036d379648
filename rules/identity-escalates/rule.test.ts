// Examples of who can come to be administrator, who only may, and who is one already.
import { absent, known } from '@/core/fact'
import type { Privilege } from '@/core/subject'
import { identity } from '../specimens'
import { ruleTester } from '../tester'
import rule from './rule'

const WHY = 'It can write its own policy.'
const privilege = (value: Partial<Privilege>) =>
  identity({ privilege: known({ class: 'escalates', because: [WHY], ...value }, 'roles.list') })

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  pass: [
    identity(),
    identity({ privilege: absent('roles.list') }),
    privilege({ class: 'administrator', hops: 0 }),
    privilege({ class: 'conditional' }),
  ],
  fail: [
    { given: privilege({ hops: 2 }), says: `It can come to be administrator in 2 steps: ${WHY}` },
    { given: privilege({}), says: `It can come to be administrator in one step: ${WHY}` },
    {
      given: privilege({ because: [] }),
      says: 'It can come to be administrator in one step: by rights that it holds.',
    },
    {
      given: { ...privilege({ hops: 3 }), enabled: known(false, 'robots.list') },
      says: `It can come to be administrator in 3 steps: ${WHY}`,
      severity: 'low',
      latent: 'It is disabled.',
    },
  ],
  depends: [{ given: privilege({ class: 'conditional', hops: 2 }), says: WHY }],
  notApplicable: [{ ...privilege({}), class: 'human' }],
})
