// Examples of outside organisations that the register has, and that it does not have.
import { absent, known, unknown } from '@/core/fact'
import { identity } from '../specimens'
import { ruleTester } from '../tester'
import rule from './rule'

const vendor = known('Backup Ltd', 'robots.list')
const SAYS = 'It belongs to Backup Ltd, which is no supplier of the register.'

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  pass: [
    identity(), // one's own
    identity({ vendor, supplier: known({ name: 'Backup Ltd' }, 'policy') }),
    // That its work has ended is told by another rule.
    identity({ vendor, supplier: known({ name: 'Backup Ltd', endedOn: '2020-01-01' }, 'policy') }),
    // One that the register names by the identity alone.
    identity({ supplier: known({ name: 'Backup Ltd' }, 'policy') }),
  ],
  fail: [
    { given: identity({ vendor }), says: SAYS },
    { given: identity({ vendor, class: 'unclear' }), says: SAYS },
    { given: identity({ vendor, enabled: absent('robots.list') }), says: SAYS },
    {
      given: identity({ vendor, enabled: known(false, 'robots.list') }),
      says: SAYS,
      severity: 'info',
      latent: 'It is disabled.',
    },
  ],
  depends: [
    {
      given: identity({ vendor, supplier: unknown('left-out', 'policy', 'the policy keeps no register') }),
      says: 'it belongs to Backup Ltd, and the policy keeps no register.',
    },
  ],
  notApplicable: [identity({ vendor, class: 'provider' }), identity({ vendor, class: 'human' })],
})
