// What the suite takes for a secret's value, and what only resembles one. Samples are put together here, none is real.
import { expect, test } from 'vitest'
import { looksSecret, textsOf } from './secret-shapes'

const join = (...parts: string[]) => parts.join('')
const FORTY = 'wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY12'

test.each([
  ['a private key', join('-----BEGIN RSA ', 'PRIVATE KEY-----'), 'note'],
  ['a GitHub token', join('gh', 'p_', 'a'.repeat(36)), 'name'],
  ['a Slack token', join('xox', 'b-', '1234567890-abc'), 'name'],
  ['a Vault token', join('hvs', '.', 'CAESIJ0123456789abcdef'), 'id'],
  ['a JSON web token', join('ey', 'JhbGciOiJIUzI1NiJ9.e30.x'), 'tags.note'],
  ['a password in an address', 'postgres://app:hunter2@db.example.com/app', 'tags.url'],
  ['a value that a recording had blacked out', '**REDACTED**', 'name'],
  ['a secret access key', FORTY, 'tags.aws_secret_access_key'],
  ['a secret access key', `secret_access_key = ${FORTY}`, 'description'],
])('%s', (what, text, name) => expect(looksSecret(text, name)).toBe(what))

test.each([
  ['AKIAIOSFODNN7EXAMPLE', 'nativeId'], // an access key's id names the key and opens nothing
  [FORTY, 'nativeId'], // forty characters that nothing calls a secret
  ['da39a3ee5e6b4b0d3255bfef95601890afd80709', 'secretFingerprint'],
  ['arn:aws:secretsmanager:eu-west-1:123456789012:secret:payments/stripe-a1B2c3', 'aliases.0'],
  ['https://console.example.com:8443/users/a@b', 'consoleUrl'],
  ['system:serviceaccount:payments:checkout', 'principal'],
  ['hvs', 'name'],
])('%s is none', (text, name) => expect(looksSecret(text, name)).toBeUndefined())

test('every text is found, names of fields too', () => {
  expect([...textsOf({ a: ['x', { b: 'y' }], c: 1 })]).toEqual([
    ['a', 'a'],
    ['x', 'a.0'],
    ['b', 'a.1.b'],
    ['y', 'a.1.b'],
    ['c', 'c'],
  ])
})
