// A folder gets whole packs or none.
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { putInFolder } from './folder-store'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'rollcall-delivery-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const pack = (text: string, failing?: Error) => ({
  name: 'q3.zip',
  sha256: createHash('sha256').update(text).digest('hex'),
  bytes: (async function* () {
    for (const letter of text) yield new TextEncoder().encode(letter)
    if (failing) throw failing
  })(),
})

test('a pack is there once, however often it is put', async () => {
  expect(await putInFolder(folder, pack('one pack'))).toBe('put')
  expect(await putInFolder(folder, pack('one pack'))).toBe('same')
  expect(await putInFolder(folder, pack('another'))).toBe('other')
  expect(readdirSync(folder)).toEqual(['q3.zip'])
  expect(readFileSync(path.join(folder, 'q3.zip'), 'utf8')).toBe('one pack')
})
test('where it breaks off, or is not what was sealed, nothing is left', async () => {
  const full = Object.assign(new Error('no space left'), { code: 'ENOSPC' })
  await expect(putInFolder(folder, pack('one pack', full))).rejects.toThrow('no space left')
  await expect(putInFolder(folder, { ...pack('one'), sha256: 'f'.repeat(64) })).rejects.toThrow(
    'as it was sealed',
  )
  expect(readdirSync(folder)).toEqual([])
})
test('two at once: one puts it, and what is there is whole', async () => {
  const outcomes = await Promise.all([1, 2, 3].map(() => putInFolder(folder, pack('one pack'))))
  expect(outcomes.sort()).toEqual(['put', 'same', 'same'])
  expect(readFileSync(path.join(folder, 'q3.zip'), 'utf8')).toBe('one pack')
  expect(readdirSync(folder)).toEqual(['q3.zip'])
})
test('a folder that is not there, and names that lead elsewhere, are refused', async () => {
  await expect(putInFolder(path.join(folder, 'none'), pack('x'))).rejects.toThrow('ENOENT')
  writeFileSync(path.join(folder, 'kept'), 'kept')
  for (const name of ['../x.zip', 'a/b.zip', '.hidden', ''])
    await expect(putInFolder(folder, { ...pack('x'), name })).rejects.toThrow('no name of a file')
  expect(readdirSync(folder)).toEqual(['kept'])
})
