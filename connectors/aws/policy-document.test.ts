// Documents in every form they come in, and secrets that somebody wrote into one.
import { expect, test } from 'vitest'
import { readDocument } from './policy-document'
import { REMOVED } from '@/core/secret-like'

const document = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::a%20b/*' }],
}
const read = (raw: unknown) => readDocument(raw, 'iam:ListRoles', 'the policy p')

test.each([
  ['decoded', document],
  ['plain JSON', JSON.stringify(document)],
  ['percent-encoded', encodeURIComponent(JSON.stringify(document))],
  ['with space around', `\n  ${JSON.stringify(document, null, 2)}\n`],
])('%s', (_, raw) => expect(read(raw)).toEqual({ state: 'known', value: document, source: 'iam:ListRoles' }))

test.each([
  '',
  '%7B%22a',
  '%E0%A4%A',
  '{"a":',
  '[]',
  '"x"',
  'null',
  7,
  null,
  undefined,
  ['a'],
  '%',
  '{"a": "\\u0000"}',
  { a: '\ud800' },
])('not a document: %j', (raw) =>
  expect(read(raw)).toMatchObject({
    state: 'unknown',
    why: 'malformed',
    detail: expect.stringContaining('the policy p'),
  }),
)

test('a text that only looks like an escape is kept', () => {
  expect(read({ a: '\\u0000 and \u0001' })).toMatchObject({
    state: 'known',
    value: { a: '\\u0000 and \u0001' },
  })
})

test('a secret in a document is replaced, and the rest stays', () => {
  const planted = { ...document, Note: ['token ghp_0123456789abcdefghijABCDEFGHIJ', 'fine'] }
  expect(read(planted)).toMatchObject({ value: { Version: '2012-10-17', Note: [REMOVED, 'fine'] } })
  expect(read(JSON.stringify(planted))).toMatchObject({ value: { Note: [REMOVED, 'fine'] } })
})

test('a key named like the prototype is a key', () => {
  const fact = read('{"__proto__": {"polluted": true}, "Statement": []}')
  expect(fact.state).toBe('known')
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
})
