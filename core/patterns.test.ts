// Patterns with stars: what fits is what fits by trying every way, and no pattern takes for ever to say so.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Patterns } from './patterns'

const fits = (pattern: string, text: string) => new Patterns([[pattern, true]]).first([text]) === true
/** By trying every way. */
function fitsSomehow(pattern: string, text: string): boolean {
  if (!pattern) return !text
  if (pattern.startsWith('*'))
    return fitsSomehow(pattern.slice(1), text) || (text !== '' && fitsSomehow(pattern, text.slice(1)))
  return text !== '' && pattern[0] === text[0] && fitsSomehow(pattern.slice(1), text.slice(1))
}

test('as by trying every way', () => {
  const letters = (...of: string[]) =>
    fc.array(fc.constantFrom(...of), { maxLength: 9 }).map((all) => all.join(''))
  fc.assert(
    fc.property(letters('a', 'b', '.', '*'), letters('a', 'b', '.'), (pattern, text) => {
      expect(fits(pattern, text), `${pattern} ${text}`).toBe(fitsSomehow(pattern, text))
    }),
    { numRuns: 3000 },
  )
})

test('the first that fits counts, whatever its stars', () => {
  const patterns = new Patterns([
    ['x-*-y-*-z-*', 1],
    ['x-*', 2],
    ['x-1', 3],
  ])
  expect(
    [['X-a-Y-b-z-'], ['x-a'], ['x-1'], ['q'], ['q', 'x-1-y-2-z-3']].map((texts) => patterns.first(texts)),
  ).toEqual([1, 2, 2, undefined, 1])
})

test('a pattern made to be slow is not', () => {
  const text = 'a'.repeat(2000)
  expect(fits(`${'*a'.repeat(100)}*b`, text)).toBe(false)
  expect(fits(`${'*a'.repeat(100)}*`, text)).toBe(true)
  expect(new Patterns([...Array(500).keys()].map((n) => [`*a*${n}`, n])).first([text])).toBeUndefined()
})
