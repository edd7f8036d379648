// An address from outside must never lead away from this site.
import { expect, test } from 'vitest'
import { safePath } from './safe-path'

test.each([
  ['/identities?owner=none', '/identities?owner=none'],
  ['/', '/'],
  ['//evil.example/x', '/'],
  ['/\\evil.example', '/'],
  ['https://evil.example', '/'],
  ['javascript:alert(1)', '/'],
  [undefined, '/'],
])('%s leads to %s', (from, to) => {
  expect(safePath(from)).toBe(to)
})
