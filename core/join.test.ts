// Keys, links and patterns as data: what is refused, and what fits.
import { describe, expect, test } from 'vitest'
import { fitsPattern, Key, Link } from './join'

describe('patterns', () => {
  test.each([
    ['abc', 'abc', true],
    ['abc', 'abcd', false],
    ['abc', 'ab', false],
    ['*', '', true],
    ['', '', true],
    ['', 'a', false],
    ['a*', 'a', true],
    ['*a*b', 'xaxxbxb', true],
    ['*a*b', 'xaxxbxc', false],
    ['system:serviceaccount:payments:*', 'system:serviceaccount:payments:api', true],
    ['system:serviceaccount:payments:*', 'system:serviceaccount:payments', false],
    ['repo:acme/*', 'repo:Acme/shop', false],
    ['a?c', 'a\u{1f600}c', true],
    ['a?c', 'ac', false],
    ['a.c', 'abc', false],
  ])('%s and %s: %s', (pattern, text, fits) => expect(fitsPattern(pattern, text)).toBe(fits))

  test('a pattern made to go back and forth takes no time', () => {
    const started = performance.now()
    expect(fitsPattern(`${'*a'.repeat(500)}*b`, 'a'.repeat(2000))).toBe(false)
    expect(performance.now() - started).toBeLessThan(1000)
  })
})

const link = {
  relation: 'permitted',
  means: 'becomes-this',
  to: 'demo.name',
  match: 'exact',
  value: 'a',
  reason: 'It says so.',
}
test.each([
  ['a type without a system', { to: 'name' }],
  ['a type in capitals', { to: 'Demo.name' }],
  ['an empty value', { value: '' }],
  ['a value no index holds', { value: 'ä'.repeat(1025) }],
  ['a value the database cannot hold', { value: 'a\u0000' }],
  ['an authority without a name', { authority: 'demo:' }],
  ['no reason', { reason: '' }],
  ['a field nobody declared', { secret: 'x' }],
  ['a kind that nothing can name', { kind: 'grant' }],
])('%s is refused', (_, wrong) => {
  expect(Link.safeParse(link).success).toBe(true)
  expect(Link.safeParse({ ...link, ...wrong }).success).toBe(false)
})

test('a key is a type and a value', () => {
  expect(Key.safeParse({ type: 'oidc.subject', value: 'issuer|subject' }).success).toBe(true)
  expect(Key.safeParse({ type: 'oidc.subject', value: 'issuer|subject', more: 1 }).success).toBe(false)
})
