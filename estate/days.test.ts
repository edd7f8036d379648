// The world moves from day to day by the shares that the documentation states.
import { describe, expect, test } from 'vitest'
import type { Of } from '@/core/observation'
import { readWhole, type Whole } from './read-whole'

const AT = { identities: 20_000, seed: 7 }
const SMALLER = { identities: 6000, seed: 7 }

function difference(before: Whole, after: Whole) {
  const counts = { updated: 0, gone: 0, made: 0 }
  for (const [key, row] of before.byKey) {
    const now = after.byKey.get(key)
    if (!now) counts.gone++
    else if (JSON.stringify(now) !== JSON.stringify(row)) counts.updated++
  }
  for (const key of after.byKey.keys()) if (!before.byKey.has(key)) counts.made++
  return { ...counts, share: (counts.updated + counts.gone + counts.made) / before.byKey.size }
}
const identitiesOf = ({ rows }: Whole) =>
  rows.flatMap(({ row }) => (row.kind === 'identity' ? [row] : [])) satisfies Of<'identity'>[]

/** Ids of identities by the alias that they have. */
const byAlias = (whole: Whole) => new Map(identitiesOf(whole).map((one) => [one.aliases[0], one.nativeId]))

describe('from one day to the next', async () => {
  const before = await readWhole({ ...AT, day: 100 })
  const after = await readWhole({ ...AT, day: 101 })

  test('a little more than one of a hundred rows changes, comes or goes', () => {
    const { share } = difference(before, after)
    expect(share).toBeGreaterThan(0.008)
    expect(share).toBeLessThan(0.015)
  })
  test('three of a thousand credentials are rotated', () => {
    const old = new Set(identitiesOf(before).map((one) => one.nativeId))
    const rotated = after.rows.filter(({ scope, row }) => {
      if (row.kind !== 'credential' || row.identity.state !== 'known' || !old.has(row.identity.value))
        return false
      const held = before.byKey.get(`${scope} credential ${row.nativeId}`)
      if (held?.kind !== 'credential') return true
      return JSON.stringify(held.rotatedAt) !== JSON.stringify(row.rotatedAt)
    })
    const share = rotated.length / before.rows.filter(({ row }) => row.kind === 'credential').length
    expect(share).toBeGreaterThan(0.0022)
    expect(share).toBeLessThan(0.0042)
  })
  test('in a month, three of a hundred identities are deleted and a little more are created', async () => {
    const later = await readWhole({ ...AT, day: 130 })
    const then = new Set(identitiesOf(before).map((one) => one.nativeId))
    const now = new Set(identitiesOf(later).map((one) => one.nativeId))
    const gone = [...then].filter((id) => !now.has(id)).length / then.size
    const made = [...now].filter((id) => !then.has(id)).length / then.size
    expect(gone / 30).toBeGreaterThan(0.0008)
    expect(gone / 30).toBeLessThan(0.0012)
    expect(made / 30).toBeGreaterThan(0.001)
    expect(made / 30).toBeLessThan(0.0014)
  })
  test('rotated keys overlap: two are there, made on two days, for a while', () => {
    const keys = new Map<string, Set<string>>()
    for (const { row } of after.rows) {
      if (row.kind !== 'credential' || row.type !== 'estate.key' || row.identity.state !== 'known') continue
      // All but the count of rotations at the end is the same for the keys that follow each other.
      const line = `${row.identity.value} ${row.nativeId.slice(8, -4)}`
      keys.set(
        line,
        (keys.get(line) ?? new Set()).add(row.createdAt.state === 'known' ? row.createdAt.value : ''),
      )
    }
    const overlapping = [...keys.values()].filter(({ size }) => size > 1)
    expect(overlapping.length).toBeGreaterThan(50)
  })
})

describe('over a year', async () => {
  const days = [0, 90, 180, 270, 360]
  const looks = await Promise.all(days.map((day) => readWhole({ ...SMALLER, day })))

  test('some names come back with a new native id', () => {
    let again = 0
    for (let at = 1; at < looks.length; at++) {
      const before = byAlias(looks[at - 1]!)
      for (const [alias, id] of byAlias(looks[at]!))
        if (before.has(alias) && before.get(alias) !== id) again++
    }
    expect(again).toBeGreaterThan(350)
  })
  test('no native id is ever used for another thing', () => {
    const owners = new Map<string, string>()
    const taken: string[] = []
    for (const whole of looks)
      for (const { nativeId, aliases, type } of identitiesOf(whole)) {
        const what = `${type} ${aliases[0]}`
        if ((owners.get(nativeId) ?? what) !== what) taken.push(nativeId)
        owners.set(nativeId, what)
      }
    expect(taken).toEqual([])
    expect(owners.size).toBeGreaterThan(8000)
  })
  test('what is gone stays gone, and what was made keeps its birthday', () => {
    const births = new Map<string, string>()
    const gone = new Set<string>()
    const wrong: string[] = []
    for (const whole of looks) {
      const now = identitiesOf(whole)
      const there = new Set(now.map(({ nativeId }) => nativeId))
      for (const id of births.keys()) if (!there.has(id)) gone.add(id)
      for (const { nativeId, createdAt } of now) {
        const born = createdAt.state === 'known' ? createdAt.value : ''
        if (gone.has(nativeId) || (births.get(nativeId) ?? born) !== born) wrong.push(nativeId)
        births.set(nativeId, born)
      }
    }
    expect(wrong).toEqual([])
    expect(gone.size).toBeGreaterThan(1600)
  })
  test('it grows slowly', () => {
    const growth = identitiesOf(looks.at(-1)!).length / SMALLER.identities - 1
    expect(growth).toBeGreaterThan(0.04)
    expect(growth).toBeLessThan(0.1)
  })
})

describe('a forced change', async () => {
  const same = await readWhole({ ...AT, day: 5 })
  const changed = await readWhole({ ...AT, day: 5, changed: 0.01 })

  test('of one in a hundred updates that many rows, and adds and ends none', () => {
    const { updated, gone, made } = difference(same, changed)
    expect([gone, made]).toEqual([0, 0])
    expect(Math.abs(updated / same.rows.length - 0.01)).toBeLessThan(0.001)
  })
  test('of none or all does just that', async () => {
    const small = { identities: 500, seed: 7, day: 5 }
    const before = await readWhole(small)
    expect(difference(before, await readWhole({ ...small, changed: 0 })).updated).toBe(0)
    expect(difference(before, await readWhole({ ...small, changed: 1 })).updated).toBe(before.rows.length)
  })
  test('touches every kind', () => {
    const kinds = new Set<string>()
    for (const [key, row] of same.byKey)
      if (JSON.stringify(changed.byKey.get(key)) !== JSON.stringify(row)) kinds.add(row.kind)
    expect(kinds.size).toBeGreaterThanOrEqual(9)
  })
})
