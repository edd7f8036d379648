// The estate is as large and as skewed as it says.
import { describe, expect, test } from 'vitest'
import type { Kind, Of } from '@/core/observation'
import { organisationOf } from './organisation'
import { readWhole } from './read-whole'
import { sizesOf } from './sizes'

describe('accounts and clusters', () => {
  test.each([1, 3, 50, 2000, 20_000, 1_000_000])(
    'hold %i identities together, each at least one',
    (identities) => {
      const sizes = sizesOf(identities)
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(identities)
      expect(Math.min(...sizes)).toBeGreaterThan(0)
    },
  )
  test.each([2000, 20_000, 1_000_000])('of %i: the largest holds a tenth', (identities) => {
    const [largest] = sizesOf(identities)
    expect(largest! / identities).toBeGreaterThan(0.09)
    expect(largest! / identities).toBeLessThan(0.11)
  })
  test('of a million are 400, of which half hold little', () => {
    const sizes = sizesOf(1_000_000)
    expect(sizes).toHaveLength(400)
    const smaller = sizes.slice(200).reduce((sum, size) => sum + size, 0)
    expect(smaller / 1_000_000).toBeLessThan(0.07)
    expect(sizes.filter((size) => size < 600).length).toBeGreaterThan(180)
  })
  test('are of both kinds, with ids and names of their own', () => {
    const { places } = organisationOf({ identities: 1_000_000, seed: 7 })
    const clusters = places.filter(({ kind }) => kind === 'cluster').length
    expect(clusters).toBeGreaterThan(100)
    expect(clusters).toBeLessThan(180)
    expect(new Set(places.map(({ nativeId }) => nativeId)).size).toBe(400)
    expect(new Set(places.map(({ name }) => name)).size).toBe(400)
  })
})

test('teams have names of their own, as many as there are', () => {
  const { teams } = organisationOf({ identities: 20_000_000, seed: 7 })
  expect(new Set(teams).size).toBe(teams.length)
  expect(organisationOf({ identities: 1_000_000, seed: 7 }).teams).toHaveLength(1250)
})

describe.each([7, 8, 9])('20,000 identities of seed %i', async (seed) => {
  const { rows } = await readWhole({ identities: 20_000, seed, day: 0 })
  const ofKind = <K extends Kind>(kind: K) =>
    rows.flatMap(({ row }) => (row.kind === kind ? [row as Of<K>] : []))
  const identities = ofKind('identity')
  const perIdentity = (kind: Kind) => ofKind(kind).length / identities.length

  test('are exactly that many on day 0', () => expect(identities).toHaveLength(20_000))
  test('hold 1.5 credentials and 3 grants on average', () => {
    expect(Math.abs(perIdentity('credential') / 1.5 - 1)).toBeLessThan(0.05)
    expect(Math.abs(perIdentity('grant') / 3 - 1)).toBeLessThan(0.05)
  })
  test('have hints at an owner for seven of ten', () => {
    const hinted = new Set(ofKind('owner-hint').map(({ identity }) => identity)).size / identities.length
    expect(hinted).toBeGreaterThan(0.62)
    expect(hinted).toBeLessThan(0.74)
  })
  test('hold grants unevenly: a tenth of the identities has a quarter of them', () => {
    const counts = new Map<string, number>()
    for (const { identity } of ofKind('grant')) counts.set(identity, (counts.get(identity) ?? 0) + 1)
    const most = [...counts.values()].sort((a, b) => b - a)
    const top = most.slice(0, identities.length / 10).reduce((sum, count) => sum + count, 0)
    expect(top / ofKind('grant').length).toBeGreaterThan(0.25)
  })
  test('belong to teams of uneven size', () => {
    const teams = new Map<string, number>()
    for (const { names, value } of ofKind('owner-hint'))
      if (names === 'team') teams.set(value, (teams.get(value) ?? 0) + 1)
    const sizes = [...teams.values()].sort((a, b) => b - a)
    expect(sizes[0]!).toBeGreaterThan(5 * sizes[Math.floor(sizes.length / 2)]!)
  })
})
