// The classes of names are complete and exact: every name is in one, and no two names of a class are told apart.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Budget, TooMuch } from '../budget'
import { covers } from './glob'
import { nameClasses } from './names'

const PREFIX = 'arn:aws:iam::000000000000:role/'
const names = fc
  .string({ unit: fc.constantFrom('a', 'b', 'c', '/'), minLength: 1, maxLength: 6 })
  .filter((name) => !name.startsWith('/') && !name.endsWith('/') && !name.includes('//'))
const ends = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', '/'), maxLength: 5 })
const heads = fc.constantFrom(
  PREFIX,
  'arn:aws:iam::*:role/',
  'arn:*',
  '*',
  'arn:aws:iam::*:*',
  'arn:aws:s3:::',
)
const patterns = fc.array(
  fc.tuple(heads, ends).map(([head, end]) => head + end),
  { maxLength: 5 },
)
const matching = (of: readonly string[], resource: string) =>
  [...new Set(of.filter((pattern) => covers(pattern, resource)))].sort()

test('every name is in the class of the patterns that cover it', () => {
  fc.assert(
    fc.property(patterns, names, (of, name) => {
      const classes = nameClasses(PREFIX, of, new Budget(1_000_000))
      const wanted = matching(of, PREFIX + name)
      expect(classes.map(({ matched }) => [...matched].sort())).toContainEqual(wanted)
    }),
    { numRuns: 500 },
  )
})

test('every class has an example that its patterns cover, and no other pattern does', () => {
  fc.assert(
    fc.property(patterns, (of) => {
      for (const { example, matched } of nameClasses(PREFIX, of, new Budget(1_000_000)))
        expect([...matched].sort()).toEqual(matching(of, example))
    }),
    { numRuns: 500 },
  )
})

test('examples are names that a role can have', () => {
  fc.assert(
    fc.property(patterns, (of) => {
      for (const { example } of nameClasses(PREFIX, of, new Budget(1_000_000)))
        expect(example.slice(PREFIX.length)).toMatch(/^[\w+=,.@-]+(\/[\w+=,.@-]+)*$/)
    }),
  )
})

test('without patterns there is one class', () => {
  expect(nameClasses(PREFIX, [], new Budget(100))).toMatchObject([{ matched: new Set() }])
})

test('every letter named leaves no other letter', () => {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+=,.@_-']
  const classes = nameClasses(
    PREFIX,
    letters.map((letter) => `${PREFIX}${letter}*`),
    new Budget(100_000),
  )
  expect(classes).toHaveLength(letters.length)
  expect(classes.every(({ matched }) => matched.size === 1)).toBe(true)
})

test('what is too tangled is given up', () => {
  const tangled = Array.from({ length: 40 }, (_, n) => `${PREFIX}*${n}*x*${n * 7}*y*`)
  expect(() => nameClasses(PREFIX, tangled, new Budget(10_000))).toThrow(TooMuch)
})
