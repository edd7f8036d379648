// Examples around the last day of a supplier.
import { absent, known, unknown } from '@/core/fact'
import type { IdentitySubject } from '@/core/subject'
import { identity } from '../specimens'
import { ruleTester } from '../tester'
import rule from './rule'

const of = (endedOn: string | undefined, different: Partial<IdentitySubject> = {}) =>
  identity({
    supplier: known({ name: 'Backup Ltd', ...(endedOn !== undefined && { endedOn }) }, 'policy'),
    ...different,
  })
const noRegister = unknown('left-out', 'policy', 'the policy keeps no register')
const says = (day: string) => `It belongs to Backup Ltd, whose work ended on ${day}, and is not disabled.`

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  pass: [
    identity(),
    of(undefined),
    // One's own, whatever a register would say.
    identity({ supplier: noRegister }),
    of('2026-09-30'), // today: the last day
    of('2026-10-01'),
    of('2099-12-31'),
    // Disabled is what should be done about it: that is no failure. What it still holds is another rule's.
    of('2026-01-31', { enabled: known(false, 'robots.list') }),
  ],
  fail: [
    { given: of('2026-09-29'), says: says('2026-09-29') },
    { given: of('2020-01-01', { class: 'unclear' }), says: says('2020-01-01') },
    // A source in which nothing can be disabled.
    { given: of('2026-01-31', { enabled: absent('robots.list') }), says: says('2026-01-31') },
    {
      given: of('2026-01-31', { actsBy: absent('trust.list') }),
      says: says('2026-01-31'),
      severity: 'low',
      latent: 'Nothing can act as it: it has no credential, no workload, and nobody is trusted to become it.',
    },
  ],
  depends: [
    {
      given: identity({ vendor: known('Backup Ltd', 'robots.list'), supplier: noRegister }),
      says: "it may be a supplier's, and the policy keeps no register.",
    },
    {
      given: identity({ vendor: unknown('not-offered', 'robots.list'), supplier: noRegister }),
      says: "it may be a supplier's, and the policy keeps no register.",
    },
  ],
  notApplicable: [of('2020-01-01', { class: 'provider' }), of('2020-01-01', { class: 'human' })],
})
