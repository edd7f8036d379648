// Sealed settings open only with the same key, for the same connection, unchanged.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { RollcallError } from '@/core/errors'
import { openSettings, sealSettings } from './seal-settings'

const KEY = Buffer.alloc(32, 1).toString('base64url')
const OTHER = Buffer.alloc(32, 2).toString('base64url')
const settings = { region: 'north', secretAccessKey: 'not-to-be-seen-anywhere', nested: { list: [1, null] } }

beforeEach(() => vi.stubEnv('ENCRYPTION_KEY', KEY))
afterEach(() => vi.unstubAllEnvs())

describe('sealed settings', () => {
  test('open to what was sealed', () => {
    expect(openSettings('one', sealSettings('one', settings))).toEqual(settings)
  })
  test('hold nothing readable', () => {
    const text = Buffer.from(sealSettings('one', settings)).toString('latin1')
    expect(text).not.toContain('not-to-be-seen')
    expect(text).not.toContain('secretAccessKey')
  })
  test('differ every time', () => {
    expect(sealSettings('one', settings)).not.toEqual(sealSettings('one', settings))
  })
  test('open for no other connection', () => {
    expect(() => openSettings('two', sealSettings('one', settings))).toThrow(/cannot be read/)
  })
  test('open with no other key, and say what to do', () => {
    const sealed = sealSettings('one', settings)
    vi.stubEnv('ENCRYPTION_KEY', OTHER)
    expect(() => openSettings('one', sealed)).toThrow(RollcallError)
    expect(() => openSettings('one', sealed)).toThrow(/another ENCRYPTION_KEY.*enter the settings again/)
  })
  test('do not open when any one byte has changed', () => {
    const sealed = sealSettings('one', settings)
    const opened = [...sealed.keys()].filter((index) => {
      const changed = Uint8Array.from(sealed)
      changed[index] = changed[index]! ^ 1
      try {
        openSettings('one', changed)
        return true
      } catch (error) {
        return !(error instanceof RollcallError)
      }
    })
    expect(opened).toEqual([])
  })
  test('do not open when cut short', () => {
    const sealed = sealSettings('one', settings)
    for (const length of [0, 1, 28, sealed.length - 1])
      expect(() => openSettings('one', sealed.subarray(0, length)), `${length} bytes`).toThrow(RollcallError)
  })
})
