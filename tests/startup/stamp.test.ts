import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { isInstalled } from '@/scripts/setup/packages.mjs'
import { hashOf, isFresh, stamped } from '@/scripts/setup/stamp.mjs'

let root: string
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'stamp-'))
})
afterEach(() => rmSync(root, { recursive: true }))

function write(name: string, text: string) {
  const file = path.join(root, name)
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, text)
  return file
}

describe('the hash of sources', () => {
  test('changes with a file, its name, and a new one', () => {
    write('app/page.tsx', 'a')
    const hashes = [hashOf(root, ['app', 'env.ts'])]
    write('app/page.tsx', 'b')
    hashes.push(hashOf(root, ['app', 'env.ts']))
    write('app/deep/other.tsx', '')
    hashes.push(hashOf(root, ['app', 'env.ts']))
    write('env.ts', '')
    hashes.push(hashOf(root, ['app', 'env.ts']))
    expect(new Set(hashes).size).toBe(4)
  })

  test('does not change with tests and generated files', () => {
    write('app/page.tsx', 'a')
    const before = hashOf(root, ['app'])
    for (const name of ['app/page.test.tsx', 'app/x.db.test.ts', 'app/generated/client.ts']) write(name, 'x')
    expect(hashOf(root, ['app'])).toBe(before)
  })
})

test('a stamp is written only after success, and an old one is gone while the work lasts', async () => {
  const stamp = write('out/.rollcall', 'one')
  await expect(
    stamped(stamp, 'two', async () => {
      expect(existsSync(stamp)).toBe(false)
      throw new Error('interrupted')
    }),
  ).rejects.toThrow('interrupted')
  expect(isFresh(stamp, 'two')).toBe(false)
  await stamped(stamp, 'two', async () => {})
  expect([isFresh(stamp, 'two'), isFresh(stamp, 'one')]).toEqual([true, false])
})

describe('an installation of packages', () => {
  const lock = (version: string) => JSON.stringify({ packages: { '': {}, 'node_modules/a': { version } } })
  const hidden = (version: string) => JSON.stringify({ packages: { 'node_modules/a': { version } } })

  function install(version = '1.0.0') {
    write('package.json', '{"dependencies":{"a":"1.0.0"}}')
    write('package-lock.json', lock('1.0.0'))
    write('node_modules/a/package.json', '{}')
    write('node_modules/.package-lock.json', hidden(version))
  }

  test('done by hand counts', () => {
    install()
    expect(isInstalled(root)).toBe(true)
    expect(existsSync(path.join(root, 'node_modules/.rollcall'))).toBe(true)
  })

  test.each([
    ['of another version', () => install('0.9.0')],
    ['cut short', () => rmSync(path.join(root, 'node_modules/.package-lock.json'))],
    ['with a package removed', () => rmSync(path.join(root, 'node_modules/a'), { recursive: true })],
    ['for an older lock file', () => write('package-lock.json', lock('2.0.0'))],
  ])('%s does not', (_, damage) => {
    install()
    isInstalled(root)
    if (existsSync(path.join(root, 'node_modules/.rollcall')) && damage.toString().includes('install('))
      rmSync(path.join(root, 'node_modules/.rollcall'))
    damage()
    expect(isInstalled(root)).toBe(false)
  })

  test('a missing package for another system is no fault', () => {
    install()
    const other = { version: '1.0.0', optional: true, os: ['no-such-system'] }
    const packages = { '': {}, 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': other }
    write('package-lock.json', JSON.stringify({ packages }))
    expect(isInstalled(root)).toBe(true)
  })
})
