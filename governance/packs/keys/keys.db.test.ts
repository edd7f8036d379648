// A key that the customer brings signs packs; where it cannot, nothing else does in its place.
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { closeMomentClient } from '@/inventory/moment/moment-client'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { administrator, ask, auditor, checked, packsFolder, rowOf } from '@/tests/built-packs'
import { estate, look } from '@/tests/queried-estate'
import { connection } from '@/tests/scripted-source'
import { buildPack } from '../building/build-pack'
import { failureWords } from '../building/failure-words'
import { broughtSigner } from './key-file'
import { keyTrouble, signingKeys } from './list-keys'
import { rotateKey } from './rotate-key'
import { ensureKey } from './signing-key'

const folder = mkdtempSync(path.join(os.tmpdir(), 'rollcall-keys-'))
const at = path.join(folder, 'key.pem')
const pem = (key: KeyObject) => String(key.export({ format: 'pem', type: 'pkcs8' }))
const hexOf = (key: KeyObject) =>
  Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url').toString('hex')
const mine = generateKeyPairSync('ed25519')
const other = generateKeyPairSync('ed25519')
const signal = new AbortController().signal
let packs = ''

function put(text: string | Buffer, mode = 0o600): void {
  rmSync(at, { force: true, recursive: true })
  writeFileSync(at, text)
  chmodSync(at, mode)
}
beforeAll(async () => {
  packs = await packsFolder()
  await look(await connection(), { at: '2026-06-01T00:00:00.000Z', streams: estate(3) })
})
beforeEach(() => {
  process.env.PACK_KEY_FILE = at
})
afterAll(async () => {
  delete process.env.PACK_KEY_FILE
  rmSync(folder, { recursive: true })
  await closeMomentClient()
  await closeSender()
  await db.$disconnect()
})
const build = async () => {
  const id = await ask({ contents: ['sources'] })
  await buildPack(id, { signal })
  return id
}
const failed = (work: Promise<unknown>): Promise<string> => work.then(String, failureWords)

describe('what a file is refused for', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const locked = mine.privateKey.export({
    format: 'pem',
    type: 'pkcs8',
    cipher: 'aes-256-cbc',
    passphrase: 'words',
  })
  test.each([
    ['of another kind', pem(rsa.privateKey), 'another kind (rsa)'],
    ['for agreeing on keys', pem(generateKeyPairSync('x25519').privateKey), 'another kind (x25519)'],
    [
      'of a form of its own',
      String(rsa.privateKey.export({ format: 'pem', type: 'pkcs1' })),
      'no private key as PEM in PKCS#8',
    ],
    ['the public half', String(mine.publicKey.export({ format: 'pem', type: 'spki' })), 'holds a public key'],
    ['behind a passphrase', String(locked), 'passphrase'],
    ['cut', pem(mine.privateKey).replace(/.{8}\n-----END/, '\n-----END'), 'cannot be read'],
    ['no key', 'canary-of-a-secret', 'no private key'],
    ['empty', '', 'no private key'],
    ['a long file', Buffer.alloc(20_000, 'a'), 'too long'],
  ])('%s', async (_, text, words) => {
    put(text)
    const said = await failed(broughtSigner())
    expect(said).toContain(words)
    expect(said).toContain('PACK_KEY_FILE')
    expect(said).not.toContain('canary')
  })
  test.each([0o604, 0o644, 0o602, 0o666])('open to all users (%o)', async (mode) => {
    put(pem(mine.privateKey), mode)
    expect(await failed(broughtSigner())).toContain('everybody on this machine')
  })
  test('not there, a folder, leading to itself; read by the group it is taken', async () => {
    rmSync(at, { force: true })
    expect(await failed(broughtSigner())).toContain('is not there')
    symlinkSync(at, at)
    expect(await failed(broughtSigner())).toContain('leads to itself')
    process.env.PACK_KEY_FILE = mkdtempSync(path.join(folder, 'a-'))
    expect(await failed(broughtSigner())).toMatch(/is a folder/)
    process.env.PACK_KEY_FILE = at
    put(pem(mine.privateKey), 0o640)
    expect((await broughtSigner())?.publicKey).toBe(hexOf(mine.publicKey))
  })
})

test('it signs, is published as brought, and its private half is nowhere', async () => {
  delete process.env.PACK_KEY_FILE
  await ensureKey()
  process.env.PACK_KEY_FILE = at
  put(pem(mine.privateKey))
  const id = await build()
  const [first, second] = await signingKeys(auditor)
  expect(first).toMatchObject({ key: hexOf(mine.publicKey), brought: true })
  expect(first?.until).toBeUndefined()
  expect(second).toMatchObject({ brought: false, until: expect.any(String) as string })
  const { problems, isExpectedKey } = await checked(packs, id, [hexOf(mine.publicKey)])
  expect([problems, isExpectedKey]).toEqual([[], true])
  expect(await db.activity.count({ where: { action: 'signing-key.bring' } })).toBe(1)
  expect(await keyTrouble(auditor)).toBeUndefined()
  const secret = mine.privateKey.export({ format: 'der', type: 'pkcs8' })
  const dump = JSON.stringify(
    [await db.signingKey.findMany(), await db.activity.findMany()],
    (_, value: unknown) =>
      typeof value === 'bigint'
        ? String(value)
        : value instanceof Uint8Array
          ? Buffer.from(value).toString('hex')
          : value,
  )
  expect(dump).not.toContain(secret.subarray(-32).toString('hex'))
  expect(dump).not.toContain(secret.toString('base64'))
})

test('where it cannot be used, building fails and says so, and no other key takes its place', async () => {
  put(pem(mine.privateKey))
  await ensureKey()
  put('nothing')
  const id = await ask({ contents: ['sources'] })
  const said = await failed(buildPack(id, { signal }))
  expect(said).toContain('PACK_KEY_FILE')
  expect(await keyTrouble(auditor)).toContain('no private key')
  delete process.env.PACK_KEY_FILE
  expect(await failed(buildPack(id, { signal }))).toContain('Set it for every worker')
  expect((await rowOf(id)).sha256).toBeNull()
  expect((await signingKeys(auditor))[0]).toMatchObject({ key: hexOf(mine.publicKey) })
})

test('another key in the file signs from then on, and the first again; none is rotated while it is set', async () => {
  put(pem(mine.privateKey))
  await ensureKey()
  await expect(rotateKey(administrator, {})).rejects.toThrow('PACK_KEY_FILE')
  put(pem(other.privateKey))
  const id = await build()
  expect((await checked(packs, id, [hexOf(other.publicKey)])).isExpectedKey).toBe(true)
  put(pem(mine.privateKey))
  expect((await checked(packs, await build(), [hexOf(mine.publicKey)])).isExpectedKey).toBe(true)
  const keys = await signingKeys(auditor)
  expect(keys.filter(({ until }) => until === undefined)).toHaveLength(1)
  expect(keys.filter(({ brought }) => brought)).toHaveLength(2)
  // Left out, one of the installation is made when somebody says so.
  delete process.env.PACK_KEY_FILE
  const { key } = await rotateKey(administrator, {})
  expect((await checked(packs, await build(), [key])).isExpectedKey).toBe(true)
})

test('as the standard that says what such files look like has it, with any ends of lines', async () => {
  // RFC 8410, 10.3: known to everybody.
  const text = [
    '-----BEGIN PRIVATE KEY-----',
    'MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC',
    '-----END PRIVATE KEY-----',
    '',
  ]
  for (const end of ['\n', '\r\n']) {
    put(text.join(end))
    const signer = await broughtSigner()
    expect(signer?.publicKey).toBe('19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1')
  }
})
