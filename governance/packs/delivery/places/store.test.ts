// A store gets whole packs or none, and what goes wrong is said without a word of the store's.
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { objectStore, refuse, type ObjectStore } from '@/tests/object-store'
import { storePlace } from './store'
import { StoreSettings } from './store-settings'

let store: ObjectStore
beforeAll(async () => {
  store = await objectStore()
})
afterAll(() => store.stop())
beforeEach(() => {
  store.held.objects.clear()
  store.held.halves.clear()
  store.held.asked.length = 0
  store.held.meddle = () => false
})

const parcel = (bytes: Buffer, name = 'q3.zip') => ({
  name,
  bytes: bytes.length,
  sha256: createHash('sha256').update(bytes).digest('hex'),
  stream: async function* () {
    for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536)
  },
})
const SMALL = Buffer.from('one pack')
/** Three parts. */
const LARGE = Buffer.alloc(20 * 1024 * 1024, 'evidence ')
const put = (bytes: Buffer, more: object = {}, signal = new AbortController().signal, idleMs = 30_000) =>
  storePlace.put(StoreSettings.parse({ ...store.settings, ...more }), parcel(bytes), { signal, idleMs })
const why = (work: Promise<unknown>) =>
  work.then(
    () => 'nothing went wrong',
    (error: Error) => error.message,
  )

describe('what arrives', () => {
  test.each([
    ['small', SMALL],
    ['in parts', LARGE],
  ])('%s: is there whole, once, however often it is put', async (_, bytes) => {
    expect(await put(bytes, { prefix: 'audit/2026' })).toBe('put')
    expect(store.held.objects.get('audit/2026/q3.zip')?.equals(bytes)).toBe(true)
    const asked = store.held.asked.filter((what) => ['PUT', 'complete'].includes(what)).length
    expect(await put(bytes, { prefix: 'audit/2026' })).toBe('same')
    expect(store.held.asked.filter((what) => ['PUT', 'complete'].includes(what))).toHaveLength(asked)
    expect(store.held.halves.size).toBe(0)
  })
  test('something else that bears its name is left', async () => {
    store.held.objects.set('q3.zip', Buffer.from('one patch'))
    expect(await put(SMALL)).toBe('other')
    store.held.objects.set('q3.zip', Buffer.from('two pack'))
    expect(await put(SMALL)).toBe('other')
    expect(store.held.objects.get('q3.zip')?.toString()).toBe('two pack')
  })
  test('what changed on the way does not stay, and what changed before does not go', async () => {
    store.held.meddle = ({ what, times }) => {
      if (what === 'GET' && times === 1) store.held.objects.set('q3.zip', Buffer.from('one pacK'))
      return false
    }
    expect(await why(put(SMALL))).toContain('not what was sent')
    expect(store.held.objects.size).toBe(0)
    const sealed = { ...parcel(SMALL), sha256: 'f'.repeat(64) }
    const at = { signal: new AbortController().signal }
    expect(await why(storePlace.put(StoreSettings.parse(store.settings), sealed, at))).toContain(
      'as it was sealed',
    )
    expect(store.held.objects.size).toBe(0)
  })
  test('what an earlier attempt left by half is taken away; that of others is not', async () => {
    store.held.halves.set('left', { key: 'q3.zip', parts: new Map([[1, SMALL]]) })
    store.held.halves.set('theirs', { key: 'q3.zip.other', parts: new Map() })
    expect(await put(SMALL)).toBe('put')
    expect([...store.held.halves.keys()]).toEqual(['theirs'])
  })
  test('a small object is tried, and stays', async () => {
    const at = { signal: new AbortController().signal }
    expect(await storePlace.attempt(StoreSettings.parse(store.settings), at)).toContain('rollcall-tried.txt')
    expect([...store.held.objects.keys()]).toEqual(['rollcall-tried.txt'])
  })
})

describe('what goes wrong', () => {
  test.each([
    ['other keys', { accessKey: 'somebody-else' }, 'does not know the access key'],
    ['no bucket', { bucket: 'nothing-here' }, 'there is no such bucket'],
    ['a machine that tells credentials', { endpoint: 'http://169.254.169.254' }, 'link-local or metadata'],
    ['a private network', { privateNetworks: false }, 'private network'],
    [
      'a name that leads there',
      { endpoint: 'http://localhost:1', privateNetworks: false },
      'private network',
    ],
    ['nobody there', { endpoint: 'http://127.0.0.1:1' }, 'refused the connection'],
  ])('%s', async (_, more, words) => {
    const said = await why(put(SMALL, more))
    expect(said).toContain(words)
    expect(said).not.toMatch(/secret words|store-secret/)
    expect(store.held.objects.size).toBe(0)
  })
  test.each([
    [403, 'AccessDenied', 'PutObject'],
    [503, 'SlowDown', 'patience'],
    [507, 'XMinioStorageFull', 'full'],
    [400, 'WhateverItSays', 'answered 400'],
  ])('%i %s while it is sent', async (status, code, words) => {
    store.held.meddle = ({ what, response }) => what === 'PUT' && refuse(response, status, code)
    const said = await why(put(SMALL))
    expect(said).toContain(words)
    expect(said).not.toContain('secret words')
    expect(store.held.objects.size).toBe(0)
  })
  test('cut in the middle of the second part: nothing is there, and nothing is left by half', async () => {
    store.held.meddle = ({ what, times, socket }) => {
      if (what !== 'part' || times < 2) return false
      socket.destroy()
      return true
    }
    expect(await why(put(LARGE))).toContain('cut the connection')
    expect([store.held.objects.size, store.held.halves.size]).toEqual([0, 0])
  })
  test('cut once, it is sent again', async () => {
    store.held.meddle = ({ what, times, socket }) => {
      if (what !== 'part' || times !== 2) return false
      socket.destroy()
      return true
    }
    expect(await put(LARGE)).toBe('put')
    expect(store.held.objects.get('q3.zip')?.equals(LARGE)).toBe(true)
  })
  test('one that does not answer is given up', async () => {
    store.held.meddle = ({ what }) => what === 'PUT'
    expect(await why(put(SMALL, {}, undefined, 300))).toContain('did not answer in time')
    expect(store.held.objects.size).toBe(0)
  })
  test('told to stop, it leaves nothing by half', async () => {
    const stop = new AbortController()
    store.held.meddle = ({ what, times }) => {
      if (what === 'part' && times === 2) stop.abort()
      return false
    }
    await expect(put(LARGE, {}, stop.signal)).rejects.toThrow()
    expect([store.held.objects.size, store.held.halves.size]).toEqual([0, 0])
  })
})

test.each([
  ['http without being allowed', { plain: false }],
  ['a bucket that is a path', { bucket: '../other' }],
  ['a beginning that leads elsewhere', { prefix: '../x' }],
  ['a beginning with .. in the middle', { prefix: 'a/../x' }],
  ['keys in the address', { endpoint: 'http://a:b@127.0.0.1' }],
  ['a secret of two lines', { secretKey: 'one secret\nand more' }],
])('settings are refused: %s', (_, more) => {
  expect(StoreSettings.safeParse({ ...store.settings, ...more }).success).toBe(false)
})
