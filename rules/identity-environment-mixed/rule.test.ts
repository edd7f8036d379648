// Examples of what runs as one identity in one environment, in several, and where nothing tells.
import { absent, known } from '@/core/fact'
import type { IdentitySubject } from '@/core/subject'
import { identity } from '../specimens'
import { ruleTester } from '../tester'
import rule from './rule'

const runs = (
  count: number,
  environments: string[],
  unlabelled = 0,
  different: Partial<IdentitySubject> = {},
) =>
  identity({
    consumers: known({ count, names: ['invoices'], environments, unlabelled }, 'machines.list'),
    ...different,
  })
const partly = (environments: string[]) =>
  identity({
    consumers: known({ count: 2, names: [], environments, unlabelled: 0, more: 'refused' }, 'machines.list'),
  })
const SILENT = 'nothing tells the environment of some of what runs as it.'

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  pass: [
    identity(),
    identity({ consumers: absent('machines.list') }),
    runs(30, ['production']),
    runs(1, [], 1), // one alone
    runs(0, []),
  ],
  fail: [
    { given: partly(['production', 'test']), says: 'What runs as it runs in production and test.' },
    { given: runs(2, ['production', 'test']), says: 'What runs as it runs in production and test.' },
    {
      given: runs(9, ['development', 'production', 'test'], 3, { class: 'unclear' }),
      says: 'What runs as it runs in development, production, and test.',
    },
    {
      given: runs(2, ['production', 'test'], 0, { enabled: known(false, 'robots.list') }),
      says: 'What runs as it runs in production and test.',
      severity: 'info',
      latent: 'It is disabled.',
    },
  ],
  depends: [
    { given: partly(['production']), says: 'more may run as it than were seen: refused.' },
    { given: runs(2, ['production'], 1), says: SILENT },
    { given: runs(2, [], 2), says: SILENT },
  ],
  notApplicable: [
    runs(2, ['production', 'test'], 0, { class: 'human' }),
    runs(2, ['production', 'test'], 0, { class: 'provider' }),
  ],
})
