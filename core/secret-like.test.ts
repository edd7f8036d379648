// What counts as a secret in free text, and what must not.
import { expect, test } from 'vitest'
import {
  documentWithoutSecrets,
  hasSecretForm,
  looksSecret,
  REMOVED,
  withoutSecret,
  withoutSecretForm,
} from './secret-like'

test.each([
  'AKIAIOSFODNN7EXAMPLE',
  'key AKIAIOSFODNN7EXAMPLE of jenkins',
  'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  'ghp_0123456789abcdefghijABCDEFGHIJ',
  'github_pat_11ABCDEFG0abcdefghijkl_mnopqrstuvwxyz',
  'glpat-ABCDEFGHIJKLMNOPQRST',
  'xoxb-123456789012-abcdef',
  'sk-proj-abcdefghijklmnopqrstuv',
  'hvs.CAESIJlU9JMYEhOPYv4igdhm9PnZDrabTobQ4Ymnlq1qY',
  '-----BEGIN RSA PRIVATE KEY-----\nMIIE',
  'password=hunter2222',
  'Secret: correct-horse',
  'postgres://app:s3cret@db.example/shop',
  'the key is oGKPUWIqPmrAQUkEweiLPb9+Y9cS/t9+tcUcTOxW ok',
  'Wkao7da0ZrLqLPosvA6Ga_lykP6H0F-P7A0YIJtqZZ0',
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc',
])('a secret: %s', (text) => {
  expect(looksSecret(text)).toBe(true)
  expect(withoutSecret(text)).toBe(REMOVED)
})

test.each([
  'shop-oncall@acme.example',
  'arn:aws:iam::123456789012:role/acme-shop-checkout-production-eu-west-1',
  'AROARZPUZDIKA3FG65JFR',
  '4f1a7c2e9b3d4e60a1b2c3d4e5f60718a1b2c3d4',
  '6f1c0a52-3d84-4b5e-9a31-6c1f3d2b7e90',
  'https://wiki.acme.example/teams/shop',
  'IRSA shop/checkout-api',
  'AWSReservedSSO_Administrator_1f0c7a2b9d3e4f50',
  'see example.com/Teams/ShopAndCheckoutPlatform2024/OnCall',
  'rotates the secret of the shop',
  'Rechnungsexport für die Buchhaltung',
  'TheTeamThatLooksAfterTheCheckoutAndItsFriends2',
  '',
])('no secret: %s', (text) => expect(withoutSecret(text)).toBe(text))

test.each([
  'hvs.CAESIJ1234567890abcdefghijklmnop',
  's.1234567890abcdefghijklmn',
  'ghp_0123456789abcdefghijABCDEFGHIJ',
  'eyJhbGciOiJSUzI1NiJ9',
  'postgres://user:pass@db.example/x',
  'HTTPS://user:pa:ss@db.example/x',
  '-----BEGIN RSA PRIVATE KEY-----',
])('known by its form, in a name as well: %s', (text) => {
  expect(hasSecretForm(text)).toBe(true)
  expect(withoutSecretForm(text)).toBe(REMOVED)
})
test('a name may be a long mixed word', () => {
  const name = 'Zx81kQ0pLmN72hVbR5tYc93wSdEfGhJk'
  expect([withoutSecretForm(name), withoutSecret(name)]).toEqual([name, REMOVED])
})
test('what no database stores is left out', () => {
  expect([withoutSecret('a\0b'), withoutSecretForm('a\ud800b')]).toEqual(['ab', 'a\ufffdb'])
})

test('a document without secrets is handed on as it is', () => {
  const document = { Statement: [{ Sid: 'AllowCloudFrontOriginAccessIdentityE1ABCDEF2GHIJK' }] }
  expect(documentWithoutSecrets(document)).toBe(document)
})
