// Policies as people write them: both forms of the language, what is kept of them, and what their paths reach.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Look, Mount } from './look'
import { below, policyLinks } from './map-policy'
import { readPolicy } from './policy-document'
import { readPolicyText } from './policy-text'

const read = (text: string) => readPolicy(text, 's', 'p')
const rules = (text: string) => {
  const fact = read(text)
  return fact.state === 'known' ? fact.value.paths : fact.state === 'unknown' ? fact.why : fact.state
}
const ONE = [{ path: 'kv/data/a', capabilities: ['read', 'list'] }]

describe('the text of a policy', () => {
  test.each([
    ['on one line', 'path "kv/data/a" { capabilities = ["read", "list"] }'],
    [
      'on many lines, with comments',
      '# who\npath "kv/data/a" { // why\n  /* and\n more */ capabilities = [\n "read",\n "list",\n ]\n}\n',
    ],
    ['with an equals sign before the block', 'path "kv/data/a" = { capabilities = ["read","list"] }'],
    ['with a name', 'name = "p"\npath "kv/data/a" { capabilities = ["read","list"] }'],
    ['in the words of old policies', 'path "kv/data/a" { policy = "read" }'],
    ['in JSON', '{"path": {"kv/data/a": {"capabilities": ["read", "list"]}}}'],
    ['in JSON, as a list', '{"path": [{"kv/data/a": {"capabilities": ["read", "list"]}}]}'],
    ['with a carriage return at each end', 'path "kv/data/a" {\r\n capabilities = ["read", "list"]\r\n}\r\n'],
    [
      'with a comment of its own',
      'path "kv/data/a" { capabilities = ["read","list"] comment = "for the shop" }',
    ],
  ])('%s', (_, text) => expect(rules(text)).toEqual(ONE))

  test('may be empty, and then allows nothing', () => expect(rules('\n# nothing\n')).toEqual([]))
  test('keeps names of parameters and never their values', () => {
    const text = `path "auth/x" {
      capabilities = ["update"]
      allowed_parameters = { "ttl" = ["1h", "canary-1"], "*" = [] }
      denied_parameters = { password = ["canary-2"] }
      required_parameters = ["reason"]
      min_wrapping_ttl = "1s"
      max_wrapping_ttl = 90
      control_group = { factor "x" { identity { group_names = ["canary-3"] approvals = 1 } } }
      mfa_methods = ["canary-4"]
    }`
    expect(rules(text)).toEqual([
      {
        path: 'auth/x',
        capabilities: ['update'],
        allowed_parameters: ['ttl', '*'],
        denied_parameters: ['password'],
        required_parameters: ['reason'],
        min_wrapping_ttl: '1s',
        max_wrapping_ttl: '90',
        further: ['control_group', 'mfa_methods'],
      },
    ])
    expect(JSON.stringify(read(text))).not.toContain('canary')
  })
  test('keeps two rules for one path apart', () => {
    const text = 'path "a" { capabilities = ["read"] }\npath "a" { capabilities = ["deny"] }'
    expect(rules(text)).toHaveLength(2)
  })
  test.each([
    ['half a block', 'path "a" { capabilities = ["read"]'],
    ['a list without its end', 'path "a" { capabilities = ["read"'],
    ['another block', 'resource "a" { capabilities = ["read"] }'],
    ['an unknown word', 'path "a" { policy = "sometimes" }'],
    ['a capability that is no text', 'path "a" { capabilities = [1] }'],
    ['one capability without a list', 'path "a" { capabilities = "read" }'],
    ['prose', 'this is no policy'],
    ['half a JSON', '{"path": {"a":'],
    ['an expression', 'path "a" { capabilities = concat(["read"]) }'],
    ['brackets without end', 'path "a" { x = '.padEnd(100_000, '[')],
  ])('%s is malformed, not a policy that allows nothing', (_, text) => expect(rules(text)).toBe('malformed'))

  test('survives any text in bounded time', () => {
    const part = fc.constantFrom(
      'path ',
      '"a"',
      ' {',
      '}',
      '[',
      ']',
      ' = ',
      ',',
      '#\n',
      '<<E\n',
      '\nE\n',
      'capabilities',
      '1',
      '"\\',
      '\0',
    )
    fc.assert(fc.property(fc.array(part, { maxLength: 60 }), (parts) => void readPolicyText(parts.join(''))))
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void read(text)))
  })
  test('is read whole, whatever is quoted in it', () => {
    const rule = fc.record({
      path: fc.string({ minLength: 1 }),
      capabilities: fc.array(fc.constantFrom('read', 'list', 'deny')),
    })
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 5 }), (all) => {
        const quoted = (text: string) =>
          `"${text.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n').replace(/\r/g, '\\r').replace(/\t/g, '\\t')}"`
        const text = all.map(
          ({ path, capabilities }) =>
            `path ${quoted(path)} { capabilities = [${capabilities.map(quoted).join(',')}] }`,
        )
        const found = readPolicyText(text.join('\n'))
        expect(found?.map(({ label }) => label)).toEqual(all.map(({ path }) => path))
      }),
    )
  })
})

test.each([
  ['kv/data/a/*', 'kv/data', 'a/*'],
  ['kv/data/*', 'kv/data', '*'],
  ['kv/*', 'kv/data', '*'],
  ['*', 'kv/data', '*'],
  ['kv/da*', 'kv/data', '*'],
  ['kv/+/a', 'kv/data', 'a'],
  ['+/data/+/x', 'kv/data', '+/x'],
  ['kv/data', 'kv/data', undefined],
  ['kv/metadata/*', 'kv/data', undefined],
  ['kv2/data/a', 'kv/data', undefined],
  ['k*', 'team/kv/data', undefined],
  ['team/kv/data/a', 'team/kv/data', 'a'],
])('%s below %s is %s', (path, place, rest) => expect(below(path, place)).toBe(rest))

const mount = (path: string, type: string, version?: string): Mount => ({
  path,
  type,
  accessor: `${type}_1`,
  defaultTtl: undefined,
  maxTtl: undefined,
  version,
})
const MOUNTS = [
  mount('kv', 'kv', '2'),
  mount('old', 'kv', '1'),
  mount('database', 'database'),
  mount('pki', 'pki'),
]
const look = { ns: '', scope: { nativeId: 'c' }, connection: { host: 'h:1' } } as unknown as Look
const reached = (text: string) => {
  const fact = read(text)
  return fact.state === 'known'
    ? policyLinks(look, fact.value, MOUNTS).map(
        ({ kind, match, value, authority }) => `${kind} ${match} ${value}${authority ? '' : ' unsure'}`,
      )
    : []
}

describe('what a policy reaches', () => {
  test.each([
    ['a secret', 'path "kv/data/a/b" { capabilities = ["read"] }', ['secret exact h:1|kv/a/b']],
    ['a folder', 'path "kv/data/a/*" { capabilities = ["read"] }', ['secret pattern h:1|kv/a/*']],
    ['one part of a path', 'path "kv/data/+/b" { capabilities = ["read"] }', ['secret pattern h:1|kv/*/b']],
    [
      'whoever asks',
      'path "kv/data/{{identity.entity.id}}/*" { capabilities = ["read"] }',
      ['secret pattern h:1|kv/*/* unsure'],
    ],
    ['names alone are no secrets', 'path "kv/metadata/*" { capabilities = ["read", "list"] }', []],
    ['writing is not reading', 'path "kv/data/a" { capabilities = ["create", "update"] }', []],
    ['version 1 has no rows', 'path "old/data/a" { capabilities = ["read"] }', []],
    ['what is denied is not reached', 'path "kv/data/a" { capabilities = ["deny"] }', []],
    [
      'a database account',
      'path "database/creds/x" { capabilities = ["read"] }',
      ['issuer exact c|database/creds/x'],
    ],
    [
      'a rotated password',
      'path "database/static-creds/x" { capabilities = ["read"] }',
      ['credential exact c|database/static-creds/x'],
    ],
    [
      'a certificate, by writing',
      'path "pki/issue/web" { capabilities = ["update"] }',
      ['issuer exact c|pki/issue/web'],
    ],
    ['listing hands out nothing', 'path "database/creds/*" { capabilities = ["list"] }', []],
  ])('%s', (_, text, expected) => expect(reached(text)).toEqual(expected))

  test('everything, where it may do everything', () => {
    expect(reached('path "*" { capabilities = ["read", "sudo"] }')).toEqual([
      'issuer pattern c|database/creds/*',
      'credential pattern c|database/static-creds/*',
      'issuer pattern c|pki/issue/*',
      'issuer pattern c|pki/sign/*',
      'secret pattern h:1|kv/*',
    ])
  })
  test('more than can be told one by one is told as all', () => {
    const text = Array.from(
      { length: 600 },
      (_, n) => `path "kv/data/${n}" { capabilities = ["read"] }`,
    ).join('\n')
    expect(reached(text)).toEqual([
      'secret pattern h:1|*/* unsure',
      'issuer pattern c|* unsure',
      'credential pattern c|* unsure',
    ])
  })
})
