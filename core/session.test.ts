// The only door out: it retries within bounds, waits as told, gives up honestly, and lets no value out with an error.
import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import type { Limits } from './limits'
import { Session } from './session'
import { UpstreamError, type Explanation, type Transport } from './upstream'

const Item = z.object({ id: z.string() })
const LIMITS: Partial<Limits> = { attemptsMax: 4, waitMsFirst: 100, waitMsMax: 1000 }

class SourceError extends Error {
  constructor(readonly explanation: Explanation) {
    super('as the source says it')
  }
}
const refusal = (why: Explanation['why'], more: Partial<Explanation> = {}) =>
  new SourceError({ why, detail: `it was ${why}`, ...more })
type Sent = { permission: string; params: unknown; signal: AbortSignal }
type Options = {
  limits?: Partial<Limits>
  random?: () => number
  controller?: AbortController
  sleep?: () => Promise<void>
}

/** A session over answers given one after another; an error is thrown, a function is asked. */
function sessionOver(answers: unknown[], { limits, random = () => 0.5, controller, sleep }: Options = {}) {
  const sent: Sent[] = []
  const waits: number[] = []
  const transport: Transport = {
    async send(permission, params, signal) {
      sent.push({ permission, params, signal })
      const next = answers.shift()
      const answer: unknown =
        typeof next === 'function' ? await (next as (s: AbortSignal) => unknown)(signal) : next
      if (answer instanceof Error) throw answer
      return answer
    },
    explain: (error) => (error instanceof SourceError ? error.explanation : undefined),
  }
  const session = new Session({
    transport,
    signal: (controller ?? new AbortController()).signal,
    limits: { ...LIMITS, ...limits },
    sleep:
      sleep ??
      (async (ms, signal) => {
        waits.push(ms)
        signal.throwIfAborted()
      }),
    random,
  })
  return { session, sent, waits }
}
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no failure',
    (error: unknown) => error,
  )

describe('an answer', () => {
  test('is checked and cut to the shape asked for', async () => {
    const { session, sent } = sessionOver([{ id: 'a', secret: 'x' }])
    expect(await session.call('items.get', { id: 'a' }, Item)).toEqual({ id: 'a' })
    expect(sent).toMatchObject([{ permission: 'items.get', params: { id: 'a' } }])
    expect(session.usage()).toEqual([{ permission: 'items.get', ok: 1, refused: 0 }])
  })
  test('of another shape is malformed at once, without a second attempt', async () => {
    const { session, sent } = sessionOver([{ id: 7 }])
    const error = await failure(session.call('items.get', {}, Item))
    expect(error).toMatchObject({ why: 'malformed', permission: 'items.get' })
    expect(error).toBeInstanceOf(UpstreamError)
    expect(String(error)).toContain('id: ')
    expect(sent).toHaveLength(1)
  })
  test('never comes out with the error, whatever it is', async () => {
    const canary = 'canary-4f9d'
    const planted = fc
      .jsonValue()
      .map((value) => ({ id: [canary, value], [canary.slice(0, 0) + 'other']: canary }))
    const shapes = [
      Item,
      z.strictObject({ id: z.literal('x') }),
      z.object({ id: z.union([z.number(), z.boolean()]) }),
      z.array(Item),
      z.object({ id: z.array(z.iso.datetime()) }),
      z.object({ other: z.enum(['x', 'y']) }),
      z.object({ other: z.url() }),
    ]
    await fc.assert(
      fc.asyncProperty(planted, fc.constantFrom<z.ZodType>(...shapes), async (answer, shape) => {
        const error = await failure(sessionOver([answer]).session.call('items.get', {}, shape))
        expect(error).toMatchObject({ why: 'malformed' })
        expect(`${String(error)} ${JSON.stringify(error)}`).not.toContain(canary)
      }),
    )
  })
})

describe('retries', () => {
  test.each(['throttled', 'timed-out', 'unreachable'] as const)(
    '%s is tried again, so often',
    async (why) => {
      const { session, sent, waits } = sessionOver(Array.from({ length: 9 }, () => refusal(why)))
      expect(await failure(session.call('items.get', {}, Item))).toMatchObject({
        why,
        detail: `it was ${why}`,
      })
      expect(sent).toHaveLength(4)
      expect(waits).toHaveLength(3)
      expect(session.usage()).toEqual([
        { permission: 'items.get', ok: 0, refused: 1, why, detail: `it was ${why}` },
      ])
    },
  )
  test.each(['denied', 'malformed', 'not-offered', 'limited'] as const)(
    '%s is not tried again',
    async (why) => {
      const { session, sent } = sessionOver([refusal(why), { id: 'a' }])
      expect(await failure(session.call('items.get', {}, Item))).toMatchObject({ why })
      expect(sent).toHaveLength(1)
    },
  )
  test('the answer of a later attempt counts', async () => {
    const { session } = sessionOver([refusal('throttled'), refusal('unreachable'), { id: 'a' }])
    expect(await session.call('items.get', {}, Item)).toEqual({ id: 'a' })
    expect(session.usage()).toEqual([{ permission: 'items.get', ok: 1, refused: 0 }])
  })
  test('an error that is not the source’s is a bug and goes up as it is', async () => {
    const bug = new TypeError('undefined is not a function')
    const { session, sent } = sessionOver([bug])
    expect(await failure(session.ask('items.get', {}, Item))).toBe(bug)
    expect(sent).toHaveLength(1)
  })
})

describe('waits', () => {
  const waitsOf = async (of: Error[], options: Options = {}) => {
    const { session, waits } = sessionOver(of, options)
    await failure(session.call('items.get', {}, Item))
    return waits
  }
  const many = (why: Explanation['why'], more: Partial<Explanation> = {}) =>
    Array.from({ length: 20 }, () => refusal(why, more))

  test('double, up to the longest', async () => {
    expect(await waitsOf(many('throttled'), { limits: { attemptsMax: 7 }, random: () => 0.999999 })).toEqual([
      100, 200, 400, 800, 1000, 1000,
    ])
  })
  test('are jittered over their whole length', async () => {
    await fc.assert(
      fc.asyncProperty(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), async (r) => {
        const waits = await waitsOf(many('throttled'), { random: () => r })
        expect(waits).toEqual([100, 200, 400].map((most) => Math.round(most * r)))
      }),
    )
  })
  test('are never shorter than the source asks', async () => {
    expect(await waitsOf(many('throttled', { retryAfterMs: 300 }), { random: () => 0.999999 })).toEqual([
      300, 300, 400,
    ])
  })
  test('longer than the longest are not begun: the source is left as throttled', async () => {
    const { session, sent, waits } = sessionOver([refusal('throttled', { retryAfterMs: 1001 })])
    expect(await failure(session.call('items.get', {}, Item))).toMatchObject({ why: 'throttled' })
    expect([sent.length, waits.length]).toEqual([1, 0])
    expect(await waitsOf(many('throttled', { retryAfterMs: 1000 }))).toEqual([1000, 1000, 1000])
  })
  test('that fail for a reason of their own are a bug', async () => {
    const sleep = () => Promise.reject(new Error('no clock'))
    const { session } = sessionOver([refusal('throttled')], { sleep })
    expect(await failure(session.call('items.get', {}, Item))).toMatchObject({ message: 'no clock' })
  })
})

describe('cancel', () => {
  test('before a call: nothing is sent', async () => {
    const controller = new AbortController()
    controller.abort()
    const { session, sent } = sessionOver([{ id: 'a' }], { controller })
    expect(await failure(session.call('items.get', {}, Item))).toMatchObject({ why: 'cancelled' })
    expect(sent).toEqual([])
  })
  test('during a call: the transport is told, and no attempt follows', async () => {
    const controller = new AbortController()
    const hanging = (signal: AbortSignal) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(refusal('unreachable')))
        controller.abort()
      })
    const { session, sent } = sessionOver([hanging, { id: 'a' }], { controller })
    expect(await failure(session.call('items.get', {}, Item))).toMatchObject({ why: 'cancelled' })
    expect(sent).toHaveLength(1)
  })
  test('during a wait: no attempt follows', async () => {
    const controller = new AbortController()
    const { session, sent } = sessionOver([() => (controller.abort(), refusal('unreachable')), { id: 'a' }], {
      controller,
    })
    expect(await failure(session.call('items.get', {}, Item))).toMatchObject({ why: 'cancelled' })
    expect(sent).toHaveLength(1)
  })
  test('is never taken for an unknown fact: an enrichment ends too', async () => {
    const controller = new AbortController()
    controller.abort()
    const { session } = sessionOver([], { controller })
    for (const asked of [
      session.ask('items.get', {}, Item),
      session.gather('items.list', {}, Item, { next: () => undefined }),
      session.tryPages('items.list', {}, Item, { next: () => undefined }),
    ])
      expect(await failure(asked)).toMatchObject({ why: 'cancelled' })
    expect(session.drainGaps()).toEqual([])
  })
  test('ends a call of a transport that does not listen', async () => {
    const controller = new AbortController()
    const deaf = () => {
      queueMicrotask(() => controller.abort())
      return new Promise(() => undefined)
    }
    const { session } = sessionOver([deaf], { controller })
    expect(await failure(session.call('items.get', {}, Item))).toMatchObject({ why: 'cancelled' })
  })
})

describe('time', () => {
  const slow = (signal: AbortSignal) =>
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('socket closed'))))
  const deaf = () => new Promise(() => undefined)
  test.each([
    ['listens', slow],
    ['does not listen', deaf],
  ])('for an attempt ends, and the next begins, with a transport that %s', async (_, hangs) => {
    const { session, sent } = sessionOver([hangs, hangs, { id: 'a' }], { limits: { callTimeoutMs: 5 } })
    expect(await session.call('items.get', {}, Item)).toEqual({ id: 'a' })
    expect(sent).toHaveLength(3)
  })
  test('for all attempts ends as timed-out', async () => {
    const { session } = sessionOver([slow, slow, slow, slow], { limits: { callTimeoutMs: 5 } })
    expect(await failure(session.call('items.get', {}, Item))).toMatchObject({
      why: 'timed-out',
      detail: 'no answer within 5 ms',
    })
  })
})

describe('an enrichment', () => {
  test('that is refused is unknown, with the reason, and the gap is counted', async () => {
    const { session } = sessionOver([refusal('denied'), refusal('denied'), { id: 7 }, { id: 'a' }])
    const asked = []
    for (let n = 0; n < 4; n++) asked.push(await session.ask('items.get', { n }, Item))
    expect(asked).toMatchObject([
      { state: 'unknown', why: 'denied', source: 'items.get', detail: 'it was denied' },
      { state: 'unknown', why: 'denied' },
      { state: 'unknown', why: 'malformed' },
      { state: 'known', value: { id: 'a' }, source: 'items.get' },
    ])
    expect(session.drainGaps()).toMatchObject([
      { permission: 'items.get', why: 'denied', detail: 'it was denied', count: 2 },
      { permission: 'items.get', why: 'malformed', count: 1 },
    ])
    expect(session.drainGaps()).toEqual([])
  })
  test('is absent only by a code declared to mean "none"', async () => {
    const options = { absentOn: ['NoSuchItem'] }
    const { session } = sessionOver([
      refusal('denied', { code: 'NoSuchItem' }),
      refusal('denied', { code: 'Other' }),
    ])
    expect(await session.ask('items.get', {}, Item, options)).toEqual({
      state: 'absent',
      source: 'items.get',
    })
    expect(await session.ask('items.get', {}, Item, options)).toMatchObject({
      state: 'unknown',
      why: 'denied',
    })
    expect(session.usage()).toMatchObject([{ ok: 1, refused: 1 }])
  })
})

const Page = z.object({ items: z.array(z.string()), next: z.string().optional() })
const next = (page: z.infer<typeof Page>) => (page.next === undefined ? undefined : { token: page.next })
const page = (item: string, token?: string) => ({
  items: [item],
  ...(token !== undefined && { next: token }),
})
async function drain(pages: AsyncIterable<z.infer<typeof Page>>) {
  const items: string[] = []
  const error = await failure(
    (async () => {
      for await (const { items: more } of pages) items.push(...more)
    })(),
  )
  return { items, error }
}

describe('pages', () => {
  const list = (session: Session) => session.pages('items.list', { of: 'x' }, Page, { next })
  test('are followed to the last, each with the token of the one before', async () => {
    const { session, sent } = sessionOver([page('a', '1'), page('b', '2'), page('c')])
    expect(await drain(list(session))).toEqual({ items: ['a', 'b', 'c'], error: 'no failure' })
    expect(sent.map(({ params }) => params)).toEqual([
      { of: 'x' },
      { of: 'x', token: '1' },
      { of: 'x', token: '2' },
    ])
  })
  test.each([
    ['the same token twice', [page('a', '1'), page('b', '1'), page('c')], ['a', 'b']],
    ['tokens in a circle', [page('a', '1'), page('b', '2'), page('c', '1'), page('d')], ['a', 'b', 'c']],
  ])('%s ends them as malformed', async (_, answers, items) => {
    const { session } = sessionOver(answers)
    expect(await drain(list(session))).toMatchObject({
      items,
      error: { why: 'malformed', permission: 'items.list' },
    })
  })
  test('beyond the limit end as limited, after those within it', async () => {
    const { session, sent } = sessionOver([page('a', '1'), page('b', '2'), page('c')], {
      limits: { pagesMax: 2 },
    })
    expect(await drain(list(session))).toMatchObject({ items: ['a', 'b'], error: { why: 'limited' } })
    expect(sent).toHaveLength(2)
    const exact = sessionOver([page('a', '1'), page('b')], { limits: { pagesMax: 2 } })
    expect(await drain(list(exact.session))).toMatchObject({ items: ['a', 'b'], error: 'no failure' })
  })
  test('a refusal in the middle is an error after what was seen', async () => {
    const { session } = sessionOver([page('a', '1'), refusal('denied')])
    expect(await drain(list(session))).toMatchObject({ items: ['a'], error: { why: 'denied' } })
  })
  test('tryPages: a refused first page is unknown, a refused later one an error', async () => {
    const first = sessionOver([refusal('denied')])
    expect(await first.session.tryPages('items.list', {}, Page, { next })).toMatchObject({ state: 'unknown' })
    const { session } = sessionOver([page('a', '1'), refusal('denied')])
    const listed = await session.tryPages('items.list', {}, Page, { next })
    expect(listed.state === 'known' && (await drain(listed.value))).toMatchObject({
      items: ['a'],
      error: { why: 'denied' },
    })
  })
  test('gather: all pages, or unknown when any is refused', async () => {
    const whole = sessionOver([page('a', '1'), page('b')])
    expect(await whole.session.gather('items.list', {}, Page, { next })).toMatchObject({
      state: 'known',
      value: [{ items: ['a'] }, { items: ['b'] }],
    })
    const { session } = sessionOver([page('a', '1'), refusal('throttled', { retryAfterMs: 9e9 })])
    expect(await session.gather('items.list', {}, Page, { next })).toMatchObject({
      state: 'unknown',
      why: 'throttled',
    })
    expect(session.drainGaps()).toMatchObject([{ why: 'throttled', count: 1 }])
  })
})

describe('limits and counts', () => {
  test('calls of one run are limited, retries included', async () => {
    const { session, sent } = sessionOver([refusal('throttled'), { id: 'a' }, { id: 'b' }], {
      limits: { callsMax: 2 },
    })
    expect(await session.call('items.get', {}, Item)).toEqual({ id: 'a' })
    expect(await failure(session.call('items.get', {}, Item))).toMatchObject({ why: 'limited' })
    expect(sent).toHaveLength(2)
  })
  test('usage is by permission, sorted', async () => {
    const { session } = sessionOver([{ id: 'a' }, refusal('denied')])
    await session.call('items.list', {}, Item)
    await session.ask('accounts.list', {}, Item)
    expect(session.usage()).toMatchObject([
      { permission: 'accounts.list', ok: 0, refused: 1, why: 'denied' },
      { permission: 'items.list', ok: 1, refused: 0 },
    ])
  })
  test('an answer that was not understood counts as refused, not as both', async () => {
    const { session } = sessionOver([{ id: 7 }])
    await session.ask('items.get', {}, Item)
    expect(session.usage()).toMatchObject([{ ok: 0, refused: 1, why: 'malformed' }])
  })
  test('listeners do not pile up on the signal of the run', async () => {
    const controller = new AbortController()
    const added = vi.spyOn(controller.signal, 'addEventListener')
    const removed = vi.spyOn(controller.signal, 'removeEventListener')
    const { session } = sessionOver(
      Array.from({ length: 50 }, () => ({ id: 'a' })),
      { controller },
    )
    for (let n = 0; n < 50; n++) await session.call('items.get', {}, Item)
    expect(added.mock.calls.length - removed.mock.calls.length).toBeLessThanOrEqual(1)
  })
})
