// Watches as they were recorded: changes by UID, the place to go on from, and every way in which one ends.
import { describe, expect, test } from 'vitest'
import { isEnded, type Observed } from '@/core/observation'
import { NAME, UID } from './fixtures/recorded-world'
import recorded from './fixtures/watches.json'
import { LIST } from './permissions'
import { follow, type Following, type WatchEnd, type WatchStep } from './watch'

const NOW = '2026-11-22T09:00:00.000Z'
const LEDGER = 'cbe19d08-6bef-45bb-9f76-d93bc6b9972f'
const BATCH_BEFORE = 'd7e31b7d-d1a9-4f65-8a9a-9d4dfd122598'
const BATCH_AFTER = '4276ae3b-6871-4c56-8923-71e6692341b1'

const seen = (): Following['seen'] => ({
  cluster: { uid: UID, addresses: [], issuer: 'issuer.example' },
  accounts: new Map(),
  held: new Map(),
})
async function* parts(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size)
}
type Options = Partial<Following> & { size?: number }
async function followed(text: string | AsyncIterable<string>, { size = 1e9, ...rest }: Options = {}) {
  const asked: unknown[] = []
  const steps: WatchStep[] = []
  const watching = follow({
    transport: {
      watch: (permission, params, resourceVersion) => {
        asked.push({ permission, params, resourceVersion })
        return typeof text === 'string' ? parts(text, size) : text
      },
    },
    permission: LIST.serviceAccounts,
    params: { cluster: NAME, namespace: 'payments' },
    resourceVersion: '881',
    seen: seen(),
    signal: new AbortController().signal,
    now: () => NOW,
    ...rest,
  })
  let step = await watching.next()
  for (; !step.done; step = await watching.next()) steps.push(step.value)
  return { steps, end: step.value as WatchEnd, asked, observed: steps.flatMap(({ observed }) => observed) }
}
const said = (all: Observed[]) =>
  all.map((one) => (isEnded(one) ? `ended ${one.of} ${one.nativeId}` : `${one.kind} ${one.nativeId}`))

describe('a recorded watch', () => {
  test('says what changed, what ended and what took its name', async () => {
    const { steps, end, asked, observed } = await followed(recorded.changes)
    expect(asked).toEqual([
      {
        permission: LIST.serviceAccounts,
        params: { cluster: NAME, namespace: 'payments' },
        resourceVersion: '881',
      },
    ])
    const texts = said(observed)
    expect(texts).toContain(`identity ${LEDGER}`)
    expect(texts.indexOf(`ended identity ${BATCH_BEFORE}`)).toBeGreaterThan(-1)
    expect(texts.indexOf(`identity ${BATCH_AFTER}`)).toBeGreaterThan(
      texts.indexOf(`ended identity ${BATCH_BEFORE}`),
    )
    expect(texts).toContain(`ended owner-hint ${BATCH_BEFORE}/owner/label/team`)
    expect(texts).toContain('identity 29dbaebd-22b7-4c0d-a69c-c3f3e0a97379')
    // The bookmark moves the place and says nothing else.
    expect(steps.at(-1)).toEqual({ observed: [], resourceVersion: '888' })
    expect(end).toEqual({ why: 'closed', resourceVersion: '888' })
  })
  test('says the same however it is cut into parts', async () => {
    const whole = await followed(recorded.changes)
    for (const size of [1, 7, 1000])
      expect((await followed(recorded.changes, { size })).steps).toEqual(whole.steps)
  })
  test('that begins with what is there says where that ends', async () => {
    const { steps, observed } = await followed(recorded.initial)
    expect(observed.filter(({ kind }) => kind === 'identity')).toHaveLength(6)
    expect(steps.at(-1)).toEqual({ observed: [], resourceVersion: '890', initialEventsEnd: true })
  })
  test('of Secrets holds metadata only, and none of what was applied', async () => {
    const { observed, end } = await followed(recorded.secrets, { permission: LIST.secrets })
    expect(said(observed).length).toBeGreaterThan(0)
    expect(JSON.stringify(observed)).not.toMatch(/REDACTED|last-applied/)
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
    const transport: Following['transport'] = {
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

describe('a changed binding', () => {
  const binding = (subjects: string[]) => ({
    metadata: { uid: 'b1', name: 'x', namespace: 'shop', resourceVersion: '2' },
    roleRef: { kind: 'ClusterRole', name: 'view' },
    subjects: subjects.map((name) => ({ kind: 'User', name })),
  })
  const line = (type: string, object: unknown) => `${JSON.stringify({ type, object })}\n`
  const permission = LIST.roleBindings
  test('ends what it no longer says, where it was known what it said', async () => {
    const text = line('ADDED', binding(['a', 'b'])) + line('MODIFIED', binding(['b', 'c']))
    const { steps } = await followed(text, { permission })
    expect(said(steps[1]!.observed)).toEqual([
      'identity user:b',
      'identity user:c',
      'grant b1/User/b',
      'grant b1/User/c',
      'ended grant b1/User/a',
    ])
  })
  test('that is deleted ends its grants, not the users another may name', async () => {
    const { observed } = await followed(line('DELETED', binding(['a'])), { permission })
    expect(observed).toEqual([{ kind: 'ended', of: 'grant', nativeId: 'b1/User/a', at: NOW }])
  })
})

test('a deletion is dated as the cluster dates it', async () => {
  const metadata = {
    uid: 'u1',
    name: 'x',
    namespace: 'shop',
    resourceVersion: '9',
    deletionTimestamp: '2026-11-22T08:59:00Z',
  }
  const { observed } = await followed(`${JSON.stringify({ type: 'DELETED', object: { metadata } })}\n`)
  expect(observed).toEqual([{ kind: 'ended', of: 'identity', nativeId: 'u1', at: '2026-11-22T08:59:00Z' }])
})
