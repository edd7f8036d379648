// A cluster that changes, followed by the job that does it: the inventory says the same as the cluster within seconds.
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Connector } from '@/core/connector'
import kubernetes from '@/connectors/kubernetes/collect'
import { sealSettings } from '@/governance/crypto/seal-settings'
import { startFollowing } from '@/governance/runs/start-following'
import { startRun } from '@/governance/runs/start-run'
import { scopeIdOf } from '@/inventory/scopes'
import { runJob } from '@/jobs'
import { closeSender, pendingJobs } from '@/jobs/queue'
import { db } from '@/prisma/client'
import * as made from './objects'
import { LiveCluster } from './server'

const WITHIN = { timeout: 5_000, interval: 50 }
const never = new AbortController().signal
const connectorOf = async () => kubernetes as unknown as Connector

let cluster: LiveCluster
let connectionId: string
let stopping: AbortController
let following: Promise<void> | undefined

beforeEach(async () => {
  cluster = new LiveCluster()
  cluster.put('namespaces', made.namespace('shop'))
  cluster.put('serviceaccounts', made.serviceAccount('shop', 'web', 'sa-web'))
  const web = made.deployment('shop', 'web', 'web')
  cluster.put('deployments', web)
  cluster.put('replicasets', made.replicaSet(web))
  cluster.put('pods', made.pod(made.replicaSet(web), 'web', 'pod-1'))
  const server = await cluster.start()
  connectionId = randomUUID()
  await db.connection.create({
    data: {
      id: connectionId,
      connectorId: made.CONNECTOR,
      name: `cluster ${connectionId}`,
      mode: 'live',
      settings: sealSettings(connectionId, made.settingsFor(server)),
      intervalMinutes: 60,
      createdBy: 'test',
    },
  })
  stopping = new AbortController()
})
afterEach(async () => {
  stopping.abort()
  await following?.catch(() => {})
  await db.connection.delete({ where: { id: connectionId } })
  await cluster.stop()
})
afterAll(closeSender)

const follow = () => {
  const at = { signal: never, stopping: stopping.signal, lastAttempt: true, connectorOf }
  following = runJob('follow-connection', { connectionId }, at)
}
const runs = () => db.run.findMany({ where: { connectionId }, orderBy: { createdAt: 'asc' } })
const scope = () => scopeIdOf(made.CONNECTOR, false, cluster.uid)
const names = async () =>
  (
    await db.identity.findMany({
      where: { scopeId: scope(), retiredAt: null, type: 'kubernetes.service-account' },
      select: { name: true },
      orderBy: { name: 'asc' },
    })
  ).map(({ name }) => name)
const followed = async () => {
  follow()
  await vi.waitFor(async () => expect(await names()).toEqual(['shop/web']), { timeout: 15_000 })
  await vi.waitFor(() => expect(cluster.watches).toBeGreaterThan(10), WITHIN)
}

describe('a followed cluster', () => {
  test('what is made and deleted is in the inventory within five seconds, by one run', async () => {
    await followed()
    cluster.put('serviceaccounts', made.serviceAccount('shop', 'new', 'sa-new'))
    await vi.waitFor(async () => expect(await names()).toEqual(['shop/new', 'shop/web']), WITHIN)
    cluster.delete('serviceaccounts', 'sa-web')
    await vi.waitFor(async () => expect(await names()).toEqual(['shop/new']), WITHIN)
    cluster.put('serviceaccounts', made.serviceAccount('shop', 'web', 'sa-web-2'))
    await vi.waitFor(async () => expect(await names()).toEqual(['shop/new', 'shop/web']), WITHIN)
    // The one that bears the name now is another one.
    const found = await db.identity.findMany({
      where: { scopeId: scope(), name: 'shop/web' },
    })
    expect(found.map(({ nativeId, retiredAt }) => [nativeId, retiredAt !== null]).sort()).toEqual([
      ['sa-web', true],
      ['sa-web-2', false],
    ])
    expect(await runs()).toMatchObject([{ trigger: 'watch', state: 'following', endedAt: null }])
  })

  test('what came and went between two looks is held, and has ended', async () => {
    await followed()
    for (let i = 0; i < 10; i++) {
      cluster.put('serviceaccounts', made.serviceAccount('shop', 'batch', `sa-batch-${i}`))
      cluster.delete('serviceaccounts', `sa-batch-${i}`)
    }
    const held = () =>
      db.identity.count({
        where: { scopeId: scope(), name: 'shop/batch', retiredAt: { not: null } },
      })
    await vi.waitFor(async () => expect(await held()).toBe(10), WITHIN)
    expect(await names()).toEqual(['shop/web'])
  })

  test('ends with the worker, whole, and another one takes it up', async () => {
    await followed()
    stopping.abort()
    await following
    expect(await runs()).toMatchObject([
      { state: expect.stringMatching(/^(complete|partial)$/), error: null },
    ])
    cluster.put('serviceaccounts', made.serviceAccount('shop', 'new', 'sa-new'))
    cluster.delete('serviceaccounts', 'sa-web')
    stopping = new AbortController()
    follow()
    await vi.waitFor(async () => expect(await names()).toEqual(['shop/new']), { timeout: 15_000 })
  })

  test('ends where a sync is to read it, where it is paused, and where its settings change', async () => {
    const other = sealSettings(connectionId, { server: 'https://127.0.0.1:1', token: 'x'.repeat(20) })
    const ends = [
      () => db.$transaction((tx) => startRun(tx, connectionId, { trigger: 'manual', requestedBy: 'test' })),
      () => db.connection.update({ where: { id: connectionId }, data: { paused: true } }),
      () => db.connection.update({ where: { id: connectionId }, data: { settings: other } }),
    ]
    for (const end of ends) {
      await followed()
      await end()
      await following
      expect((await runs()).at(-1)?.state).not.toBe('following')
      await db.run.deleteMany({ where: { connectionId } })
      await db.connection.update({ where: { id: connectionId }, data: { paused: false } })
    }
  })
})

describe('nothing is retired', () => {
  test('while the cluster is away, and the look says what is not known', async () => {
    await followed()
    cluster.down = true
    cluster.cut()
    const looks = () => db.look.findMany({ where: { scopeId: scope(), stream: 'service-accounts' } })
    await vi.waitFor(
      async () => {
        for (const look of await looks()) expect(look.state).toBe('partial')
      },
      { timeout: 25_000, interval: 200 },
    )
    expect(await names()).toEqual(['shop/web'])
    cluster.down = false
  })

  test('by what a look did not see that was cut short by the end of the worker', async () => {
    await followed()
    for (let i = 0; i < 3; i++) {
      cluster.put('serviceaccounts', made.serviceAccount('shop', `n${i}`, `sa-${i}`))
      stopping.abort()
      await following
      expect(await names()).toContain('shop/web')
      stopping = new AbortController()
      follow()
      await vi.waitFor(async () => expect(await names()).toContain(`shop/n${i}`), { timeout: 15_000 })
    }
  })
})

test('is followed once it was read and while nothing else reads it, by one worker', async () => {
  expect(await startFollowing()).toEqual([])
  await db.run.create({
    data: { connectionId, trigger: 'connect', requestedBy: 'test', state: 'complete', endedAt: new Date() },
  })
  expect(await startFollowing()).toEqual([connectionId])
  expect(await startFollowing()).toEqual([])
  expect(await pendingJobs('follow-connection', { connectionId })).toHaveLength(1)
  await followed()
  // Another worker that is sent the same job finds it held.
  const second = { signal: never, stopping: never, lastAttempt: true, connectorOf }
  await runJob('follow-connection', { connectionId }, second)
  expect((await runs()).filter(({ trigger }) => trigger === 'watch')).toHaveLength(1)
})
