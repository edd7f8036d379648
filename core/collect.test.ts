// The one place where a look is called complete or partial: earned by returning, never declared.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { collect, type Collected } from './collect'
import type { Connector, Stream } from './connector'
import { absent, known, unknown, type Fact } from './fact'
import type { Limits } from './limits'
import type { Kind, Observation, Of } from './observation'
import { Session } from './session'
import { UpstreamError, type Transport } from './upstream'

const now = '2026-09-30T00:00:00Z'
const EAST = { nativeId: 'east', name: 'East', type: 'sample.account' }
const WEST = { nativeId: 'west', name: 'West', type: 'sample.account' }

const secret = (nativeId: string): Of<'secret'> => ({
  kind: 'secret',
  nativeId,
  type: 'sample.secret',
  name: nativeId,
  createdAt: known(now, 'list'),
  rotatedAt: absent('list'),
  lastReadAt: absent('list'),
  expiresAt: absent('list'),
  rotates: known(true, 'get'),
})
const usage = (nativeId: string): Of<'usage'> => ({
  kind: 'usage',
  nativeId,
  identity: 'robot',
  at: now,
  what: 'read',
})

function connectorOf(
  streams: Record<string, Stream>,
  scopes: Connector['scopes'] = async function* () {
    yield EAST
  },
): Connector {
  const manifest: Connector['manifest'] = {
    id: 'sample',
    title: 'Sample',
    summary: '',
    settings: z.unknown(),
    permissions: [],
    streams: {},
    types: {},
    imports: [],
    gaps: [],
    intervalMinutes: 60,
    setup: () => [],
  }
  const none = () => {
    throw new Error('not opened in tests')
  }
  return { manifest, open: none, openFile: none, scopes, streams }
}
type Run = { transport?: Transport['send']; limits?: Partial<Limits>; signal?: AbortSignal }

async function run(connector: Connector, { transport, limits, signal }: Run = {}): Promise<Collected[]> {
  const session = new Session({
    transport: { send: transport ?? (async () => ({})), explain: () => undefined },
    signal: signal ?? new AbortController().signal,
    limits,
    sleep: async () => undefined,
    random: () => 0,
  })
  const events: Collected[] = []
  for await (const event of collect(connector, session, now)) events.push(event)
  return events
}
const stream = (kinds: readonly Kind[], collecting: Stream['collect']): Stream => ({
  kinds,
  collect: collecting,
})
const secrets = (ids: readonly string[], failure?: unknown): Stream =>
  stream(['secret'], async function* () {
    for (const id of ids) yield secret(id)
    if (failure !== undefined) throw failure
  })
const coverageOf = (events: Collected[], name: string) =>
  events.find((event) => event.type === 'coverage' && event.stream === name)
const observedIn = (events: Collected[]) =>
  events.flatMap((event) => (event.type === 'observations' ? event.observations.map((o) => o.nativeId) : []))
const denied = () => new UpstreamError('denied', 'secrets.list', 'it said no')
const COMPLETE = { state: 'complete', gaps: [] }
const PARTIAL = {
  state: 'partial',
  why: 'denied',
  permission: 'secrets.list',
  detail: 'it said no',
  gaps: [],
}

describe('a stream', () => {
  test('that returns is complete, with nothing seen too', async () => {
    const events = await run(connectorOf({ s: secrets(['a', 'b']), t: secrets([]) }))
    expect(coverageOf(events, 's')).toMatchObject({ kinds: { secret: COMPLETE }, count: 2 })
    expect(coverageOf(events, 't')).toMatchObject({ kinds: { secret: COMPLETE }, count: 0 })
    expect(events.at(-1)).toEqual({ type: 'scopes', coverage: COMPLETE, count: 1 })
  })
  test('that can only add is never complete; what it saw is kept, and what cut it short is said first', async () => {
    const log = { ...secrets(['a']), neverWhole: 'A log ends.' }
    const cut = { ...secrets(['b'], denied()), neverWhole: 'A log ends.' }
    const refused: Stream = {
      ...stream(['secret'], async function* ({ lacking }) {
        lacking(['secret'], unknown('denied', 'secrets.list', 'it said no'))
        yield secret('c')
      }),
      neverWhole: 'A log ends.',
    }
    const events = await run(connectorOf({ log, cut, refused }))
    expect(observedIn(events)).toEqual(['a', 'b', 'c'])
    expect(coverageOf(events, 'log')).toMatchObject({
      kinds: { secret: { state: 'partial', why: 'not-offered', permission: 'log', detail: 'A log ends.' } },
    })
    expect(coverageOf(events, 'cut')).toMatchObject({ kinds: { secret: PARTIAL } })
    expect(coverageOf(events, 'refused')).toMatchObject({ kinds: { secret: PARTIAL } })
  })
  test('that throws is partial, and what it saw before is kept', async () => {
    const events = await run(connectorOf({ s: secrets(['a', 'b'], denied()), t: secrets(['c']) }))
    expect(observedIn(events)).toEqual(['a', 'b', 'c'])
    expect(coverageOf(events, 's')).toMatchObject({ kinds: { secret: PARTIAL }, count: 2 })
    expect(coverageOf(events, 't')).toMatchObject({ kinds: { secret: COMPLETE } })
    expect(events.at(-1)).toMatchObject({ coverage: COMPLETE })
  })
  test('that throws is partial for each of its kinds, whatever it said itself', async () => {
    const both = stream(['secret', 'usage'], async function* ({ lacking }) {
      lacking(['usage'], unknown('throttled', 'usage.list', 'too fast'))
      yield secret('a')
      throw denied()
    })
    expect(coverageOf(await run(connectorOf({ s: both })), 's')).toMatchObject({
      kinds: { secret: PARTIAL, usage: PARTIAL },
    })
  })
  test('after any number of observations ends as it ended, with all of them and their count', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 2300 }), fc.boolean(), async (count, fails) => {
        const ids = Array.from({ length: count }, (_, n) => `id-${n}`)
        const events = await run(connectorOf({ s: secrets(ids, fails ? denied() : undefined) }))
        expect(observedIn(events)).toEqual(ids)
        expect(coverageOf(events, 's')).toMatchObject({
          kinds: { secret: fails ? PARTIAL : COMPLETE },
          count,
        })
        for (const event of events)
          if (event.type === 'observations') expect(event.observations.length).toBeLessThanOrEqual(1000)
      }),
      { numRuns: 20 },
    )
  })
})

describe('lacking', () => {
  const lackingStream = (refusal: Parameters<Parameters<Stream['collect']>[0]['lacking']>[1]) =>
    stream(['secret', 'usage'], async function* ({ lacking }) {
      yield secret('a')
      lacking(['usage'], refusal)
    })
  test('makes partial the kinds it names, with the reason, and no other', async () => {
    const events = await run(connectorOf({ s: lackingStream(unknown('denied', 'usage.list', 'no')) }))
    expect(coverageOf(events, 's')).toMatchObject({
      kinds: {
        secret: COMPLETE,
        usage: { state: 'partial', why: 'denied', permission: 'usage.list', detail: 'no' },
      },
    })
  })
  test.each([known([], 'usage.list'), absent('usage.list')])('an answer lacks nothing: %o', async (fact) => {
    expect(coverageOf(await run(connectorOf({ s: lackingStream(fact) })), 's')).toMatchObject({
      kinds: { usage: COMPLETE },
    })
  })
})

describe('limits', () => {
  test('more observations than allowed make it partial, exactly as many do not', async () => {
    const of = (ids: string[]) => run(connectorOf({ s: secrets(ids) }), { limits: { observationsMax: 2 } })
    expect(coverageOf(await of(['a', 'b']), 's')).toMatchObject({ kinds: { secret: COMPLETE } })
    const events = await of(['a', 'b', 'c'])
    expect(observedIn(events)).toEqual(['a', 'b'])
    expect(coverageOf(events, 's')).toMatchObject({ kinds: { secret: { state: 'partial', why: 'limited' } } })
  })
})

describe('an observation', () => {
  test('that does not parse makes the stream partial, and its values stay inside', async () => {
    const wrong = { ...secret('a'), createdAt: known('canary-value', 'list') }
    const events = await run(
      connectorOf({
        s: stream(['secret'], async function* () {
          yield secret('b')
          yield wrong
        }),
      }),
    )
    expect(observedIn(events)).toEqual(['b'])
    expect(coverageOf(events, 's')).toMatchObject({
      kinds: { secret: { state: 'partial', why: 'malformed' } },
    })
    expect(JSON.stringify(events)).not.toContain('canary-value')
    expect(JSON.stringify(events)).toContain('createdAt')
  })
  test('with a field that has no place is refused as a whole', async () => {
    const more: Of<'secret'> = Object.assign(secret('a'), { value: 'canary-value' })
    const events = await run(
      connectorOf({
        s: stream(['secret'], async function* () {
          yield more
        }),
      }),
    )
    expect(observedIn(events)).toEqual([])
    expect(JSON.stringify(events)).not.toContain('canary-value')
  })
  test('of a kind that the stream does not declare is a bug', async () => {
    const other = stream(['secret'], async function* () {
      yield usage('a')
    })
    await expect(run(connectorOf({ s: other }))).rejects.toThrow(/s yields usage without declaring it/)
  })
})

describe('bugs', () => {
  test.each([new TypeError('x is undefined'), new RangeError('too deep'), 'a thrown text'])(
    'in a stream go up: %s',
    async (bug) => {
      await expect(run(connectorOf({ s: secrets(['a'], bug) }))).rejects.toBe(bug)
    },
  )
  test('in the listing of scopes go up', async () => {
    const bug = new TypeError('x is undefined')
    const scopes = async function* () {
      yield EAST
      throw bug
    }
    await expect(run(connectorOf({ s: secrets([]) }, scopes))).rejects.toBe(bug)
  })
})

describe('scopes', () => {
  test('that cannot all be listed are partial, and those listed are read', async () => {
    const events = await run(
      connectorOf({ s: secrets(['a']) }, async function* () {
        yield EAST
        throw denied()
      }),
    )
    expect(observedIn(events)).toEqual(['a'])
    expect(coverageOf(events, 's')).toMatchObject({ kinds: { secret: COMPLETE } })
    expect(events.at(-1)).toEqual({ type: 'scopes', coverage: PARTIAL, count: 1 })
  })
  test('are read one after another; trouble in one leaves the next alone', async () => {
    const failing = stream(['secret'], async function* ({ scope }) {
      yield secret(scope.nativeId)
      if (scope === EAST) throw denied()
    })
    const events = await run(
      connectorOf({ s: failing }, async function* () {
        yield EAST
        yield WEST
      }),
    )
    expect(events.map((event) => [event.type, 'scope' in event && event.scope.nativeId])).toEqual([
      ['scope', 'east'],
      ['observations', 'east'],
      ['coverage', 'east'],
      ['read', 'east'],
      ['scope', 'west'],
      ['observations', 'west'],
      ['coverage', 'west'],
      ['read', 'west'],
      ['scopes', false],
    ])
    const covered = events.flatMap((event) => (event.type === 'coverage' ? [event.kinds.secret?.state] : []))
    expect(covered).toEqual(['partial', 'complete'])
  })
})

test('a gap belongs to the look in which it was met', async () => {
  const refusing = async (permission: string) => {
    throw new UpstreamError('denied', permission, 'no')
  }
  const asking = (permission: string) =>
    stream(['secret'], async function* ({ session }) {
      await session.ask(permission, {}, z.unknown())
      yield secret(permission)
    })
  const events = await run(
    connectorOf({ s: asking('s.get'), t: asking('t.get') }, async function* (session) {
      await session.ask('names.get', {}, z.unknown())
      yield EAST
      await session.ask('names.more', {}, z.unknown())
    }),
    { transport: refusing },
  )
  const gapsOf = (name: string) => {
    const event = coverageOf(events, name)
    return event?.type === 'coverage' && event.kinds.secret?.gaps.map((gap) => gap.permission)
  }
  expect(gapsOf('s')).toEqual(['s.get'])
  expect(gapsOf('t')).toEqual(['t.get'])
  expect(events.at(-1)).toMatchObject({
    coverage: { state: 'complete', gaps: [{ permission: 'names.get' }, { permission: 'names.more' }] },
  })
})

test('a cancelled run ends each stream as cancelled, without a call', async () => {
  const controller = new AbortController()
  let calls = 0
  const calling = stream(['secret'], async function* ({ session }) {
    await session.call('secrets.list', {}, z.unknown())
    controller.abort()
    yield secret('a')
    await session.call('secrets.list', {}, z.unknown())
  })
  const events = await run(connectorOf({ s: calling, t: calling }), {
    signal: controller.signal,
    transport: async () => ++calls,
  })
  expect(calls).toBe(1)
  for (const name of ['s', 't'])
    expect(coverageOf(events, name)).toMatchObject({
      kinds: { secret: { state: 'partial', why: 'cancelled' } },
    })
})

describe('a stream that is about some identities only', () => {
  const robot = (nativeId: string, more: Partial<Of<'identity'>> = {}): Of<'identity'> => ({
    kind: 'identity',
    nativeId,
    aliases: [],
    type: 'sample.token',
    name: nativeId,
    class: 'machine',
    classReason: 'It is one.',
    createdAt: absent('list'),
    enabled: known(true, 'list'),
    lastUsedAt: absent('list'),
    description: absent('list'),
    maxSessionSeconds: absent('list'),
    tags: known({}, 'list'),
    ...more,
  })
  const hint = (identity: string): Of<'owner-hint'> => ({
    kind: 'owner-hint',
    nativeId: `${identity} owner`,
    identity,
    names: 'team',
    value: 'payments',
    via: 'tag team',
  })
  const credential = (identity: Fact<string>): Of<'credential'> => ({
    ...{ kind: 'credential', nativeId: 'k', identity, type: 'sample.key', form: 'static-key', name: 'k' },
    ...{ createdAt: absent('list'), rotatedAt: absent('list'), expiresAt: absent('list') },
    ...{ lastUsedAt: absent('list'), lastUsedWhere: absent('list'), enabled: known(true, 'list') },
  })
  const TYPES = ['sample.token']
  const tokens = (said: Observation[]): Stream => ({
    kinds: ['identity', 'owner-hint', 'credential', 'issuer'],
    about: { identity: TYPES, 'owner-hint': TYPES, credential: [], keys: ['sample.name'] },
    async *collect() {
      yield* said
    },
  })
  const read = (said: Observation[]) => run(connectorOf({ tokens: tokens(said) }))
  test('may tell of these', async () => {
    const key = { type: 'sample.name', value: 'a' }
    const events = await read([robot('a', { keys: [key] }), hint('a'), credential(absent('list'))])
    expect(events.filter(({ type }) => type === 'coverage')).toMatchObject([
      { kinds: { identity: { state: 'complete' }, 'owner-hint': { state: 'complete' } } },
    ])
  })
  test.each([
    ['an identity of another type', [robot('a', { type: 'sample.role' })]],
    ['an owner of somebody it has not named', [hint('b')]],
    ['a key that it does not declare', [robot('a', { keys: [{ type: 'other.name', value: 'a' }] })]],
    ['a credential of somebody', [credential(known('b', 'list'))]],
    ['a credential of whom nobody knows', [credential(unknown('denied', 'list', 'no'))]],
    [
      'a key of an issuer that it does not declare',
      [
        {
          ...{ kind: 'issuer' as const, nativeId: 'i', aliases: [], type: 'sample.issuer', name: 'i' },
          ...{ audiences: absent('list'), createdAt: absent('list'), expiresAt: absent('list') },
          keys: [{ type: 'other.name', value: 'i' }],
        },
      ],
    ],
  ])('has a bug where it tells of %s', async (_, said) => {
    await expect(read(said)).rejects.toThrow(/^stream tokens yields/)
  })
})
