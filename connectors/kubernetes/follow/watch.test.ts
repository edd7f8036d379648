// Watches as they were recorded: changes by UID, the place to go on from, and every way in which one ends.
import { describe, expect, test } from 'vitest'
import { NAME } from '../fixtures/recorded-world'
import recorded from '../fixtures/watches.json'
import { shapeOf } from '../object-store'
import { LIST } from '../permissions'
import { watch, type Watching, type WatchEnd, type WatchStep } from './watch'

const NOW = '2026-11-22T09:00:00.000Z'
const LEDGER = 'cbe19d08-6bef-45bb-9f76-d93bc6b9972f'
const BATCH_BEFORE = 'd7e31b7d-d1a9-4f65-8a9a-9d4dfd122598'
const BATCH_AFTER = '4276ae3b-6871-4c56-8923-71e6692341b1'

async function* parts(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size)
}
type Options = Partial<Watching> & { size?: number }
async function followed(text: string | AsyncIterable<string>, { size = 1e9, ...rest }: Options = {}) {
  const asked: unknown[] = []
  const steps: WatchStep[] = []
  const watching = watch({
    shape: shapeOf(rest.permission ?? LIST.serviceAccounts),
    transport: {
      watch: (permission, params, resourceVersion) => {
        asked.push({ permission, params, resourceVersion })
        return typeof text === 'string' ? parts(text, size) : text
      },
    },
    permission: LIST.serviceAccounts,
    params: { cluster: NAME, namespace: 'payments' },
    resourceVersion: '881',
    signal: new AbortController().signal,
    now: () => NOW,
    ...rest,
  })
  let step = await watching.next()
  for (; !step.done; step = await watching.next()) steps.push(step.value)
  return { steps, end: step.value as WatchEnd, asked }
}
const said = (steps: WatchStep[]) =>
  steps.map((step) => (step.type === 'bookmark' ? 'bookmark' : `${step.type} ${step.object.metadata.uid}`))

describe('a recorded watch', () => {
  test('says what changed, what ended and what took its name', async () => {
    const { steps, end, asked } = await followed(recorded.changes)
    expect(asked).toEqual([
      {
        permission: LIST.serviceAccounts,
        params: { cluster: NAME, namespace: 'payments' },
        resourceVersion: '881',
      },
    ])
    const texts = said(steps)
    expect(texts).toContain(`set ${LEDGER}`)
    expect(texts.indexOf(`gone ${BATCH_BEFORE}`)).toBeGreaterThan(-1)
    expect(texts.indexOf(`set ${BATCH_AFTER}`)).toBeGreaterThan(texts.indexOf(`gone ${BATCH_BEFORE}`))
    // The bookmark moves the place and says nothing else.
    expect(steps.at(-1)).toEqual({ type: 'bookmark', resourceVersion: '888' })
    expect(end).toEqual({ why: 'closed', resourceVersion: '888' })
  })
  test('says the same however it is cut into parts', async () => {
    const whole = await followed(recorded.changes)
    for (const size of [1, 7, 1000])
      expect((await followed(recorded.changes, { size })).steps).toEqual(whole.steps)
  })
  test('that begins with what is there says where that ends', async () => {
    const { steps } = await followed(recorded.initial)
    expect(steps.filter(({ type }) => type === 'set')).toHaveLength(6)
    expect(steps.at(-1)).toEqual({ type: 'bookmark', resourceVersion: '890' })
  })
  test('of Secrets holds metadata only, and none of what was applied', async () => {
    const { steps, end } = await followed(recorded.secrets, { permission: LIST.secrets })
    expect(steps.some(({ type }) => type === 'set')).toBe(true)
    expect(JSON.stringify(steps)).not.toMatch(/REDACTED|last-applied/)
    expect(end.why).toBe('closed')
  })
  test('from a place that is forgotten is expired', async () => {
    expect(await followed(recorded.tooOld)).toMatchObject({
      steps: [],
      end: { why: 'expired', resourceVersion: '881' },
    })
  })
})

describe('an end', () => {
  test.each([
    ['text that is no JSON', 'nonsense\n'],
    ['a line cut short', recorded.changes.slice(0, 200)],
    [
      'an event that is not known',
      '{"type":"MOVED","object":{"metadata":{"uid":"a","resourceVersion":"1"}}}\n',
    ],
    ['an object without a place', '{"type":"ADDED","object":{"metadata":{"name":"x"}}}\n'],
    [
      'an object that is not understood',
      '{"type":"ADDED","object":{"metadata":{"uid":"a","resourceVersion":"1"}}}\n',
    ],
    ['another error', '{"type":"ERROR","object":{"code":500}}\n'],
  ])('by %s is malformed, and the place before it stands', async (_, text) => {
    expect((await followed(text)).end).toEqual({ why: 'malformed', resourceVersion: '881' })
  })
  test('by silence is stalled, and the line is dropped', async () => {
    let dropped = false
    async function* silent(): AsyncGenerator<string> {
      yield recorded.changes.split('\n')[0] + '\n'
      await new Promise(() => undefined)
    }
    const transport: Watching['transport'] = {
      watch: (_, __, ___, signal) => {
        signal.addEventListener('abort', () => (dropped = true))
        return silent()
      },
    }
    const { steps, end } = await followed('', { transport, stallMs: 20 })
    expect(steps).toHaveLength(1)
    expect(end).toEqual({ why: 'stalled', resourceVersion: '884' })
    expect(dropped).toBe(true)
  })
  test('by a refusal is thrown, for whoever follows to put into words', async () => {
    // eslint-disable-next-line require-yield -- it is refused before it says anything
    async function* refused(): AsyncGenerator<string> {
      throw new Error('403')
    }
    await expect(followed(refused())).rejects.toThrow('403')
  })
})

test('a deletion is dated as the cluster dates it, or by the clock', async () => {
  const gone = (more: object) => {
    const metadata = { uid: 'u1', name: 'x', namespace: 'shop', resourceVersion: '9', ...more }
    return followed(`${JSON.stringify({ type: 'DELETED', object: { metadata } })}\n`)
  }
  expect((await gone({ deletionTimestamp: '2026-11-22T08:59:00Z' })).steps).toMatchObject([
    { type: 'gone', at: '2026-11-22T08:59:00Z' },
  ])
  expect((await gone({})).steps).toMatchObject([{ type: 'gone', at: NOW }])
})
