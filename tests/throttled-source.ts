// A source for tests that has its callers slow down: two scopes, two streams, and what each call is answered with.
import { z } from 'zod'
import type { Connector } from '@/core/connector'
import { unknown } from '@/core/fact'
import { UpstreamError, type Transport } from '@/core/upstream'
import { fakeConnector, fakeEstate } from './fake-source'
import { credential, identity } from './scripted-source'

export type Brake = {
  scopes: string[]
  bots: string[]
  keys: string[]
  /** Calls that are throttled, as `<permission> <scope>`; with the time asked for, or left without a word. */
  throttled: Map<string, number | 'no word'>
  denied: Set<string>
  /** Every call that was made. */
  calls: string[]
  /** Awaited before each call is answered. */
  before?: (call: string) => Promise<void> | void
}
export const brake = (over: Partial<Brake> = {}): Brake => ({
  scopes: ['north', 'south'],
  bots: ['a', 'b'],
  keys: ['k1'],
  throttled: new Map(),
  denied: new Set(),
  calls: [],
  before: undefined,
  ...over,
})

class Slower extends Error {
  constructor(readonly retryAfterMs: number) {
    super('slow down')
  }
}

const transportOf = (source: Brake): Transport => ({
  async send(permission, { scope, name = 'none' }) {
    const call = [permission, scope, name === 'none' ? undefined : name].filter(Boolean).join(' ')
    source.calls.push(call)
    await source.before?.(call)
    if (source.denied.has(call)) throw new UpstreamError('denied', permission, 'not allowed')
    const brakes = source.throttled.get(call)
    if (typeof brakes === 'number') throw new Slower(brakes)
    if (permission === 'bot:list') return source.bots
    return permission === 'key:list' ? source.keys : source.scopes
  },
  explain: (error) =>
    error instanceof Slower
      ? { why: 'throttled', detail: 'asked too much', retryAfterMs: error.retryAfterMs }
      : undefined,
})

const Names = z.array(z.string())

/** What a session gives up only after seconds of trying; here at once. */
function ensureUnbraked(source: Brake, call: string): void {
  if (source.throttled.get(call) !== 'no word') return
  source.calls.push(call)
  throw new UpstreamError('throttled', call.split(' ')[0] ?? '', 'asked too much')
}

export const throttledConnector = (source: Brake): Connector => ({
  ...fakeConnector(fakeEstate()),
  open: () => transportOf(source),
  async *scopes(session) {
    for (const name of source.scopes) {
      ensureUnbraked(source, `scope:list ${name}`)
      await session.call('scope:list', { scope: name }, Names)
      yield { nativeId: name, name, type: 'fake.place' }
    }
  },
  streams: {
    bots: {
      kinds: ['identity'],
      async *collect({ session, scope: { nativeId: scope } }) {
        ensureUnbraked(source, `bot:list ${scope}`)
        const names = await session.call('bot:list', { scope }, Names)
        for (const name of names) yield identity(`${scope}/${name}`, { type: 'fake.bot', name })
      },
    },
    keys: {
      kinds: ['credential', 'grant'],
      async *collect({ session, scope: { nativeId: scope }, lacking }) {
        if (source.denied.has(`grants ${scope}`))
          lacking(['grant'], unknown('denied', 'grant:list', 'not allowed'))
        if (source.throttled.has(`keys ${scope}`))
          lacking(['credential'], unknown('throttled', 'key:list', 'asked too much'))
        ensureUnbraked(source, `key:list ${scope}`)
        const names = await session.call('key:list', { scope }, Names)
        for (const name of names) yield credential(`${scope}/${name}`, `${scope}/a`)
      },
    },
  },
})
