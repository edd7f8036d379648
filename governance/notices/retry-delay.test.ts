// Attempts come less and less often, within bounds, and as late as a server asks.
import { expect, test } from 'vitest'
import { ATTEMPTS_MAX, retryDelay } from './retry-delay'

const attempts = Array.from({ length: ATTEMPTS_MAX }, (_, index) => index + 1)

test('twice as long each time, up to two hours', () => {
  expect(attempts.map((n) => retryDelay(n, 0))).toEqual([
    60, 120, 240, 480, 960, 1920, 3840, 7200, 7200, 7200, 7200, 7200,
  ])
  expect(retryDelay(5000, 0)).toBe(7200)
})
test('up to a quarter earlier, so that many do not come at once', () => {
  for (const n of attempts) expect(retryDelay(n, 1)).toBe(retryDelay(n, 0) * 0.75)
})
test('not before a server asked for it, within half a day', () => {
  expect(retryDelay(1, 1, 600)).toBe(600)
  expect(retryDelay(8, 0, 600)).toBe(7200)
  expect(retryDelay(1, 0, 1e9)).toBe(12 * 3600)
})
test('all of them together take about half a day', () => {
  const seconds = attempts.slice(0, -1).reduce((sum, n) => sum + retryDelay(n, 0), 0)
  expect(seconds / 3600).toBeGreaterThan(8)
  expect(seconds / 3600).toBeLessThan(24)
})
