// A changing cluster over HTTP, followed: what is answered afterwards is what the cluster would answer.
import { afterEach, describe, expect, test, vi } from 'vitest'
import { collect, type Collected } from '@/core/collect'
import type { Connector, News } from '@/core/connector'
import { isEnded, type Observed } from '@/core/observation'
import { LiveCluster } from '@/tests/live-cluster/server'
import * as made from '@/tests/live-cluster/objects'
import { openClient } from '../client'
import kubernetes from '../collect'
import { sessionOn } from '../fixtures/recorded-world'
import { KubernetesSettings } from '../settings'
import { FollowedClusters } from './following'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})
const now = () => new Date().toISOString()

async function followedCluster(fill: (cluster: LiveCluster) => void, { stallMs = 60_000 } = {}) {
  const cluster = new LiveCluster()
  cluster.put('namespaces', made.namespace('shop'))
  fill(cluster)
  const server = await cluster.start()
  const stop = new AbortController()
  const settings = KubernetesSettings.parse({ server, token: 'token-of-a-test-0123456789', name: 'test' })
  const sleep = (_: number, signal: AbortSignal) =>
    new Promise<void>((resolve) => (signal.aborted ? resolve() : void setTimeout(resolve, 5)))
  const following = new FollowedClusters({
    transport: openClient(settings),
    signal: stop.signal,
    now,
    stallMs,
    sleep,
  })
  closing.push(
    () => cluster.stop(),
    () => following.transport.close?.(),
    () => stop.abort(),
  )
  return { cluster, following, look: (news?: News[]) => lookAt(following, news) }
}

function chosen(
  news: News[] | undefined,
  scope: string,
  stream: string,
): Pick<News, 'passed' | 'gaps'> | undefined {
  const told = news?.filter((one) => one.scope === scope && one.stream === stream)
  if (told && !told.length) return undefined
  return {
    passed: told?.flatMap(({ passed }) => passed) ?? [],
    gaps: told?.flatMap(({ gaps }) => gaps) ?? [],
  }
}

type Seen = { observed: Observed[]; coverage: Extract<Collected, { type: 'coverage' }>[] }
/** One look: at everything, or at what there is news of. */
async function lookAt(following: FollowedClusters, news?: News[]): Promise<Seen> {
  const seen: Seen = { observed: [], coverage: [] }
  const events = collect(
    kubernetes as unknown as Connector,
    sessionOn(following.transport),
    now(),
    async ({ batch }) => ({ good: batch }),
    {
      choose: (scope, stream) => chosen(news, scope.nativeId, stream),
      begin: (scope, stream) => following.reading(scope.nativeId, stream),
    },
  )
  for await (const event of events) {
    if (event.type === 'observations') seen.observed.push(...event.observations)
    if (event.type === 'coverage') seen.coverage.push(event)
  }
  return seen
}
const rows = ({ observed }: Seen): unknown[] =>
  observed
    .map((one) => (isEnded(one) ? `ended ${one.of} ${one.nativeId}` : `${one.kind} ${one.nativeId}`))
    .sort()
const words = (seen: Seen) =>
  seen.observed.flatMap((one) => (isEnded(one) || !('name' in one) ? [] : [`${one.kind} ${one.name}`])).sort()
/** What there is news of, once it is all there. */
async function newsOf(
  following: FollowedClusters,
  isAll: (news: News[]) => boolean = (news) => news.some(({ stream }) => stream === 'service-accounts'),
): Promise<News[]> {
  const news: News[] = []
  while (!isAll(news)) {
    await following.changed(AbortSignal.timeout(5000))
    if (!following.pending()) throw new Error('there is no more news')
    news.push(...following.take())
  }
  return news
}

const shop = made.deployment('shop', 'web', 'web')
const set = made.replicaSet(shop)
const fill = (cluster: LiveCluster) => {
  cluster.put('serviceaccounts', made.serviceAccount('shop', 'web', 'sa-web'))
  cluster.put('deployments', shop)
  cluster.put('replicasets', set)
  for (let i = 0; i < 1200; i++) cluster.put('pods', made.pod(set, 'web', `pod-${i}`))
  cluster.put('clusterroles', made.clusterRole('view', ['get']))
  cluster.put('rolebindings', made.binding('shop', 'web', 'view', 'web'))
}

describe('a followed cluster', () => {
  test('answers from what it keeps, equal to what it was told, and asks nothing twice', async () => {
    const { cluster, look } = await followedCluster(fill)
    const first = await look()
    await vi.waitFor(() => expect(cluster.watches).toBeGreaterThan(10))
    const asked = cluster.asked.filter(({ watch }) => !watch).length
    const again = await look()
    expect(again.observed).toEqual(first.observed)
    expect(cluster.asked.filter(({ watch }) => !watch)).toHaveLength(asked)
    expect(JSON.stringify(again.observed)).not.toContain(made.PLANTED)
    // 1,200 pods are three pages, and service accounts are asked by four streams.
    expect(cluster.asked.filter(({ resource, watch }) => resource === 'pods' && !watch)).toHaveLength(3)
    expect(
      cluster.asked.filter(({ resource, watch }) => resource === 'serviceaccounts' && !watch),
    ).toHaveLength(1)
  })

  test('tells which streams may say something else, and those say it', async () => {
    const { cluster, following, look } = await followedCluster(fill)
    const before = await look()
    await vi.waitFor(() => expect(cluster.watches).toBeGreaterThan(10))
    cluster.put('serviceaccounts', made.serviceAccount('shop', 'new', 'sa-new'))
    const news = await newsOf(following)
    expect(news.map(({ stream }) => stream).sort()).toEqual([
      'bindings',
      'service-accounts',
      'signing-requests',
      'workloads',
    ])
    const after = await look(news)
    expect(words(after)).toContain('identity shop/new')
    expect(words(before)).not.toContain('identity shop/new')
    expect(following.pending()).toBe(false)
  })

  test('hears nothing of what it does not read', async () => {
    const { cluster, following, look } = await followedCluster(fill)
    await look()
    await vi.waitFor(() => expect(cluster.watches).toBeGreaterThan(10))
    const { metadata, ...pod } = cluster.of('pods').get('pod-7')!
    cluster.put('pods', { ...pod, metadata, status: { phase: 'Failed' } })
    cluster.put('deployments', { ...shop })
    cluster.put('pods', made.pod(set, 'other', 'pod-new'))
    const news = await newsOf(following, (told) => told.length > 0)
    expect(news.map(({ stream }) => stream)).toEqual(['workloads'])
    // Both came by the same line: had the first meant anything, the deployments would be in the news too.
    expect(cluster.of('pods').size).toBe(1201)
  })

  test('what came and went between two looks is told, once, with its end', async () => {
    const { cluster, following, look } = await followedCluster(fill)
    await look()
    await vi.waitFor(() => expect(cluster.watches).toBeGreaterThan(10))
    for (let i = 0; i < 10; i++) {
      cluster.put('serviceaccounts', made.serviceAccount('shop', 'batch', `sa-batch-${i}`))
      cluster.delete('serviceaccounts', `sa-batch-${i}`)
    }
    cluster.delete('serviceaccounts', 'sa-web')
    const all = (news: News[]) =>
      news.some(({ passed }) => passed.some((one) => isEnded(one) && one.nativeId === 'sa-web'))
    const told = rows(await look(await newsOf(following, all)))
    for (let i = 0; i < 10; i++) {
      expect(told).toContain(`identity sa-batch-${i}`)
      expect(told).toContain(`ended identity sa-batch-${i}`)
    }
    // A look has told of this one already.
    expect(told).toContain('ended identity sa-web')
    expect(told).not.toContain('identity sa-web')
  })

  test('policies of its mesh are followed too, and what came and went bears its name there', async () => {
    const policy = {
      metadata: { uid: 'ap-1', name: 'callers', namespace: 'shop' },
      spec: { selector: { matchLabels: { app: set.metadata.name } }, rules: [{}] },
    }
    const { cluster, following, look } = await followedCluster((one) => {
      fill(one)
      one.groups.push({ name: 'security.istio.io', versions: [{ version: 'v1' }] })
      one.put('authorizationpolicies', policy)
    })
    const { observed } = await look()
    const row = observed.find((one) => !isEnded(one) && one.nativeId === 'ap-1')
    expect(row).toMatchObject({ links: [{ value: `${cluster.uid}|shop/web`, match: 'exact' }] })
    await vi.waitFor(() => expect(cluster.watches).toBeGreaterThan(10))
    cluster.delete('authorizationpolicies', 'ap-1')
    cluster.put('serviceaccounts', made.serviceAccount('shop', 'batch', 'sa-batch'))
    cluster.delete('serviceaccounts', 'sa-batch')
    const ended = (news: News[], id: string) =>
      news.some(({ passed }) => passed.some((one) => isEnded(one) && one.nativeId === id))
    const seen = await look(await newsOf(following, (news) => ended(news, 'ap-1') && ended(news, 'sa-batch')))
    expect(rows(seen)).toContain('ended entitlement ap-1')
    expect(seen.observed.find((one) => !isEnded(one) && one.nativeId === 'sa-batch')).toMatchObject({
      keys: expect.arrayContaining([
        { type: 'spiffe.id', value: 'spiffe://cluster.local/ns/shop/sa/batch' },
      ]) as unknown,
    })
  })
})

describe('a watch that ends', () => {
  test('goes on where it was, and nothing that happened meanwhile is missed', async () => {
    const { cluster, following, look } = await followedCluster(fill)
    await look()
    await vi.waitFor(() => expect(cluster.watches).toBeGreaterThan(10))
    cluster.cut()
    cluster.put('serviceaccounts', made.serviceAccount('shop', 'meanwhile', 'sa-meanwhile'))
    const news = await newsOf(following)
    const after = await look(news)
    expect(words(after)).toContain('identity shop/meanwhile')
    expect(after.coverage.every(({ kinds }) => Object.values(kinds).every(({ gaps }) => !gaps.length))).toBe(
      true,
    )
  })

  test('and whose past is forgotten: that look is partial, the next one is whole and says what was not seen', async () => {
    const { cluster, following, look } = await followedCluster(fill)
    await look()
    await vi.waitFor(() => expect(cluster.watches).toBeGreaterThan(10))
    cluster.put('serviceaccounts', made.serviceAccount('shop', 'meanwhile', 'sa-meanwhile'))
    await newsOf(following)
    cluster.down = true
    cluster.cut()
    cluster.put('serviceaccounts', made.serviceAccount('shop', 'later', 'sa-later'))
    cluster.forget()
    cluster.down = false
    // Each list is lost by itself, and each look tells what is lost by then.
    const told: Seen[] = []
    const accounts = await vi.waitFor(async () => {
      told.push(await look(await newsOf(following)))
      const of = told.at(-1)?.coverage.find(({ stream }) => stream === 'service-accounts')
      expect(of?.kinds.identity).toMatchObject({ state: 'partial', why: 'limited' })
      return of
    })
    expect(accounts?.kinds.identity).toMatchObject({ detail: expect.stringContaining('410 Gone') })
    expect(told.flatMap(rows)).not.toContain('identity sa-later')
    const whole = await look(await newsOf(following))
    const found = whole.coverage.find(({ stream }) => stream === 'service-accounts')?.kinds.identity
    expect(found).toMatchObject({
      state: 'complete',
      gaps: expect.arrayContaining([expect.objectContaining({ permission: 'list serviceaccounts' })]),
    })
    expect(rows(whole)).toContain('identity sa-later')
  })

  test('for longer, the cluster being away: the look is partial and retires nothing', async () => {
    const { cluster, following, look } = await followedCluster(fill)
    await look()
    await vi.waitFor(() => expect(cluster.watches).toBeGreaterThan(10))
    cluster.down = true
    cluster.cut()
    await vi.waitFor(() => expect(following.pending()).toBe(true))
    const away = await look(following.take())
    for (const { kinds } of away.coverage)
      for (const coverage of Object.values(kinds)) expect(coverage.state).toBe('partial')
  })

  test('by saying nothing at all, not even where it is, is asked for anew from where it was', async () => {
    const { cluster, following, look } = await followedCluster(fill, { stallMs: 100 })
    await look()
    await vi.waitFor(() => expect(cluster.watches).toBeGreaterThan(10))
    cluster.silent = true
    cluster.put('serviceaccounts', made.serviceAccount('shop', 'unheard', 'sa-unheard'))
    cluster.silent = false
    expect(words(await look(await newsOf(following)))).toContain('identity shop/unheard')
  })

  test('because the role does not allow it: the list is read whenever it is asked, and that is said', async () => {
    const { cluster, following, look } = await followedCluster((one) => {
      fill(one)
      one.denied.add('watch serviceaccounts')
    })
    await look()
    await vi.waitFor(() => expect(following.refused()).toHaveLength(1))
    expect(following.refused()).toMatchObject([{ permission: 'watch serviceaccounts', why: 'denied' }])
    expect(following.refused()[0]?.detail).toContain('verbs: ["list", "watch"]')
    cluster.put('serviceaccounts', made.serviceAccount('shop', 'new', 'sa-new'))
    expect(words(await look())).toContain('identity shop/new')
  })
})
