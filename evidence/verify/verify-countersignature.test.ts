// A countersignature is of these very bytes and by this very key, or says what it is not.
import { generateKeyPairSync, sign } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countersign, type Countersignature } from '../pack/countersignature'
import type { Signer } from '../pack/seal'
import { sha256Of, verifyCountersignature } from './verify-countersignature'

function signer(): Signer {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return {
    publicKey: Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('hex'),
    sign: (message) => Promise.resolve(new Uint8Array(sign(null, message, privateKey))),
  }
}
const [mine, other] = [signer(), signer()]
const PACK = new Blob([Buffer.alloc(3_000_000, 'pack ')])
const STATEMENT = 'I have received this pack. Ünïcode, "quotes" and all.'
const made = async (more: Partial<Parameters<typeof countersign>[0]> = {}) =>
  countersign({ sha256: await sha256Of(PACK), at: new Date(0), statement: STATEMENT, signer: mine, ...more })
const blob = (value: unknown) => new Blob([typeof value === 'string' ? value : JSON.stringify(value)])
const kinds = async (value: unknown, keys?: string[], pack = PACK) =>
  (await verifyCountersignature(pack, blob(value), keys && { keys })).problems.map(({ kind }) => kind)

test('as it was signed, by whom was expected', async () => {
  const one = await made()
  const { problems, countersignature, isExpectedKey } = await verifyCountersignature(PACK, blob(one), {
    keys: [other.publicKey, mine.publicKey],
  })
  expect([problems, isExpectedKey]).toEqual([[], true])
  expect(countersignature).toEqual({
    key: mine.publicKey,
    at: '1970-01-01T00:00:00.000Z',
    statement: STATEMENT,
    sha256: one.sha256,
  })
  expect((await verifyCountersignature(PACK, blob(one))).isExpectedKey).toBeUndefined()
})

describe('what does not fit', () => {
  test('one byte of the pack that is another, more, or missing', async () => {
    const one = await made()
    const bytes = Buffer.from(await PACK.arrayBuffer())
    const changed = Buffer.from(bytes)
    changed[2_000_000]! ^= 1
    for (const pack of [changed, Buffer.concat([bytes, Buffer.from('x')]), bytes.subarray(1)])
      expect(await kinds(one, undefined, new Blob([pack]))).toEqual(['other-pack'])
  })
  test('the countersignature of another pack', async () => {
    expect(await kinds(await made({ sha256: 'a'.repeat(64) }))).toEqual(['other-pack'])
  })
  test('another key than was expected, and one that is written over the other', async () => {
    const one = await made()
    expect(await kinds(one, [other.publicKey])).toEqual(['key'])
    expect(await kinds({ ...one, key: other.publicKey }, [other.publicKey])).toEqual(['signature'])
    expect(await kinds({ ...one, key: '0'.repeat(64) })).toEqual(['signature'])
  })
  test('anything that it says is changed', async () => {
    const one = await made()
    for (const more of [
      { statement: 'I have checked it all.' },
      { at: '2026-01-01T00:00:00.000Z' },
      { signature: 'a'.repeat(128) },
    ])
      expect(await kinds({ ...one, ...more })).toEqual(['signature'])
    expect(await kinds({ ...one, sha256: 'b'.repeat(64) })).toEqual(['signature', 'other-pack'])
  })
  test('any single letter of it that is another', async () => {
    const text = JSON.stringify(await made())
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length - 1), fc.constantFrom(...'0aA"{ }z9'), async (place, letter) => {
        fc.pre(text[place] !== letter)
        const found = await kinds(text.slice(0, place) + letter + text.slice(place + 1))
        expect(found.length).toBeGreaterThan(0)
      }),
      { numRuns: 60 },
    )
  })
  test.each([
    ['not JSON', 'countersigned!'],
    ['half of it', '{"schema":"rollcall-countersignature/1"'],
    ['nothing', ''],
    ['a list', []],
    ['another kind of file', { schema: 'rollcall-pack/1' }],
    ['a field more', async () => ({ ...(await made()), also: 'signed by all' })],
    ['a field less', async () => ({ ...(await made()), at: undefined })],
    ['two lines', async () => ({ ...(await made()), statement: 'one\ntwo' })],
    [
      'hex in capitals',
      async () => ((one: Countersignature) => ({ ...one, key: one.key.toUpperCase() }))(await made()),
    ],
  ])('%s', async (_, given) => {
    expect(await kinds(typeof given === 'function' ? await given() : given)).toEqual(['not-one'])
  })
  test('bytes that are no text, and more than there can be', async () => {
    const of = async (bytes: Buffer<ArrayBuffer>) =>
      (await verifyCountersignature(PACK, new Blob([bytes]))).problems
    expect(await of(Buffer.from([0xff, 0xfe, 0x00]))).toMatchObject([{ kind: 'not-one' }])
    const padded = Buffer.concat([Buffer.from(JSON.stringify(await made())), Buffer.alloc(1_000_000, ' ')])
    expect(await of(padded)).toMatchObject([
      { kind: 'not-one', words: expect.stringContaining('larger') as string },
    ])
  })
  test('a later form of it', async () => {
    expect(await kinds({ ...(await made()), schema: 'rollcall-countersignature/2' })).toEqual(['newer'])
  })
})

test.each(['', 'two\nlines', 'x'.repeat(1001), 'bell\u0007', 'turned \u202eround'])(
  '%j is no statement',
  async (statement) => {
    await expect(made({ statement })).rejects.toThrow()
  },
)
