import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { secrets } from '@/scripts/setup/secrets.mjs'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'secrets-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('are made once, of 32 random bytes, for the owner alone', () => {
  const made = secrets({ folder, env: {} })
  for (const value of [made.AUTH_SECRET, made.ENCRYPTION_KEY])
    expect(Buffer.from(value!, 'base64url')).toHaveLength(32)
  expect(made.AUTH_SECRET).not.toBe(made.ENCRYPTION_KEY)
  expect(statSync(path.join(folder, 'secrets.json')).mode & 0o777).toBe(0o600)
  expect(secrets({ folder, env: {} })).toEqual(made)
})

test('of the environment win, and are not written down', () => {
  const made = secrets({ folder, env: {} })
  expect(secrets({ folder, env: { AUTH_SECRET: 'given' } })).toEqual({ ...made, AUTH_SECRET: 'given' })
  expect(secrets({ folder, env: {} })).toEqual(made)
})

test('in a damaged file are not replaced', () => {
  writeFileSync(path.join(folder, 'secrets.json'), '{"AUTH_SE')
  expect(() => secrets({ folder, env: {} })).toThrow('is damaged')
})
