// What a card is made from, for tests: an ordinary robot of which everything was seen, and looks that saw it.
import { absent, known, type Instant } from '@/core/fact'
import type { Around } from '@/governance/campaigns/card'
import type { CardFacts } from '@/governance/campaigns/card-facts'

const SOURCE = 'demo:List'
export const INSTANT: Instant = '2026-06-01T00:00:00.000Z'
const ID = '00000000-0000-4000-8000-000000000001'

export const factsOf = (more: Partial<CardFacts> = {}): CardFacts => ({
  id: ID,
  nativeId: 'robot',
  name: 'robot',
  type: 'demo.robot',
  class: 'machine',
  scopeId: '00000000-0000-4000-8000-000000000002',
  scopeNativeId: 's1',
  scopeName: 'production',
  firstSeenAt: new Date('2026-01-01T00:00:00.000Z'),
  description: known('pushes images', SOURCE),
  lastUsed: known('2026-05-31T00:00:00.000Z', SOURCE),
  enabled: known(true, SOURCE),
  owner: known({ name: 'ann@example.com', names: 'person', how: 'tag owner' }, 'tag owner'),
  privilege: known({ class: 'read', because: ['It reads.'] }, 'grants'),
  judged: true,
  grants: {
    count: 1,
    digest: 'g',
    named: [{ id: ID, name: 'reader', limits: false }],
    unread: 0,
    limiting: 0,
  },
  trust: { count: 1, digest: 't', named: ['pipeline'], types: ['identity'] },
  consumers: { count: 1, digest: 'c', named: ['payments/deploy'] },
  usage: { count: 0, digest: '', named: [] } as CardFacts['usage'],
  findings: { count: 0, named: [] },
  hints: [],
  steps: { count: 2, at: INSTANT },
  ...more,
})

/** A look at a kind: complete, or refused. */
export const lookOf = (
  kind: string,
  state: 'complete' | 'partial' = 'complete',
): Around['looks'][number] => ({
  stream: 'main',
  kind,
  at: new Date(INSTANT),
  state,
  why: state === 'complete' ? null : 'denied',
  permission: state === 'complete' ? null : SOURCE,
  detail: null,
  completeAt: state === 'complete' ? new Date(INSTANT) : null,
  about: [],
  gaps: [],
})
export const KINDS = ['identity', 'grant', 'trust', 'workload'] as const

export const aroundOf = (more: Partial<Around> = {}): Around => ({
  instant: INSTANT,
  looks: KINDS.map((kind) => lookOf(kind)),
  before: undefined,
  leftOpen: false,
  standing: 'here',
  ...more,
})

/** The same identity when nothing of it is known. */
export const nothingKnown = (): CardFacts =>
  factsOf({
    description: { state: 'unknown', why: 'denied', source: 'demo:Describe' },
    lastUsed: { state: 'unknown', why: 'not-offered', source: 'demo:Use' },
    enabled: { state: 'unknown', why: 'denied', source: SOURCE },
    owner: null,
    privilege: null,
    judged: false,
    grants: { count: 0, digest: '', named: [], unread: 0, limiting: 0 },
    trust: { count: 0, digest: '', named: [], types: [] },
    consumers: { count: 0, digest: '', named: [] },
    steps: null,
  })
/** And when everything was looked at and nothing found. */
export const nothingThere = (): CardFacts => ({
  ...nothingKnown(),
  description: absent(SOURCE),
  lastUsed: absent(SOURCE),
  owner: absent(SOURCE),
  privilege: known({ class: 'none', because: ['It holds no grant.'] }, 'grants'),
  judged: true,
  steps: { count: 0, at: INSTANT },
})
