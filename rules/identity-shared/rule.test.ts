// Examples around the number of workloads that may run as one identity.
import { absent, known } from '@/core/fact'
import type { IdentitySubject } from '@/core/subject'
import { identity } from '../specimens'
import { ruleTester } from '../tester'
import rule from './rule'

const runs = (count: number, different: Partial<IdentitySubject> = {}) =>
  identity({
    consumers: known({ count, names: ['invoices'], environments: ['test'], unlabelled: 0 }, 'machines.list'),
    ...different,
  })

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  pass: [
    identity(),
    runs(5), // the limit itself
    runs(0),
    identity({ consumers: absent('machines.list') }),
  ],
  fail: [
    // What is not seen could only add to them.
    {
      given: identity({
        consumers: known(
          { count: 6, names: [], environments: [], unlabelled: 0, more: 'refused' },
          'machines.list',
        ),
      }),
      says: '6 workloads run as it; the limit is 5.',
    },
    { given: runs(6), says: '6 workloads run as it; the limit is 5.' },
    { given: runs(4000, { class: 'unclear' }), says: '4000 workloads run as it; the limit is 5.' },
    {
      given: runs(6, { enabled: known(false, 'robots.list') }),
      says: '6 workloads run as it; the limit is 5.',
      severity: 'info',
      latent: 'It is disabled.',
    },
  ],
  depends: [
    {
      given: identity({
        consumers: known(
          {
            count: 5,
            names: [],
            environments: [],
            unlabelled: 0,
            more: 'machines of the other scope were refused',
          },
          'machines.list',
        ),
      }),
      says: 'more may run as it than were seen: machines of the other scope were refused.',
    },
  ],
  notApplicable: [runs(6, { class: 'human' }), runs(6, { class: 'provider' })],
})

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  params: { consumersMax: 1 },
  pass: [runs(1)],
  fail: [{ given: runs(2), says: '2 workloads run as it; the limit is 1.' }],
})
