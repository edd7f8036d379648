// Of a hundred calls, 95 do not exceed what is called p95.
import { expect, test } from 'vitest'
import { percentile } from './statistics'

const hundred = Array.from({ length: 100 }, (_, at) => 100 - at)

test('so many values do not exceed it, whatever their order', () => {
  expect(percentile(hundred, 0.95)).toBe(95)
  expect(percentile(hundred, 0.5)).toBe(50)
  expect(percentile([7], 0.95)).toBe(7)
  expect(percentile([1, 9], 0.95)).toBe(9)
})

test('nothing measured is no answer', () => expect(() => percentile([], 0.5)).toThrow())
