// An error keeps its words and loses the secrets in them.
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { secretTexts, withoutSecrets } from './without-secrets'

const Settings = z.object({
  address: z.string(),
  token: z.string().meta({ secret: true }),
  keys: z.array(z.string()).meta({ secret: true }),
})
const settings = { address: 'https://a.example', token: ' p@ss"word 1 ', keys: ['first-key', 'no'] }

test('the secret texts are those of secret fields, long enough to be one', () => {
  expect(secretTexts(Settings, settings)).toEqual([' p@ss"word 1 ', 'p@ss"word 1', 'first-key', 'first-key'])
  expect(secretTexts(Settings, undefined)).toEqual([])
})

describe('an error', () => {
  const told = (message: string) =>
    withoutSecrets(new Error(message), secretTexts(Settings, settings)).message
  test.each([
    ['as it is', 'refused: p@ss"word 1!', 'refused: [secret]!'],
    ['in a URL', 'GET https://x/?t=p%40ss%22word%201', 'GET https://x/?t=[secret]'],
    ['in JSON', '{"t":"p@ss\\"word 1"}', '{"t":"[secret]"}'],
    ['twice', 'first-key and first-key', '[secret] and [secret]'],
    ['not at all', 'https://a.example is away', 'https://a.example is away'],
  ])('that names a secret %s', (_, message, expected) => expect(told(message)).toBe(expected))

  test('keeps its reason, not the call before it, and has an end', () => {
    expect(told('Invalid call:\n{ data: 1 }\n\nthe reason')).toBe('the reason')
    expect(told('x'.repeat(5000))).toHaveLength(500)
    expect(told('')).toBe('Something went wrong inside Rollcall.')
  })
  test('carries nothing else along', () => {
    const error = withoutSecrets(new Error('a', { cause: 'first-key' }), ['first-key'])
    expect(error.cause).toBeUndefined()
    expect(error.stack).toBeUndefined()
    expect(withoutSecrets('first-key', ['first-key']).message).toBe('[secret]')
  })
})
