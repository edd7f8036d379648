// Examples of identities that bear the name of one that ended.
import { absent, known, type Instant } from '@/core/fact'
import type { IdentitySubject } from '@/core/subject'
import { identity } from '../specimens'
import { ruleTester } from '../tester'
import rule from './rule'

const after = (instant: Instant, different: Partial<IdentitySubject> = {}) =>
  identity({ succeededAt: known(instant, 'names of the scope'), ...different })
const says = (day: string) =>
  `Another of the same name had ended by ${day}: whatever goes by the name takes this one for it.`

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  pass: [
    identity(),
    identity({ class: 'unclear' }),
    identity({ succeededAt: absent('names of the scope', 'the one before it is back') }),
  ],
  fail: [
    { given: after('2026-09-29T23:59:59Z'), says: says('2026-09-29') },
    { given: after('2024-02-29T12:00:00Z', { class: 'unclear' }), says: says('2024-02-29') },
    { given: after('2026-09-01T00:00:00Z', { enabled: absent('robots.list') }), says: says('2026-09-01') },
    {
      given: after('2026-09-01T00:00:00Z', { enabled: known(false, 'robots.list') }),
      says: says('2026-09-01'),
      severity: 'info',
      latent: 'It is disabled.',
    },
  ],
  notApplicable: [
    after('2026-09-01T00:00:00Z', { class: 'human' }),
    after('2026-09-01T00:00:00Z', { class: 'provider' }),
  ],
})
