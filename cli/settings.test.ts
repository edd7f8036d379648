// Settings from options: typed by their fields, and never repeated in an error.
import { describe, expect, test } from 'vitest'
import { RollcallError } from '@/core/errors'
import { settingsFrom } from './settings'

const fields = [
  { path: 'region', type: 'text' },
  { path: 'login.key', type: 'text' },
  { path: 'pageSize', type: 'number' },
  { path: 'verify', type: 'boolean' },
  { path: 'regions', type: 'list' },
]
const read = (set: string[], fromEnv: string[] = [], environment = {}) =>
  settingsFrom({ set, fromEnv }, fields, environment)

test('values take the type of their field', () => {
  expect(read(['region=1', 'pageSize=5', 'verify=false', 'regions=a, b', 'login.key=x=y'])).toEqual({
    region: '1',
    pageSize: 5,
    verify: false,
    regions: ['a', 'b'],
    login: { key: 'x=y' },
  })
})

test('a value can come from a variable', () => {
  expect(read([], ['login.key=KEY'], { KEY: 's3cret' })).toEqual({ login: { key: 's3cret' } })
})

describe('refused', () => {
  const told = (work: () => unknown) => {
    try {
      work()
    } catch (error) {
      return error
    }
  }
  test.each([
    [['colour=red'], []],
    [['s3cret'], []],
    [['__proto__.x=s3cret'], []],
    [[], ['login.key=MISSING']],
  ])('%o %o', (set, fromEnv) => {
    const error = told(() => read(set, fromEnv, { OTHER: 's3cret' }))
    expect(error).toBeInstanceOf(RollcallError)
    expect((error as Error).message).not.toContain('s3cret')
  })
})
