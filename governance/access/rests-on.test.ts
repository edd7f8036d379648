// One text for all that a verdict rests on: equal where all of it is, by value, and otherwise never.
import { describe, expect, test } from 'vitest'
import type { Rests } from '@/core/access'
import type { Named } from './load-realm'
import { Digests } from './rests-on'

const named = (id: string, scopeId = 's'): Named => ({ id, kind: 'identity', scopeId })
const rowOf = new Map([
  ['a', named('1')],
  ['b', named('2')],
])
const of = (rests: Rests | undefined, rows: ReadonlyMap<string, Named> = rowOf) =>
  new Digests('aws', { rowOf: rows }).of(rests)
const PARTS = [{ own: { name: 'x', tags: { a: '1' } } }, { Statement: [{ Action: '*' }] }, 'text']

describe('equal', () => {
  test('what is equal by value', () => {
    expect(of(PARTS)).toBe(of(structuredClone(PARTS)))
  })

  test('a part that is one object for many, and one for each', () => {
    const digests = new Digests('aws', { rowOf })
    expect(digests.of(PARTS)).toBe(digests.of(structuredClone(PARTS)))
    expect(digests.of(PARTS)).toBe(of(PARTS))
  })

  test('rows that come in another order', () => {
    expect(of(PARTS, new Map([...rowOf].reverse()))).toBe(of(PARTS))
  })
})

const OTHERWISE: [string, Rests][] = [
  ['a value deep within', [{ own: { name: 'x', tags: { a: '2' } } }, PARTS[1]!, 'text']],
  ['a name of a field', [{ own: { name: 'x', tags: { b: '1' } } }, PARTS[1]!, 'text']],
  ['the order of parts', [PARTS[1]!, PARTS[0]!, 'text']],
  ['one part less', PARTS.slice(0, 2)],
  ['a list in place of what it holds', [PARTS[0]!, { Statement: { Action: '*' } }, 'text']],
  ['a text in place of a value', [PARTS[0]!, JSON.stringify(PARTS[1]), 'text']],
  ['nothing in place of a text', [PARTS[0]!, PARTS[1]!, '']],
]
test.each(OTHERWISE)('%s makes another', (_, parts) => {
  expect(of(parts)).not.toBe(of(PARTS))
})

const LISTS: [unknown[], unknown[]][] = [
  [[['a'], ['b']], [['a', 'b']]],
  [
    [['a'], []],
    [[], ['a']],
  ],
  [['a', 'b'], ['a,b']],
  [[{ a: 1 }, { b: 1 }], [{ a: 1, b: 1 }]],
  [[[[[['a'], ['b']]]]], [[[[['a', 'b']]]]]],
]
test.each(LISTS)('%j is not %j', (one, other) => {
  expect(of([one])).not.toBe(of([other]))
})

describe('beside what the evaluator names', () => {
  test('other code, another platform, and other rows make another', () => {
    const own = of(PARTS)
    expect(new Digests('aws', { rowOf }, 'other code').of(PARTS)).not.toBe(own)
    expect(new Digests('gcp', { rowOf }).of(PARTS)).not.toBe(own)
    expect(of(PARTS, new Map([...rowOf, ['c', named('3')]]))).not.toBe(own)
    expect(of(PARTS, new Map([...rowOf, ['b', named('2', 'elsewhere')]]))).not.toBe(own)
  })

  test('what is not known to rest on anything is never the same', () => {
    expect(of(undefined)).toBeUndefined()
    expect(of([])).toBeDefined()
  })
})
