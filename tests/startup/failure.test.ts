import { describe as group, expect, test } from 'vitest'
import { Failure, describe } from '@/scripts/setup/failure.mjs'
import { whyNpmFailed } from '@/scripts/setup/packages.mjs'

group('an error a person can do something about', () => {
  test.each([
    [
      'ENOSPC of Node',
      Object.assign(new Error('write'), { code: 'ENOSPC' }),
      /The disk is full.*\n.*free some space/,
    ],
    [
      'a folder without rights',
      new Error("EACCES: permission denied, mkdir '/x/.data'"),
      /^\/x\/\.data cannot be written to/,
    ],
    [
      'a read-only system',
      Object.assign(new Error("open '/x/y'"), { code: 'EROFS' }),
      /^\/x\/y cannot be written to/,
    ],
    ['our own', new Failure('What happened.', 'What to do.'), /^What happened\.\nWhat to do\.$/],
  ])('%s is told without a stack trace', (_, error, expected) => {
    expect(describe(error)).toMatch(expected)
    expect(describe(error)).not.toMatch(/\n\s+at /)
  })

  test('any other keeps its trace', () => expect(describe(new TypeError('bug'))).toMatch(/bug\n\s+at /))
})

group('npm ci', () => {
  test.each([
    [
      'offline',
      'npm error code ENOTFOUND\nnpm error network request failed',
      'npm cannot reach its registry',
    ],
    ['no disk', 'npm error code ENOSPC\nnpm error nospc', 'The disk is full'],
    ['no npm', 'ENOENT: spawn npm ENOENT', 'npm was not found'],
    [
      'no rights',
      "npm error Error: EACCES: permission denied, mkdir '/x/node_modules'",
      '/x/node_modules cannot be written',
    ],
    ['lock file', 'npm error code EUSAGE\nnpm error Missing: a@1 from lock file', 'do not belong together'],
    ['anything else', 'npm error code EINTEGRITY', 'npm ci failed'],
  ])('%s', (_, output, expected) => expect(describe(whyNpmFailed(output))).toContain(expected))
})
