// Uploads: into a private file, up to a bound, and gone afterwards.
import { readdirSync, statSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { withUpload, type Upload } from './upload'

const post = (body: BodyInit, headers: Record<string, string> = {}) =>
  new Request('http://localhost/api/v1/imports', {
    method: 'POST',
    body,
    headers,
    ...(body instanceof ReadableStream && { duplex: 'half' }),
  })
const left = () => readdirSync(tmpdir()).filter((name) => name.startsWith('rollcall-'))
const read = async ({ path: place, ...rest }: Upload) => ({
  text: await readFile(place, 'utf8'),
  place,
  ...rest,
})

function endless(chunk = 1024) {
  let sent = 0
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += chunk
      controller.enqueue(new Uint8Array(chunk))
    },
  })
  return { stream, sent: () => sent }
}

test('the body itself is the file, which only we can read, and which is gone afterwards', async () => {
  const before = left()
  const { text, place } = await withUpload(post('hello'), 100, async (upload) => {
    const { mode } = await stat(upload.path)
    expect([mode & 0o777, statSync(path.dirname(upload.path)).mode & 0o777]).toEqual([0o600, 0o700])
    return read(upload)
  })
  expect(text).toBe('hello')
  await expect(stat(place)).rejects.toThrow()
  expect(left()).toEqual(before)
})

test('a form has its file and its fields', async () => {
  const form = new FormData()
  form.set('format', 'fürmat')
  form.set('file', new File(['hello'], 'a.json'))
  expect(await withUpload(post(form), 100, read)).toMatchObject({
    text: 'hello',
    fileName: 'a.json',
    fields: { format: 'fürmat' },
  })
})

describe('too large', () => {
  test('by what it says', async () => {
    const request = post('x', { 'content-length': '1000000' })
    await expect(withUpload(request, 100, read)).rejects.toMatchObject({ code: 'limited' })
  })
  test('by what comes: the rest is not taken', async () => {
    const { stream, sent } = endless()
    const before = left()
    await expect(withUpload(post(stream), 10_000, read)).rejects.toMatchObject({ code: 'limited' })
    expect(sent()).toBeLessThan(100_000)
    expect(left()).toEqual(before)
  })
  test('as part of a form', async () => {
    const form = new FormData()
    form.set('file', new File(['x'.repeat(200)], 'a.json'))
    await expect(withUpload(post(form), 100, read)).rejects.toMatchObject({ code: 'limited' })
  })
})

test.each([
  ['an empty body', () => post('')],
  ['a form without a file', () => post(Object.assign(new FormData(), {}))],
  [
    'a form with two files',
    () => {
      const form = new FormData()
      form.append('file', new File(['a'], 'a.json'))
      form.append('file', new File(['b'], 'b.json'))
      return post(form)
    },
  ],
])('%s is refused', async (_, request) => {
  await expect(withUpload(request(), 100, read)).rejects.toMatchObject({ code: 'invalid' })
})

test('a failure afterwards leaves nothing behind', async () => {
  const before = left()
  await expect(withUpload(post('x'), 100, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(left()).toEqual(before)
})
