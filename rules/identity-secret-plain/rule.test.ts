// Examples around variables whose names tell of a secret, and whose values stand where the configuration is read.
import { absent, known } from '@/core/fact'
import type { IdentitySubject } from '@/core/subject'
import { identity } from '../specimens'
import { ruleTester } from '../tester'
import rule from './rule'

const plain = (count: number, names: string[], different: Partial<IdentitySubject> = {}) =>
  identity({ plainSecrets: known({ count, names }, 'machines.list'), ...different })

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  pass: [identity(), identity({ name: 'idle', consumers: absent('machines.list') })],
  fail: [
    {
      given: plain(1, ['DB_PASSWORD of invoices']),
      says: 'In plain in the configuration of what runs as it: DB_PASSWORD of invoices.',
    },
    {
      given: plain(12, ['API_KEY of a', 'API_KEY of b', 'TOKEN of a', 'TOKEN of b'], { class: 'unclear' }),
      says: 'In plain in the configuration of what runs as it: API_KEY of a, API_KEY of b, TOKEN of a, and 9 more.',
    },
    // Names that cannot be told are counted.
    {
      given: plain(2, []),
      says: 'In plain in the configuration of what runs as it: 2 without a name.',
    },
    // What is not seen could only add to them.
    {
      given: identity({
        plainSecrets: known({ count: 1, names: ['TOKEN of a'], more: 'b: refused' }, 'machines.list'),
      }),
      says: 'In plain in the configuration of what runs as it: TOKEN of a.',
    },
    // It lies there whether or not anybody can act as the identity.
    {
      given: plain(1, ['TOKEN of invoices'], { enabled: known(false, 'robots.list') }),
      says: 'In plain in the configuration of what runs as it: TOKEN of invoices.',
    },
  ],
  notApplicable: [
    plain(1, ['TOKEN of a'], { class: 'human' }),
    plain(1, ['TOKEN of a'], { class: 'provider' }),
  ],
})
