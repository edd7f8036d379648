// The same rows give the same hash, and any changed cell gives another.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cardHash, PopulationHash } from './population-hash'

type Row = { identityId: string; card: Record<string, unknown> }
const cell = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.string(), { maxLength: 3 }),
)
const rows: fc.Arbitrary<Row[]> = fc.uniqueArray(
  fc.record({
    identityId: fc.uuid(),
    card: fc.dictionary(fc.string({ minLength: 1 }), cell, { minKeys: 1, maxKeys: 5 }),
  }),
  { selector: ({ identityId }) => identityId, minLength: 1, maxLength: 20 },
)
function hashOf(given: readonly Row[]): string {
  const hash = new PopulationHash()
  for (const { identityId, card } of [...given].sort((a, b) => (a.identityId < b.identityId ? -1 : 1)))
    hash.add({ identityId, cardHash: cardHash(card) })
  return hash.digest()
}
const shuffled = (card: Row['card']) => Object.fromEntries(Object.entries(card).reverse())

test('the same rows, whatever the order of their cells and after a way through JSON', () => {
  fc.assert(
    fc.property(rows, (given) => {
      const again = JSON.parse(
        JSON.stringify(given.map(({ identityId, card }) => ({ identityId, card: shuffled(card) }))),
      )
      expect(hashOf(again)).toBe(hashOf(given))
    }),
  )
})
test('any changed cell', () => {
  fc.assert(
    fc.property(rows, fc.nat(), cell, (given, at, value) => {
      const row = given[at % given.length] as Row
      const key = Object.keys(row.card)[at % Object.keys(row.card).length] as string
      fc.pre(JSON.stringify(row.card[key]) !== JSON.stringify(value))
      const changed = given.map((one) =>
        one === row ? { ...one, card: { ...one.card, [key]: value } } : one,
      )
      expect(hashOf(changed)).not.toBe(hashOf(given))
    }),
  )
})
test('a row less, a row more, and a row that is another identity', () => {
  fc.assert(
    fc.property(rows, fc.uuid(), (given, id) => {
      fc.pre(!given.some(({ identityId }) => identityId === id))
      const [first, ...others] = given as [Row, ...Row[]]
      const hashes = [
        given,
        others,
        [...given, { ...first, identityId: id }],
        [{ ...first, identityId: id }, ...others],
      ].map(hashOf)
      expect(new Set(hashes).size).toBe(4)
    }),
  )
})
test('rows out of order, or twice, have no hash', () => {
  const one = { identityId: 'b', cardHash: 'x' }
  const hash = new PopulationHash()
  hash.add(one)
  expect(() => hash.add(one)).toThrow('out of order')
  expect(() => hash.add({ ...one, identityId: 'a' })).toThrow('out of order')
})
test('is what anybody gets by following the description', () => {
  // printf '{"a":"x","b":1}' | sha256sum; then printf '<id> <sum>\n' | sha256sum
  const card = 'cdab067e9f3beb32d1252cfd63e492592fecbf591b0d08cadb24bb17f3864246'
  expect(cardHash({ b: 1, a: 'x' })).toBe(card)
  const hash = new PopulationHash()
  hash.add({ identityId: '00000000-0000-4000-8000-000000000001', cardHash: card })
  expect(hash.digest()).toBe('53843438c389961db06c979e4fd4a33616a09c25729c2765a01ce319e6f70576')
})
