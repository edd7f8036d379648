// Examples of what an outside organisation may do here: everything, less, and what depends.
import { absent, known } from '@/core/fact'
import type { IdentitySubject, Privilege } from '@/core/subject'
import { identity } from '../specimens'
import { ruleTester } from '../tester'
import rule from './rule'

const WHY = 'backup (attached), statement 1 allows everything.'
const may = (different: Partial<Privilege>): Partial<IdentitySubject> => ({
  privilege: known({ class: 'administrator', because: [WHY], ...different }, 'roles.list'),
})
const foreign = (different: Partial<Privilege>, more: Partial<IdentitySubject> = {}) =>
  identity({ vendor: known('Backup Ltd', 'robots.list'), ...may(different), ...more })

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  pass: [
    identity(may({})), // one's own
    foreign({ class: 'write' }),
    foreign({ class: 'write', depends: true }),
    foreign({ class: 'none', because: [] }),
    foreign({}, { privilege: absent('roles.list') }),
  ],
  fail: [
    {
      given: foreign({}),
      says: `It belongs to Backup Ltd and is an administrator here: ${WHY}`,
      severity: 'critical',
    },
    {
      given: foreign({ class: 'escalates', hops: 2 }, { class: 'unclear' }),
      says: `It belongs to Backup Ltd and can come to be administrator here: ${WHY}`,
    },
    {
      given: foreign({ class: 'sensitive' }),
      says: `It belongs to Backup Ltd and reaches what is sensitive: ${WHY}`,
      severity: 'medium',
    },
    {
      given: foreign({ because: [] }),
      says: 'It belongs to Backup Ltd and is an administrator here: what it holds was judged so.',
      severity: 'critical',
    },
    {
      given: foreign({}, { enabled: known(false, 'robots.list') }),
      says: `It belongs to Backup Ltd and is an administrator here: ${WHY}`,
      severity: 'medium',
      latent: 'It is disabled.',
    },
  ],
  depends: [
    { given: foreign({ class: 'conditional' }), says: WHY },
    { given: foreign({ class: 'conditional', because: [] }), says: 'what it holds was judged so.' },
    { given: foreign({ class: 'sensitive', depends: true }), says: WHY },
  ],
  notApplicable: [foreign({}, { class: 'provider' }), foreign({}, { class: 'human' })],
})
