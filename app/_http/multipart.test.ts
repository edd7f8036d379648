// Forms in pieces: whatever the pieces, the parts are the same.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { boundaryOf, multipart } from './multipart'

const BOUNDARY = 'xYzZY'
const form = (file: Buffer) =>
  Buffer.concat([
    Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-data; name="format"\r\n\r\nsome-format\r\n`),
    Buffer.from(
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a b.json"\r\nContent-Type: application/json\r\n\r\n`,
    ),
    file,
    Buffer.from(`\r\n--${BOUNDARY}--\r\n`),
  ])

async function* inPieces(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
async function read(bytes: Buffer, size: number) {
  const parts = new Map<string, { fileName?: string; bytes: Buffer }>()
  for await (const { part, chunk } of multipart(inPieces(bytes, size), BOUNDARY)) {
    const before = parts.get(part.name)?.bytes ?? Buffer.alloc(0)
    parts.set(part.name, { fileName: part.fileName, bytes: Buffer.concat([before, chunk]) })
  }
  return parts
}

test('any file in any pieces comes out as it was', async () => {
  const bytes = fc.oneof(
    fc.uint8Array().map((b) => Buffer.from(b)),
    // Texts that nearly end the part.
    fc
      .array(fc.constantFrom('\r', '\n', '--', BOUNDARY, 'x', '\r\n--xYz'))
      .map((s) => Buffer.from(s.join(''))),
  )
  await fc.assert(
    fc.asyncProperty(
      bytes.filter(
        (b) => !b.includes(`\r\n--${BOUNDARY}`) && !b.toString('latin1').startsWith(`--${BOUNDARY}`),
      ),
      fc.integer({ min: 1, max: 40 }),
      async (file, size) => {
        const parts = await read(form(file), size)
        expect(parts.get('format')?.bytes.toString()).toBe('some-format')
        expect(parts.get('file')).toEqual({ fileName: 'a b.json', bytes: file })
      },
    ),
  )
})

describe('refused', () => {
  test('a form that ends in the middle', async () => {
    await expect(read(form(Buffer.from('x')).subarray(0, -8), 10)).rejects.toMatchObject({ code: 'invalid' })
  })
  test('a part without a name', async () => {
    await expect(read(Buffer.from(`--${BOUNDARY}\r\nX: y\r\n\r\nz\r\n--${BOUNDARY}--`), 9)).rejects.toThrow(
      'no name',
    )
  })
  test('a form without a boundary', () => expect(() => boundaryOf('multipart/form-data')).toThrow('boundary'))
})

test.each([
  ['multipart/form-data; boundary=abc', 'abc'],
  ['multipart/form-data; charset=utf-8; boundary="a b"', 'a b'],
  ['application/json', undefined],
])('the boundary of %s is %s', (type, boundary) => expect(boundaryOf(type)).toBe(boundary))
