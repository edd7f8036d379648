// Both ways to match a pattern agree with each other and with regular expressions, and neither can be made slow.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { accepts, acceptsAll, covers, start, step } from './glob'

const patterns = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 })
const texts = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 })
const asRegExp = (pattern: string) =>
  new RegExp(`^${pattern.replaceAll('*', '[^]*').replaceAll('?', '[^]')}$`)
const walk = (pattern: string, text: string) =>
  [...text].reduce((positions, character) => step(pattern, positions, character), start(pattern))

test('covers what a regular expression matches', () => {
  fc.assert(
    fc.property(patterns, texts, (pattern, text) => {
      expect(covers(pattern, text)).toBe(asRegExp(pattern).test(text))
    }),
    { numRuns: 2000 },
  )
})

test('following a text ends where covering it says', () => {
  fc.assert(
    fc.property(patterns, texts, (pattern, text) => {
      expect(accepts(pattern, walk(pattern, text))).toBe(covers(pattern, text))
    }),
    { numRuns: 2000 },
  )
})

test('a pattern that accepts whatever follows does so', () => {
  fc.assert(
    fc.property(patterns, texts, texts, (pattern, text, more) => {
      fc.pre(acceptsAll(pattern, walk(pattern, text)))
      expect(covers(pattern, text + more)).toBe(true)
    }),
    { numRuns: 2000 },
  )
})

test('a pattern made to be slow is not', () => {
  const before = performance.now()
  expect(covers(`${'*a'.repeat(2000)}b`, 'a'.repeat(4000))).toBe(false)
  expect(performance.now() - before).toBeLessThan(3000)
})
