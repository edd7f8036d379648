// The sorts of identity there are, with how many of each an account or a cluster has.
import type { Of } from '@/core/observation'
import { choiceOf } from './choice'
import type { Place } from './organisation'

export type Sort = {
  type: string
  /** Its place in the path of an alias. */
  path: string
  class: Of<'identity'>['class']
  classReason: string
  /** What it can hold, and how many of them: weights of 0, 1, 2, … */
  credentials: { forms: readonly FormShare[]; counts: readonly number[] }
  /** Weights of 0, 1, 2, … statements about who may become it. */
  trusts: readonly number[]
  /** Whether this source tells at all when it was last used. */
  tellsUse: boolean
  /** Longest session, where it is become rather than signed in. */
  sessions: boolean
  /** How many of it some workload runs as. */
  workloads: number
  /** Whether it has tags and hints at an owner. */
  owned: boolean
}
export type FormName =
  'key' | 'client-secret' | 'certificate' | 'federation' | 'password' | 'ssh-key' | 'token'
type FormShare = readonly [form: FormName, weight: number]

const NONE = { forms: [], counts: [1] } as const
const NO_TRUST = [1] as const
const machine = { class: 'machine', tellsUse: true, sessions: false, owned: true } as const

const ROLE: Sort = {
  ...machine,
  type: 'estate.role',
  path: 'role',
  classReason: 'Only workloads and services are trusted to become it.',
  credentials: NONE,
  trusts: [0, 60, 25, 10, 5],
  sessions: true,
  workloads: 0.55,
}
const SERVICE_ACCOUNT: Sort = {
  ...machine,
  type: 'estate.service-account',
  path: 'service-account',
  classReason: 'It is a service account: no person can sign in as it.',
  credentials: {
    forms: [
      ['key', 78],
      ['certificate', 10],
      ['federation', 12],
    ],
    counts: [5, 35, 33, 15, 8, 4],
  },
  trusts: [75, 20, 5],
  workloads: 0.45,
}
const APPLICATION: Sort = {
  ...machine,
  type: 'estate.application',
  path: 'application',
  classReason: 'It is an application: what runs it signs in with a secret or a certificate.',
  credentials: {
    forms: [
      ['client-secret', 58],
      ['certificate', 22],
      ['federation', 20],
    ],
    counts: [4, 30, 32, 18, 9, 7],
  },
  trusts: [80, 15, 5],
  workloads: 0.3,
}
const USER: Sort = {
  ...machine,
  type: 'estate.user',
  path: 'user',
  class: 'human',
  classReason: 'It has a password and no key that is in use.',
  credentials: {
    forms: [
      ['password', 55],
      ['key', 33],
      ['ssh-key', 12],
    ],
    counts: [5, 50, 32, 13],
  },
  trusts: NO_TRUST,
  workloads: 0,
}
const BUILT_IN: Sort = {
  ...machine,
  type: 'estate.built-in',
  path: 'built-in',
  class: 'provider',
  classReason: 'The provider made it and acts through it.',
  credentials: NONE,
  trusts: [0, 1],
  sessions: true,
  workloads: 0,
  owned: false,
}
const CLUSTER_ACCOUNT: Sort = {
  ...machine,
  type: 'estate.cluster-account',
  path: 'account',
  classReason: 'It is an account of a cluster: only what runs there is given its token.',
  credentials: {
    forms: [
      ['token', 86],
      ['federation', 14],
    ],
    counts: [8, 47, 31, 10, 4],
  },
  trusts: [65, 35],
  tellsUse: false,
  workloads: 0.6,
}
const CLUSTER_USER: Sort = {
  ...machine,
  type: 'estate.cluster-user',
  path: 'user',
  class: 'human',
  classReason: 'A person signs in with a certificate of their own.',
  credentials: { forms: [['certificate', 1]], counts: [0, 60, 40] },
  trusts: NO_TRUST,
  tellsUse: false,
  workloads: 0,
}

const BY_KIND: Record<Place['kind'], readonly (readonly [Sort, number])[]> = {
  account: [
    [ROLE, 22],
    [SERVICE_ACCOUNT, 36],
    [APPLICATION, 22],
    [USER, 16],
    [BUILT_IN, 4],
  ],
  cluster: [
    [CLUSTER_ACCOUNT, 92],
    [CLUSTER_USER, 4],
    [BUILT_IN, 4],
  ],
}

const drawOf = (kind: Place['kind']) => {
  const draw = choiceOf(BY_KIND[kind].map(([, weight]) => weight))
  return (hash: number): Sort => BY_KIND[kind][draw(hash)]![0]
}
export const drawSort: Record<Place['kind'], (hash: number) => Sort> = {
  account: drawOf('account'),
  cluster: drawOf('cluster'),
}
