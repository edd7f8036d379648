// A pack as it is written and as it is checked: whatever is done to a byte of it is found.
import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import {
  BlobWriter,
  TextReader,
  ZipReader,
  BlobReader,
  TextWriter,
  ZipWriter,
  type FileEntry,
} from '@zip.js/zip.js'
import { verifyPack } from '../verify/verify-pack'
import { MANIFEST, manifestBytes, type Manifest } from './manifest'
import { sealFor, SEAL_BYTES, type Signer } from './seal'
import { PackWriter, type Written } from './write-pack'

const AT = new Date('2026-09-30T12:00:00.000Z')
function signerOf({ privateKey, publicKey }: { privateKey: KeyObject; publicKey: KeyObject }): Signer {
  const { x = '' } = publicKey.export({ format: 'jwk' })
  return {
    publicKey: Buffer.from(x, 'base64url').toString('hex'),
    sign: (message) => Promise.resolve(new Uint8Array(sign(null, message, privateKey))),
  }
}
const [ours, others] = [1, 2].map(() => signerOf(generateKeyPairSync('ed25519'))) as [Signer, Signer]

const ABOUT: Parameters<PackWriter['finish']>[0] = {
  product: { name: 'Rollcall', version: '0.1.0' },
  title: 'Quarter 3',
  asked: { filter: { class: ['machine'] }, asOf: '2026-09-30T00:00:00.000Z' },
  by: { kind: 'user', id: 'u1', name: 'Otto' },
  complete: false,
  gaps: ['credential of production (denied: iam:ListAccessKeys)'],
  notes: [],
}
const FILES = {
  'population.csv': 'id,name\r\n1,deploy\r\n2,“Ünï”\r\n',
  'README.html': '<!doctype html><title>Pack</title>',
  'reviews/decisions.csv': 'id,decision\r\n1,keep\r\n',
}
async function* inChunks(text: string, size: number) {
  const bytes = new TextEncoder().encode(text)
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

type Making = { signer?: Signer; at?: Date; size?: number; files?: Record<string, string> }
async function packOf({ signer = ours, at = AT, size = 7, files = FILES }: Making = {}) {
  const chunks: Uint8Array[] = []
  const writer = new PackWriter(async (chunk) => void chunks.push(chunk.slice()), signer)
  for (const [name, text] of Object.entries(files))
    await writer.add(name.toLowerCase(), inChunks(text, size), name.endsWith('.csv') ? () => 2 : undefined)
  const written: Written = await writer.finish(ABOUT, at)
  return { bytes: new Uint8Array(Buffer.concat(chunks)), written }
}
const check = (bytes: Uint8Array, keys?: string[]) =>
  verifyPack(new Blob([new Uint8Array(bytes)]), keys && { keys })
const kinds = async (bytes: Uint8Array, keys?: string[]) =>
  (await check(bytes, keys)).problems.map(({ kind, name }) => (name ? `${kind} ${name}` : kind))

/** The same numbers in each run. */
function* numbers(seed: number) {
  for (let state = seed; ;) {
    state = (state * 1103515245 + 12345) & 0x7fffffff
    yield state / 0x80000000
  }
}

/** An archive that is sealed rightly over whatever it holds, as somebody with a key could make it. */
async function sealed(files: [name: string, text: string][], signer = ours, manifest?: Partial<Manifest>) {
  const zip = new ZipWriter(new BlobWriter())
  for (const [name, text] of files) await zip.add(name, new TextReader(text))
  const listed = { schema: 'rollcall-pack/1', ...ABOUT, key: signer.publicKey, files: [], ...manifest }
  const bytes = new TextEncoder().encode(JSON.stringify(listed))
  await zip.add(MANIFEST, { readable: new Blob([bytes]).stream() })
  await zip.add('manifest.sig', { readable: new Blob([new Uint8Array(await signer.sign(bytes))]).stream() })
  const all = new Uint8Array(await (await zip.close(new Uint8Array(SEAL_BYTES))).arrayBuffer())
  const before = all.slice(0, -SEAL_BYTES)
  const seal = await sealFor(createHash('sha256').update(before).digest('hex'), AT, signer)
  return new Uint8Array(Buffer.concat([before, seal]))
}
const entry = (text: string) => ({
  bytes: Buffer.byteLength(text),
  sha256: createHash('sha256').update(text).digest('hex'),
})

describe('as it was written', () => {
  test('fits, and says by whom, when and what', async () => {
    const { bytes, written } = await packOf()
    const checked = await check(bytes, [others.publicKey, ours.publicKey])
    expect(checked.problems).toEqual([])
    expect(checked.isExpectedKey).toBe(true)
    expect(checked.seal).toEqual({ key: ours.publicKey, at: AT.toISOString(), sha256: written.sha256 })
    expect(checked.manifest).toEqual(written.manifest)
    expect(written.bytes).toBe(bytes.length)
    expect(written.manifest.files.map(({ name, rows }) => [name, rows])).toEqual([
      ['population.csv', 2],
      ['readme.html', undefined],
      ['reviews/decisions.csv', 2],
    ])
  })
  test('other programs read it, and the signature of the manifest is one that they can check', async () => {
    const { bytes } = await packOf()
    const reader = new ZipReader(new BlobReader(new Blob([bytes])))
    const entries = (await reader.getEntries()) as FileEntry[]
    const texts = await Promise.all(entries.map((one) => one.getData(new TextWriter())))
    expect(texts[entries.findIndex(({ filename }) => filename === 'population.csv')]).toBe(
      FILES['population.csv'],
    )
  })
  test('built again it is the same but for the time of its seal, however the files come', async () => {
    const [one, two] = [await packOf(), await packOf({ size: 1, at: new Date(AT.getTime() + 1000) })]
    expect(two.bytes.length).toBe(one.bytes.length)
    expect(two.bytes.slice(0, -SEAL_BYTES)).toEqual(one.bytes.slice(0, -SEAL_BYTES))
    expect(two.written.sha256).toBe(one.written.sha256)
  })
  test('the same content is the same manifest, and what is none is not written', () => {
    expect(() => manifestBytes({ ...ABOUT, schema: 'x' } as unknown as Manifest)).toThrow('schema')
  })
  test.each(['../etc/passwd', '/abs', 'a//b', 'C:\\x', 'a/b/c', '.hidden', 'Ä.csv', '', MANIFEST])(
    '%j is no name of a file',
    async (name) => {
      const writer = new PackWriter(async () => {}, ours)
      await expect(writer.add(name, inChunks('x', 1))).rejects.toThrow(name || 'no name')
    },
  )
})

describe('whoever waits', () => {
  test('is told how far it is, all along, and may breathe after every chunk', async () => {
    const files = { 'big.csv': 'abcdefgh'.repeat(700_000), 'small.csv': 'x' }
    const { bytes } = await packOf({ files, size: 100_000 })
    const told: number[] = []
    let breaths = 0
    const checked = await verifyPack(new Blob([bytes]), {
      onProgress: (read, of) => {
        expect(of).toBe(2 * bytes.length)
        told.push(read)
      },
      pause: async () => void breaths++,
    })
    expect(checked.problems).toEqual([])
    expect(told).toEqual([...told].sort((a, b) => a - b))
    expect(told.some((read) => read > bytes.length)).toBe(true)
    expect(breaths).toBeGreaterThan(20)
  })
  test('may end it', async () => {
    const { bytes } = await packOf()
    const ended = verifyPack(new Blob([bytes]), { pause: () => Promise.reject(new Error('ended')) })
    await expect(ended).rejects.toThrow('ended')
  })
})

describe('what was done to it', () => {
  test('each of a thousand bytes that were changed is found', { timeout: 240_000 }, async () => {
    const { bytes } = await packOf()
    const random = numbers(11)
    const draw = () => random.next().value as number
    const missed: number[] = []
    for (let n = 0; n < 1000; n++) {
      const place = n < SEAL_BYTES ? bytes.length - 1 - n : Math.floor(draw() * bytes.length)
      const other = bytes.slice()
      other[place] = other[place]! ^ (1 + Math.floor(draw() * 255))
      if (!(await check(other)).problems.length) missed.push(place)
    }
    expect(missed).toEqual([])
  })
  test('one byte that was left out, put in, or added at either end', async () => {
    const { bytes } = await packOf()
    for (const place of [0, 1, 40, 200, bytes.length - SEAL_BYTES - 1, bytes.length - 1]) {
      expect(await kinds(Uint8Array.from([...bytes.slice(0, place), ...bytes.slice(place + 1)]))).not.toEqual(
        [],
      )
      expect(await kinds(Uint8Array.from([...bytes.slice(0, place), 0, ...bytes.slice(place)]))).not.toEqual(
        [],
      )
    }
    expect(await kinds(Uint8Array.from([...bytes, 0]))).toEqual(['not-a-pack'])
    expect(await kinds(Uint8Array.from([0, ...bytes]))).not.toEqual([])
  })
  test('a file that is changed, missing or added is named, although the seal is right again', async () => {
    const list = [
      { name: 'a.csv', ...entry('one') },
      { name: 'b.csv', ...entry('two') },
    ]
    const of = (files: [string, string][]) => sealed(files, ours, { files: list })
    expect(
      await kinds(
        await of([
          ['a.csv', 'one'],
          ['b.csv', 'two'],
        ]),
      ),
    ).toEqual([])
    expect(
      await kinds(
        await of([
          ['a.csv', 'onE'],
          ['b.csv', 'two'],
        ]),
      ),
    ).toEqual(['changed a.csv'])
    expect(
      await kinds(
        await of([
          ['a.csv', 'one and more'],
          ['b.csv', 'two'],
        ]),
      ),
    ).toEqual(['changed a.csv'])
    expect(await kinds(await of([['b.csv', 'two']]))).toEqual(['missing a.csv'])
    expect(
      await kinds(
        await of([
          ['a.csv', 'one'],
          ['b.csv', 'two'],
          ['c.csv', 'x'],
        ]),
      ),
    ).toEqual(['added c.csv'])
  })
  test('a manifest that somebody else signed, and a key that was not expected', async () => {
    const { bytes } = await packOf({ signer: others })
    expect(await kinds(bytes)).toEqual([])
    expect(await kinds(bytes, [ours.publicKey])).toEqual(['key'])
    const claimed = await sealed([], others, { key: ours.publicKey })
    expect(await kinds(claimed)).toEqual(['manifest manifest.json'])
  })
  test('what is no pack, cut short, or empty', async () => {
    const { bytes } = await packOf()
    for (const none of [
      new Uint8Array(),
      new Uint8Array(9000),
      bytes.slice(0, -1),
      bytes.slice(0, bytes.length / 2),
    ])
      expect(await kinds(none)).toEqual(['not-a-pack'])
  })
})

describe('what is dangerous to open', () => {
  test('names that lead elsewhere are never files of a pack', async () => {
    const names = [
      '../../etc/passwd',
      '/etc/passwd',
      'C:\\Windows\\x',
      'a\u0000b',
      '\u001b[31m',
      'x'.repeat(500),
    ]
    for (const name of names) {
      const { problems } = await check(await sealed([[name, 'x']]))
      // Some are refused as part of the archive, the others as no file of the manifest.
      expect(['added', 'not-a-pack'], name).toContain(problems[0]?.kind)
      expect(problems, name).toHaveLength(1)
      expect(problems[0]?.words).not.toMatch(/\p{Cc}/u)
    }
  })
  test('what grows without an end is read no further than it may be long', async () => {
    const bomb = 'A'.repeat(30_000_000)
    const bytes = await sealed([['a.csv', bomb]], ours, { files: [{ name: 'a.csv', ...entry('A') }] })
    expect(bytes.length).toBeLessThan(200_000)
    expect(await kinds(bytes)).toEqual(['changed a.csv'])
    expect(await kinds(await sealed([], ours, { gaps: [bomb] }))).toEqual(['manifest manifest.json'])
  })
  test('more files than a pack can have', async () => {
    const many = Array.from({ length: 1100 }, (_, n): [string, string] => [`f${n}.csv`, ''])
    expect(await kinds(await sealed(many))).toEqual(['not-a-pack'])
  })
  test('a pack of a later version says so, and is not half checked', async () => {
    const newer = await sealed([], ours, { schema: 'rollcall-pack/2' } as unknown as Manifest)
    expect(await kinds(newer)).toEqual(['newer'])
    expect(await kinds(await sealed([], ours, { more: 1 } as unknown as Manifest))).toEqual([
      'manifest manifest.json',
    ])
  })
})
