// Patterns against patterns, compared with trying every short text.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { covers } from './glob'
import { askedOf, common, coverage, overlap, overlapAsArns } from './match'

const patterns = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 4 })
const LETTERS = ['a', 'b', 'c']
const TEXTS = [''].concat(
  ...Array.from({ length: 5 }, (_, length) => {
    let texts = ['']
    for (let n = 0; n <= length; n++) texts = texts.flatMap((text) => LETTERS.map((letter) => text + letter))
    return texts
  }),
)
const of = (pattern: string) => TEXTS.filter((text) => covers(pattern, text))

test('patterns overlap where a text is of both', () => {
  fc.assert(
    fc.property(patterns, patterns, (a, b) => {
      const both = of(a).filter((text) => covers(b, text))
      if (both.length) expect(overlap(a, b)).toBe(true)
      // Two patterns of four characters that have a text in common have one of eight at most.
      else if (a.length + b.length <= 5) expect(overlap(a, b)).toBe(false)
    }),
    { numRuns: 1500 },
  )
})

test('a common text is of both patterns, and found wherever they overlap', () => {
  fc.assert(
    fc.property(patterns, patterns, (a, b) => {
      const text = common(a, b, 'n')
      if (text !== '') expect([covers(a, text), covers(b, text)]).toEqual([true, true])
      else if (overlap(a, b)) expect([covers(a, ''), covers(b, '')]).toEqual([true, true])
    }),
    { numRuns: 1500 },
  )
})

test('covering a pattern is covering everything of it', () => {
  fc.assert(
    fc.property(patterns, patterns, (pattern, asked) => {
      const answer = coverage(pattern, askedOf(asked))
      const texts = of(asked)
      if (answer === 'yes') expect(texts.filter((text) => !covers(pattern, text))).toEqual([])
      if (answer === 'no') expect(texts.filter((text) => covers(pattern, text))).toEqual([])
    }),
    { numRuns: 1500 },
  )
})

test('texts too long to be compared are taken to overlap, and no text is made up for them', () => {
  const long = '*a'.repeat(2000)
  expect(overlap(long, `${long}b`)).toBe(true)
  expect(common(long, `${long}b`, 'n')).toBe('')
  expect(common('*', 'a'.repeat(200_000), 'n')).toBe('')
})

test('accounts and regions of ARNs are told apart', () => {
  const one = 'arn:aws:lambda:*:111122223333:function:*'
  expect(overlapAsArns(one, 'arn:aws:lambda:*:999900001111:function:*')).toBe(false)
  expect(overlapAsArns(one, 'arn:aws:lambda:eu-west-1:*:function:a')).toBe(true)
  expect(overlapAsArns(one, 'arn:aws:lambda:*')).toBe(true)
  expect(overlapAsArns('*', one)).toBe(true)
})
