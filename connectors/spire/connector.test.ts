// The laws over the recorded server.
import { expect, test } from 'vitest'
import { conformance, replay } from '@/tests/conformance'
import spire from './collect'
import { emptyWorld, eventsOf, NOW, partial, TOKENS, withoutEntry, WORLD } from './fixtures/recorded-world'

conformance(spire, {
  transport: () => replay(WORLD),
  golden: `${import.meta.dirname}/fixtures/golden.json`,
  folder: import.meta.dirname,
  recorded: () => WORLD,
  empty: () => replay(emptyWorld()),
  remove: {
    identity: 'spiffe://acme.example/ns/payments/sa/ledger',
    from: () => withoutEntry('ca41b7c8-55ac-4db7-a3c1-865f4d7adb5c'),
  },
  now: NOW,
})

test('the recorded server is seen whole', async () => {
  expect(partial(await eventsOf(replay(WORLD)))).toEqual([])
})

test('no join token and no value of an environment variable comes out', async () => {
  const text = JSON.stringify(await eventsOf(replay(WORLD)))
  expect(TOKENS.length).toBeGreaterThan(4)
  for (const token of TOKENS) expect(text).not.toContain(token)
  expect(text).toContain('docker:env:DATABASE_PASSWORD=…')
})

test('nothing is asked of a server', async () => {
  const events = await eventsOf(spire.open({}))
  expect(events).toEqual([
    expect.objectContaining({ coverage: expect.objectContaining({ why: 'not-offered' }) as object }),
  ])
})
