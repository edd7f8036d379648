// The three answers obey Kleene's tables, and reasons follow the answer that decided.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { agree, all, any, depends, no, not, yes, type Answer } from './three-valued'

const answers: Answer[] = [yes('y'), no('n'), depends('d')]
const values = (...of: Answer[]) => of.map(({ value }) => value)
const lists = fc.array(fc.constantFrom(...answers), { maxLength: 6 })

test('nothing to ask: all holds, any does not, agree says no', () => {
  expect(values(all([]), any([]), agree([], 'x'))).toEqual(['yes', 'no', 'no'])
})

test('all: one no decides; depends beats yes', () => {
  expect(all([depends('d'), no('n')])).toEqual(no('n'))
  expect(all([yes('y'), depends('d')])).toEqual(depends('d', 'y'))
  expect(all([yes('y'), yes('z'), yes('y')])).toEqual(yes('y', 'z'))
})

test('any: one yes decides; depends beats no', () => {
  expect(any([depends('d'), yes('y')])).toEqual(yes('y'))
  expect(any([no('n'), depends('d')])).toEqual(depends('d'))
})

test('agree: cases that differ leave it open', () => {
  expect(agree([yes('y'), no('n')], 'which')).toEqual(depends('which', 'y'))
  expect(agree([depends('d'), depends('e')], 'which')).toEqual(depends('d', 'e'))
  expect(agree([no('n'), no('m')], 'which')).toEqual(no('n', 'm'))
})

test('De Morgan holds for values', () => {
  fc.assert(
    fc.property(lists, (of) => {
      expect(not(all(of)).value).toBe(any(of.map(not)).value)
      expect(not(any(of)).value).toBe(all(of.map(not)).value)
    }),
  )
})

test('agree lies between all and any', () => {
  const rank = { no: 0, depends: 1, yes: 2 }
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...answers), { minLength: 1, maxLength: 6 }), (of) => {
      const value = rank[agree(of, 'x').value]
      expect(value).toBeGreaterThanOrEqual(rank[all(of).value])
      expect(value).toBeLessThanOrEqual(rank[any(of).value])
    }),
  )
})

test('reasons stay few', () => {
  const many = Array.from({ length: 500 }, (_, n) => depends(`reason ${n}`))
  expect(any(many).because.length).toBeLessThanOrEqual(12)
  expect(all(many).because.length).toBeLessThanOrEqual(12)
})
