// Lists of several pages, and lists that the cluster forgets while they are read.
import { describe, expect, test } from 'vitest'
import type { StreamAt } from '@/core/connector'
import type { Fact } from '@/core/fact'
import { UpstreamError, type Transport } from '@/core/upstream'
import { explainAnswer } from './explain'
import { sessionOn, NAME, NOW, UID } from './fixtures/recorded-world'
import expiring from './fixtures/expiring-list.json'
import refusals from './fixtures/refusals.json'
import { gather, GO_ON, tryList } from './list'
import { LIST } from './permissions'
import { Bare, ServiceAccount } from './shapes'

type Asked = Record<string, unknown>
type Page = { metadata: { continue: string }; items: { metadata: { name: string } }[] }
/** A transport that answers by the place asked for; an error is thrown. */
function listing(answer: (params: Asked, count: number) => unknown) {
  const asked: Asked[] = []
  const transport: Transport = {
    async send(permission, params) {
      asked.push(params)
      const given = answer(params, asked.length)
      if (given instanceof Error) throw given
      return given
    },
    explain: () => undefined,
  }
  const lacked: Fact<unknown>[] = []
  const session = sessionOn(transport)
  const at: StreamAt = {
    session,
    scope: { nativeId: UID, name: NAME, type: 'kubernetes.cluster' },
    now: NOW,
    lacking: (_, refusal) => void lacked.push(refusal),
    unlooked: () => undefined,
  }
  return { at, asked, lacked, session }
}
const account = (name: string) => ({ metadata: { uid: `uid-${name}`, name, namespace: 'shop' } })
const page = (names: string[], next?: string) => ({
  kind: 'ServiceAccountList',
  metadata: { continue: next ?? '' },
  items: names.map(account),
})
const LISTING = {
  permission: LIST.serviceAccounts,
  params: { cluster: NAME },
  item: ServiceAccount,
  kinds: ['identity'] as const,
}
const expired = () =>
  new UpstreamError(
    'limited',
    LIST.serviceAccounts,
    explainAnswer(LIST.serviceAccounts, refusals.expired).detail,
  )
const names = async (at: StreamAt): Promise<string[]> => {
  const listed = await tryList(at, LISTING)
  const found: string[] = []
  if (listed.state === 'known') for await (const { metadata } of listed.value) found.push(metadata.name)
  return found
}
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => 'none',
    (error: unknown) => error,
  )

describe('pages', () => {
  test('are followed to the last', async () => {
    const { at, asked } = listing((_, n) => [page(['a'], '1'), page(['b'], '2'), page(['c'])][n - 1])
    expect(await names(at)).toEqual(['a', 'b', 'c'])
    expect(asked).toEqual([
      { cluster: NAME },
      { cluster: NAME, continue: '1' },
      { cluster: NAME, continue: '2' },
    ])
  })
  test('items of null are none, and no items at all are no answer', async () => {
    expect(await names(listing(() => ({ kind: 'List', metadata: {}, items: null })).at)).toEqual([])
    const cut = listing(() => ({ kind: 'List', metadata: {} }))
    expect(await tryList(cut.at, LISTING)).toMatchObject({ state: 'unknown', why: 'malformed' })
  })
  test('that go round in a circle end as malformed', async () => {
    const { at } = listing((params) => page(['a'], params['continue'] === '1' ? '2' : '1'))
    expect(await failure(names(at))).toMatchObject({ why: 'malformed' })
  })
  test('beyond the limit end as limited', async () => {
    const { at, session } = listing((_, n) => page([`a${n}`], String(n)))
    session.limits.pagesMax = 3
    expect(await failure(names(at))).toMatchObject({ why: 'limited', detail: 'more than 3 pages' })
  })
  test('refused in the middle are an error after what was seen', async () => {
    const { at } = listing((_, n) => (n === 1 ? page(['a'], '1') : new UpstreamError('denied', 'x', 'no')))
    expect(await failure(names(at))).toMatchObject({ why: 'denied', permission: LIST.serviceAccounts })
  })
})

describe('metadata alone', () => {
  test('given as whole objects is refused unread', async () => {
    const whole = { kind: 'SecretList', metadata: {}, items: [{ ...account('a'), data: { key: 'canary' } }] }
    const { at } = listing(() => whole)
    const listed = await tryList(at, {
      permission: LIST.secrets,
      params: { cluster: NAME },
      item: Bare,
      kinds: ['secret'],
    })
    expect(listed).toMatchObject({ state: 'unknown', why: 'malformed' })
    expect(JSON.stringify(listed)).not.toContain('canary')
  })
})

describe('a list that expires', () => {
  test('is begun again once: whole, without what came before, and said', async () => {
    const { at, asked, lacked, session } = listing(
      (_, n) => [page(['a', 'b'], '1'), expired(), page(['b', 'c'], '2'), page(['d'])][n - 1],
    )
    expect(await names(at)).toEqual(['a', 'b', 'c', 'd'])
    expect(asked.map((params) => params['continue'])).toEqual([undefined, '1', undefined, '2'])
    expect(lacked).toEqual([])
    expect(session.drainGaps()).toMatchObject([
      { permission: LIST.serviceAccounts, why: 'limited', count: 1 },
    ])
  })
  test('twice goes on with things as they are, and counts as partial', async () => {
    const { at, asked, lacked } = listing((params, n) => {
      if (params['expired']) return page(['c'])
      return [page(['a'], '1'), expired(), page(['a', 'b'], '2'), expired()][n - 1]
    })
    expect(await names(at)).toEqual(['a', 'b', 'c'])
    expect(asked.at(-1)).toEqual({ cluster: NAME, continue: '2', ...GO_ON })
    expect(lacked).toMatchObject([{ state: 'unknown', why: 'limited' }])
  })
  test('as it was recorded, expired both times: goes on, and nothing is lost or there twice', async () => {
    const { first, onward } = expiring as unknown as { first: Page; onward: Page }
    const { at, lacked } = listing((params) => {
      if (params['expired']) return { ...onward, metadata: { continue: '' } }
      return params['continue'] === first.metadata.continue ? expired() : first
    })
    const all = [...first.items, ...onward.items].map(({ metadata }) => metadata.name)
    expect(await names(at)).toEqual(all)
    expect(lacked).toHaveLength(1)
  })
})

test('gather gives all in the order of their ids, or the refusal', async () => {
  const { at } = listing((_, n) => [page(['b'], '1'), page(['a'])][n - 1])
  expect(await gather(at, LISTING)).toMatchObject({
    value: [{ metadata: { name: 'a' } }, { metadata: { name: 'b' } }],
  })
  const denied = listing(() => new UpstreamError('denied', 'x', 'no'))
  expect(await gather(denied.at, LISTING)).toMatchObject({ state: 'unknown', why: 'denied' })
})
