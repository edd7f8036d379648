// `verify` needs a file, and neither a database nor an installation.
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest'
import { generateKeyPairSync, sign } from 'node:crypto'
import { PackWriter } from '@/evidence/pack/write-pack'
import { run } from './program'

const folder = mkdtempSync(path.join(os.tmpdir(), 'rollcall-verify-'))
const { privateKey, publicKey } = generateKeyPairSync('ed25519')
const hex = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('hex')
const PEM = path.join(folder, 'key.pem')
writeFileSync(PEM, publicKey.export({ type: 'spki', format: 'pem' }))

async function pack(complete: boolean): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  const writer = new PackWriter(async (chunk) => void chunks.push(chunk.slice()), {
    publicKey: hex,
    sign: (message) => Promise.resolve(new Uint8Array(sign(null, message, privateKey))),
  })
  await writer.add(
    'population.csv',
    (async function* () {
      yield new TextEncoder().encode('id\r\n1\r\n')
    })(),
    () => 1,
  )
  const about = { title: 'Quarter\u001b[31m 3', asked: {}, by: { kind: 'user', id: 'u', name: 'Otto' } }
  await writer.finish(
    {
      ...about,
      ...{ product: { name: 'Rollcall', version: '1' }, notes: [], activityHead: `7:${'a'.repeat(64)}` },
      ...{ complete, gaps: complete ? [] : ['credential of production (denied)'] },
    },
    new Date(0),
  )
  return Buffer.concat(chunks)
}

let [out, err] = ['', '']
beforeEach(() => {
  ;[out, err] = ['', '']
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true))
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((err += String(text)), true))
})
afterEach(() => vi.restoreAllMocks())
afterAll(() => rmSync(folder, { recursive: true }))

const at = (name: string, bytes: Uint8Array) => {
  const file = path.join(folder, name)
  writeFileSync(file, bytes)
  return file
}

test('a pack that fits, with its key, its gaps and the head it notes', async () => {
  const file = at('fits.zip', await pack(false))
  expect(await run(['verify', file, '--key', PEM])).toBe(0)
  expect(out).toContain('All 1 files are as they were sealed: Quarter\\u001b[31m 3')
  expect(out).toContain('The key is the one that was expected.')
  expect(out).toContain('credential of production (denied)')
  expect(out).toContain(`Head of the activity log: 7:${'a'.repeat(64)}`)
  expect(out).toContain(hex)
  out = ''
  expect(await run(['verify', at('whole.zip', await pack(true))])).toBe(0)
  expect(out).toContain('Compare the key')
  expect(out).not.toContain('not complete')
})
test('one byte that is another, and another key', async () => {
  const bytes = await pack(true)
  // The first byte of the first file: after 30 of its header, its name, and what else is said of it.
  bytes[30 + bytes.readUInt16LE(26) + bytes.readUInt16LE(28)]! ^= 1
  const file = at('changed.zip', bytes)
  expect(await run(['verify', file])).toBe(1)
  expect(out).toContain('population.csv')
  out = ''
  expect(await run(['verify', at('fits.zip', await pack(true)), '--key', '0'.repeat(64)])).toBe(1)
  expect(out).toContain('another key')
})
test('what cannot be read is said with what to do', async () => {
  expect(await run(['verify', path.join(folder, 'nothing')])).toBe(2)
  expect(err).toContain('Name the file of the pack')
  err = ''
  expect(await run(['verify', PEM, '--key', 'nonsense'])).toBe(2)
  expect(err).toContain('no Ed25519 public key')
  expect(await run(['verify', PEM])).toBe(1)
})

test('countersigned by whoever received it; of another pack it is told, and what is broken is not signed', async () => {
  const file = at('received.zip', await pack(true))
  const key = at('auditor.pem', Buffer.from(String(privateKey.export({ type: 'pkcs8', format: 'pem' }))))
  chmodSync(key, 0o600)
  const sig = path.join(folder, 'received.sig')
  const signing = ['evidence', 'countersign', file, '--key', key, '--out', sig]
  expect(await run([...signing, '--statement', 'Received on 4 October.'])).toBe(0)
  expect(await run(signing)).toBe(1)
  expect(err).toContain('--overwrite')
  out = ''
  expect(await run(['verify', file, '--countersignature', sig, '--countersignature-key', PEM])).toBe(0)
  expect(out).toContain('of these very bytes')
  expect(out).toContain('“Received on 4 October.”')
  expect(out).toContain('by the key that was expected')
  out = ''
  expect(await run(['verify', at('other.zip', await pack(false)), '--countersignature', sig])).toBe(1)
  expect(out).toContain('of another pack')
  expect(
    await run(['verify', file, '--countersignature', sig, '--countersignature-key', '0'.repeat(64)]),
  ).toBe(1)
  expect(await run(['verify', file, '--countersignature', file])).toBe(1)
  expect(await run(['verify', file, '--countersignature-key', PEM])).toBe(2)
  const broken = await pack(true)
  broken[60]! ^= 1
  const never = path.join(folder, 'never.sig')
  expect(await run(['evidence', 'countersign', at('broken.zip', broken), '--key', key, '--out', never])).toBe(
    1,
  )
  expect(existsSync(never)).toBe(false)
  err = ''
  expect(await run(['evidence', 'countersign', file, '--key', PEM, '--out', never])).toBe(1)
  expect(err).toContain('everybody on this machine')
  chmodSync(PEM, 0o600)
  err = ''
  expect(await run(['evidence', 'countersign', file, '--key', PEM, '--out', never])).toBe(1)
  expect(err).toContain('holds a public key')
})
