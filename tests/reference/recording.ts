// What the reference source answers: two accounts, two pages of robots each, and a secret that must be left behind.
import type { Recorded } from '../conformance/replay'

const robot = (account: string, n: number) => ({
  id: `${account}-robot-${n}`,
  name: `robot ${n}`,
  created: `2026-0${n}-01T00:00:00Z`,
  disabled: n === 3,
  labels: { stage: n === 1 ? 'production' : 'test', ...(n === 1 && { owner: 'team-payments' }) },
})

const account = (id: string): Recorded[] => [
  {
    permission: 'robots.list',
    params: { account: id },
    answer: { robots: [robot(id, 1), robot(id, 2)], next: 'p2' },
  },
  {
    permission: 'robots.list',
    params: { account: id, next: 'p2' },
    answer: { robots: [robot(id, 3)], next: 'p3' },
  },
  { permission: 'robots.list', params: { account: id, next: 'p3' }, answer: { robots: [robot(id, 4)] } },
  {
    permission: 'keys.list',
    params: { account: id },
    answer: {
      keys: [
        {
          id: `${id}-key-1`,
          robot: `${id}-robot-1`,
          created: '2026-01-02T00:00:00Z',
          rotated: '2026-06-01T00:00:00Z',
          token: ['ghp', 'an0Example0That0Opens0Nothing'].join('_'),
        },
        { id: `${id}-key-2`, robot: `${id}-robot-2`, created: '2026-02-02T00:00:00Z', rotated: null },
      ],
    },
  },
  {
    permission: 'keys.use',
    params: { key: `${id}-key-1` },
    answer: { at: '2026-09-29T08:00:00Z', where: 'storage' },
  },
  {
    permission: 'keys.use',
    params: { key: `${id}-key-2` },
    refusal: { why: 'denied', code: 'NeverUsed', detail: 'the key was never used' },
  },
  {
    permission: 'roles.list',
    params: { account: id },
    answer: { roles: [{ id: `${id}-role-1`, name: 'deploy', rules: ['read', 'write'] }] },
  },
  {
    permission: 'bindings.list',
    params: { account: id },
    answer: { bindings: [{ id: `${id}-binding-1`, robot: `${id}-robot-1`, role: `${id}-role-1` }] },
  },
]

export const recording: readonly Recorded[] = [
  {
    permission: 'accounts.list',
    params: {},
    answer: {
      accounts: [
        { id: 'east', name: 'East' },
        { id: 'west', name: 'West' },
      ],
    },
  },
  ...account('east'),
  ...account('west'),
]

/** The same source with one account and nothing in it. */
export const emptyRecording: readonly Recorded[] = [
  { permission: 'accounts.list', params: {}, answer: { accounts: [{ id: 'east', name: 'East' }] } },
  { permission: 'robots.list', params: { account: 'east' }, answer: { robots: [] } },
  { permission: 'keys.list', params: { account: 'east' }, answer: { keys: [] } },
  { permission: 'roles.list', params: { account: 'east' }, answer: { roles: [] } },
  { permission: 'bindings.list', params: { account: 'east' }, answer: { bindings: [] } },
]
