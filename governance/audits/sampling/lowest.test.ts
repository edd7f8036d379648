// What is drawn is what sorting the whole list gives, whatever order it is read in.
import fc from 'fast-check'
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { drawHash, Lowest } from './lowest'

const Ids = fc.uniqueArray(fc.uuid(), { maxLength: 200 })
const Size = fc.integer({ min: 1, max: 500 })
const Seed = fc.string({ minLength: 1, maxLength: 100 })

function draw(ids: readonly string[], seed: string, size: number, above?: string): string[] {
  const lowest = new Lowest<string>(size, above)
  for (const id of ids) lowest.add({ hash: drawHash(seed, id), row: id })
  return lowest.drawn().map(({ row }) => row)
}

/** The same by another way: sorted whole. */
const sorted = (ids: readonly string[], seed: string): string[] =>
  ids
    .map((id) => [createHash('sha256').update(`${seed}:${id}`).digest('hex'), id] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, id]) => id)

test('as many as are asked for, or all there are, and never one twice', () => {
  fc.assert(
    fc.property(Ids, Seed, Size, (ids, seed, size) => {
      const drawn = draw(ids, seed, size)
      expect(drawn).toHaveLength(Math.min(size, ids.length))
      expect(new Set(drawn).size).toBe(drawn.length)
    }),
  )
})

test('those that come first when the whole list is sorted, in whatever order it is read', () => {
  fc.assert(
    fc.property(Ids, Seed, Size, (ids, seed, size) => {
      const first = sorted(ids, seed).slice(0, size)
      expect(draw(ids, seed, size)).toEqual(first)
      expect(draw([...ids].reverse(), seed, size)).toEqual(first)
    }),
  )
})

test('the next ones are those that follow, without one drawn before', () => {
  fc.assert(
    fc.property(Ids, Seed, Size, Size, (ids, seed, size, more) => {
      const first = draw(ids, seed, size)
      const last = first.at(-1)
      const next = draw(ids, seed, more, last === undefined ? undefined : drawHash(seed, last))
      expect([...first, ...next]).toEqual(sorted(ids, seed).slice(0, first.length + next.length))
      expect(next).toHaveLength(Math.min(more, Math.max(0, ids.length - size)))
    }),
  )
})

describe('another seed', () => {
  const ids = Array.from(
    { length: 100 },
    (_, at) => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
  )
  test('draws others', () => {
    expect(draw(ids, 'one', 10)).not.toEqual(draw(ids, 'two', 10))
  })
  test('and no row is drawn much oftener than another', () => {
    const times = new Map<string, number>()
    for (let seed = 0; seed < 400; seed++)
      for (const id of draw(ids, String(seed), 10)) times.set(id, (times.get(id) ?? 0) + 1)
    // Each is drawn 40 times on average, with a deviation of 6.
    expect(Math.min(...ids.map((id) => times.get(id) ?? 0))).toBeGreaterThan(12)
    expect(Math.max(...ids.map((id) => times.get(id) ?? 0))).toBeLessThan(75)
  })
})
