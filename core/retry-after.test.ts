// How long a source asks to wait is kept with its last refusal: what looks again goes by it.
import { expect, test } from 'vitest'
import { z } from 'zod'
import { Session } from './session'
import type { Explanation } from './upstream'

class Refusal extends Error {
  constructor(readonly explanation: Explanation) {
    super('refused')
  }
}

test('it is told with the last refusal, and with no other', async () => {
  const refusals: Explanation[] = [
    { why: 'throttled', detail: 'slow down', retryAfterMs: 90_000.4 },
    { why: 'throttled', detail: 'slow down' },
    { why: 'throttled', detail: 'slow down', retryAfterMs: 5000 },
    { why: 'denied', detail: 'no' },
  ]
  let next = 0
  const session = new Session({
    transport: {
      send: () => Promise.reject(new Refusal(refusals[next++] ?? { why: 'denied', detail: 'no' })),
      explain: (error) => (error instanceof Refusal ? error.explanation : undefined),
    },
    signal: new AbortController().signal,
    limits: { attemptsMax: 1 },
    sleep: () => Promise.resolve(),
    random: () => 0,
  })
  const told: unknown[] = []
  while (next < refusals.length) {
    await session.ask('items.get', {}, z.unknown())
    told.push(session.usage()[0]?.retryAfterMs)
  }
  expect(told).toEqual([90_000, undefined, 5000, undefined])
  expect(session.usage()).toMatchObject([{ refused: 4, why: 'denied' }])
})
