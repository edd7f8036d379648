// Tables that fit and that a name cannot break out of.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fitted, printable, table, widthOf } from './table'

test('columns are aligned by the width people see', () => {
  expect(
    table(
      ['A', 'B'],
      [
        ['名前', 'x'],
        ['abc', 'y'],
      ],
    ),
  ).toBe(['A     B', '名前  x', 'abc   y'].join('\n'))
})

test('nothing is cut where the output is not a terminal', () => {
  const long = 'x'.repeat(1000)
  expect(table(['A'], [[long]])).toContain(long)
})

test('a table fits its terminal whatever is in it', () => {
  const cell = fc.string({ unit: 'grapheme', maxLength: 60 })
  fc.assert(
    fc.property(
      fc.array(fc.tuple(cell, cell, cell), { maxLength: 5 }),
      fc.integer({ min: 40, max: 120 }),
      (rows, width) => {
        for (const line of table(['ONE', 'TWO', 'THREE'], rows, width).split('\n'))
          expect(widthOf(line)).toBeLessThanOrEqual(width)
      },
    ),
  )
})

test('the widest column gives way first', () => expect(fitted([4, 50, 10], 40)).toEqual([4, 22, 10]))

describe('what a terminal would obey', () => {
  test.each([
    ['\u001b[31mred', '\\u001b[31mred'],
    ['two\nlines', 'two\\u000alines'],
    ['\u202eturned', '\\u202eturned'],
    ['\u009b', '\\u009b'],
  ])('%j is shown', (given, shown) => expect(printable(given)).toBe(shown))
  test('other scripts stay', () => expect(printable('名前 é 🤖')).toBe('名前 é 🤖'))
})
