// What the formats are written with: ids from names, JSON in pieces, bytes in chunks.
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { inChunks } from './in-chunks'
import { Items, jsonPieces, Later, type Streamed } from './json-pieces'
import { namedUuid } from './named-uuid'

async function textOf(value: Streamed) {
  let text = ''
  for await (const piece of jsonPieces(value)) text += piece
  return text
}
const items = (...values: number[]) =>
  new Items(async function* () {
    yield* values
  })

describe('an id from names', () => {
  test('is a UUID of version 5 as the standard makes it', () => {
    const namespace = Buffer.from('6f1c8a52b0d94c0e9d5e27a1f43b7c66', 'hex')
    const hash = createHash('sha1').update(namespace).update('["a","ü"]').digest('hex')
    const id = namedUuid('a', 'ü').replaceAll('-', '')
    expect(id.slice(0, 12)).toBe(hash.slice(0, 12))
    expect(id.slice(13, 16)).toBe(hash.slice(13, 16))
    expect(namedUuid('a', 'ü')).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    )
  })
  test('is one for the same names alone', () => {
    expect(namedUuid('a', 'b')).toBe(namedUuid('a', 'b'))
    expect(new Set([['a', 'b'], ['ab'], ['a', 'b', '']].map((names) => namedUuid(...names))).size).toBe(3)
  })
})

describe('JSON in pieces', () => {
  test('is what JSON would be, with long lists in their place', async () => {
    const value = { a: 'x"\n', none: undefined, n: [1, { b: null }], list: items(1, 2), last: true }
    expect(JSON.parse(await textOf(value))).toEqual({
      a: 'x"\n',
      n: [1, { b: null }],
      list: [1, 2],
      last: true,
    })
  })
  test('leaves out a list with nothing in it, wherever it stands', async () => {
    expect(JSON.parse(await textOf({ list: items() }))).toEqual({})
    expect(JSON.parse(await textOf({ a: 1, list: items(), b: 2 }))).toEqual({ a: 1, b: 2 })
    expect(JSON.parse(await textOf([]))).toEqual([])
  })
  test('asks for what comes later only after what is before it', async () => {
    let count = 0
    const counted = new Items(async function* () {
      for (const value of [7, 8]) yield (count++, value)
    })
    expect(JSON.parse(await textOf({ counted, count: new Later(() => count) }))).toEqual({
      counted: [7, 8],
      count: 2,
    })
    expect(JSON.parse(await textOf({ a: new Later(() => undefined) }))).toEqual({})
  })
})

test('bytes come in chunks and are the text, whatever letters it has', async () => {
  const letters = ['ä'.repeat(50_000), '🦊'.repeat(30_000), '', 'z']
  const chunks: Uint8Array[] = []
  const pieces = async function* () {
    yield* letters
  }
  for await (const chunk of inChunks(pieces())) chunks.push(chunk)
  expect(chunks.length).toBe(2)
  expect(Buffer.concat(chunks).toString('utf8')).toBe(letters.join(''))
})
