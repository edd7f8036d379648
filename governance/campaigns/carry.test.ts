import { describe, expect, test } from 'vitest'
import type { Compared } from '@/core/campaign'
import { carried, differences } from './carry'
import { splits } from './load'
import { isPicked, pickOne } from './sampling'
import { samenessOf, usePattern } from './sameness'

const compared: Compared = {
  owner: 'ann',
  privilege: 'read',
  enabled: 'on',
  grants: 'g',
  trust: 't',
  consumers: 'c',
  signals: ['a'],
}
const NOW = new Date('2026-06-01T00:00:00.000Z')
const before = {
  decisionId: 'd',
  decision: 'keep',
  at: new Date('2026-03-01T00:00:00.000Z'),
  keepUntil: null,
  compared,
}
const asked = {
  policy: { carry: true, carryDays: 365 },
  tier: 'low' as const,
  before,
  unchanged: true,
  sampled: false,
  now: NOW,
}

describe('what differs is told', () => {
  test('nothing', () => expect(differences(compared, { ...compared })).toEqual([]))
  test.each<[string, Partial<Compared>, string]>([
    ['owner', { owner: 'bob' }, 'owner: ann → bob'],
    ['privilege', { privilege: 'write' }, 'what it may do: read → write'],
    ['enabled', { enabled: 'off' }, 'whether it is turned on: on → off'],
    ['grants', { grants: 'x' }, 'what it was granted changed'],
    ['trust', { trust: 'x' }, 'who can become it changed'],
    ['consumers', { consumers: 'x' }, 'what runs as it changed'],
    ['a signal that came', { signals: ['a', 'b'] }, 'signal came: b'],
    ['a signal that went', { signals: [] }, 'signal went: a'],
  ])('%s', (_, more, words) => expect(differences(compared, { ...compared, ...more })).toEqual([words]))
})

describe('carried by policy', () => {
  test('a keep of a person, of low risk, unchanged', () =>
    expect(carried(asked)).toMatchObject({ carried: true }))
  test.each([
    ['where the policy does not', { policy: { carry: false, carryDays: 365 } }],
    ['what nobody decided', { before: undefined }],
    ['what was not kept', { before: { ...before, decision: 'reduce' } }],
    ['medium risk', { tier: 'medium' as const }],
    ['high risk', { tier: 'high' as const }],
    ['what changed', { unchanged: false }],
    ['what was kept until a day that is over', { before: { ...before, keepUntil: NOW } }],
    ['what a person decided too long ago', { policy: { carry: true, carryDays: 30 } }],
    ['what was drawn', { sampled: true }],
  ])('never %s', (_, more) => {
    const got = carried({ ...asked, ...more })
    expect(got.carried).toBe(false)
    expect(got.why).not.toBe('')
  })
})

describe('drawn by a seed', () => {
  const ids = Array.from(
    { length: 4000 },
    (_, at) => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
  )
  const drawn = (seed: string, what: 'carried' | 'second-look' = 'second-look', share = 0.05) =>
    ids.filter((id) => isPicked(seed, what, id, share))
  test('the same seed draws the same, another one others, and about as many as asked', () => {
    expect(drawn('a')).toEqual(drawn('a'))
    expect(drawn('a')).not.toEqual(drawn('b'))
    expect(drawn('a')).not.toEqual(drawn('a', 'carried'))
    for (const seed of ['a', 'b', 'c']) {
      expect(drawn(seed).length).toBeGreaterThan(120)
      expect(drawn(seed).length).toBeLessThan(280)
    }
  })
  test('none of none, all of all', () => {
    expect(drawn('a', 'carried', 0)).toEqual([])
    expect(drawn('a', 'carried', 1)).toHaveLength(ids.length)
    expect(pickOne('a', 'x', [])).toBeUndefined()
    expect(new Set(ids.map((id) => pickOne('a', id, ['p', 'q', 'r'])))).toEqual(new Set(['p', 'q', 'r']))
  })
})

describe('sameness', () => {
  const some = { count: 1, digest: 'd' }
  const same = { type: 't', grants: some, trust: some, consumers: some, unseen: [], use: usePattern(3) }
  const keyOf = (more: object) => {
    const got = samenessOf({ ...same, ...more })
    return got.state === 'known' ? got.value.key : undefined
  }
  test('equal in all that is compared, and what it was compared by is kept', () => {
    expect(keyOf({})).toBe(keyOf({ use: usePattern(30) }))
    expect(samenessOf(same)).toMatchObject({
      state: 'known',
      value: { type: 't', grants: some, trust: some, consumers: some, use: 'within 30 days' },
    })
  })
  test.each([
    ['type', { type: 'u' }],
    ['grants', { grants: { count: 1, digest: 'e' } }],
    ['trust', { trust: { count: 2, digest: 'd' } }],
    ['consumers', { consumers: { count: 0, digest: '' } }],
    ['use', { use: usePattern('never') }],
  ])('not with another %s', (_, more) => expect(keyOf(more)).not.toBe(keyOf({})))
  test('never where something was not seen', () => expect(keyOf({ unseen: ['grants'] })).toBeUndefined())
})

describe('load', () => {
  const person = (id: string) => ({ id, name: id.toUpperCase() })
  const load = (id: string, items: number) => ({ person: person(id), items, high: 0, medium: 0, low: items })
  test('nobody at the bound is named', () => expect(splits([load('a', 40)], new Map())).toEqual([]))
  test('who is above it is named, with those who have room', () => {
    const [split] = splits([load('a', 95), load('b', 10)], new Map([['a', [person('b'), person('c')]]]))
    expect(split?.shares).toEqual([
      { person: person('a'), items: 40 },
      { person: person('b'), items: 30 },
      { person: person('c'), items: 25 },
    ])
    expect(split?.words).toBe('A has 95 items. Could take some: B 30, C 25.')
  })
  test('room is given once', () => {
    const both = splits(
      [load('a', 60), load('b', 70)],
      new Map([
        ['a', [person('c')]],
        ['b', [person('c')]],
      ]),
    )
    expect(both.map(({ shares }) => shares.map(({ items }) => items))).toEqual([
      [40, 20],
      [50, 20],
    ])
  })
  test('what nobody can take is said', () => {
    expect(splits([load('a', 100)], new Map())[0]?.words).toMatch(/60 above 40 stay/)
  })
})
