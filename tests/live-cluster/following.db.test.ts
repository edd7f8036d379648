// A cluster that changes, followed by the job that does it: the inventory says the same as the cluster within seconds.
import { describe, expect, test, vi } from 'vitest'
import { sealSettings } from '@/governance/crypto/seal-settings'
import { startFollowing } from '@/governance/runs/start-following'
import { startRun } from '@/governance/runs/start-run'
import { runJob } from '@/jobs'
import { pendingJobs } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { connectorOf, followedCluster, never, WITHIN } from './followed'
import * as made from './objects'

const here = followedCluster()
const follow = () => here.follow()
const followed = () => here.followed()
const runs = () => here.runs()
const scope = () => here.scope()
const names = () => here.names()

describe('a followed cluster', () => {
  test('what is made and deleted is in the inventory within five seconds, by one run', async () => {
    await followed()
    here.cluster.put('serviceaccounts', made.serviceAccount('shop', 'new', 'sa-new'))
    await vi.waitFor(async () => expect(await names()).toEqual(['shop/new', 'shop/web']), WITHIN)
    here.cluster.delete('serviceaccounts', 'sa-web')
    await vi.waitFor(async () => expect(await names()).toEqual(['shop/new']), WITHIN)
    here.cluster.put('serviceaccounts', made.serviceAccount('shop', 'web', 'sa-web-2'))
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
      here.cluster.put('serviceaccounts', made.serviceAccount('shop', 'batch', `sa-batch-${i}`))
      here.cluster.delete('serviceaccounts', `sa-batch-${i}`)
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
    here.stopping.abort()
    await here.following
    expect(await runs()).toMatchObject([
      { state: expect.stringMatching(/^(complete|partial)$/), error: null },
    ])
    here.cluster.put('serviceaccounts', made.serviceAccount('shop', 'new', 'sa-new'))
    here.cluster.delete('serviceaccounts', 'sa-web')
    here.stopping = new AbortController()
    follow()
    await vi.waitFor(async () => expect(await names()).toEqual(['shop/new']), { timeout: 15_000 })
  })

  test('ends where a sync is to read it, where it is paused, and where its settings change', async () => {
    const other = sealSettings(here.connectionId, { server: 'https://127.0.0.1:1', token: 'x'.repeat(20) })
    const ends = [
      () =>
        db.$transaction((tx) => startRun(tx, here.connectionId, { trigger: 'manual', requestedBy: 'test' })),
      () => db.connection.update({ where: { id: here.connectionId }, data: { paused: true } }),
      () => db.connection.update({ where: { id: here.connectionId }, data: { settings: other } }),
    ]
    for (const end of ends) {
      await followed()
      await end()
      await here.following
      expect((await runs()).at(-1)?.state).not.toBe('following')
      await db.run.deleteMany({ where: { connectionId: here.connectionId } })
      await db.connection.update({ where: { id: here.connectionId }, data: { paused: false } })
    }
  })
})

describe('nothing is retired', () => {
  test('by what a look did not see that was cut short by the end of the worker', async () => {
    await followed()
    for (let i = 0; i < 3; i++) {
      here.cluster.put('serviceaccounts', made.serviceAccount('shop', `n${i}`, `sa-${i}`))
      here.stopping.abort()
      await here.following
      expect(await names()).toContain('shop/web')
      here.stopping = new AbortController()
      follow()
      await vi.waitFor(async () => expect(await names()).toContain(`shop/n${i}`), { timeout: 15_000 })
    }
  })
})

test('is followed once it was read and while nothing else reads it, by one worker', async () => {
  expect(await startFollowing()).toEqual([])
  await db.run.create({
    data: {
      connectionId: here.connectionId,
      trigger: 'connect',
      requestedBy: 'test',
      state: 'complete',
      endedAt: new Date(),
    },
  })
  expect(await startFollowing()).toEqual([here.connectionId])
  expect(await startFollowing()).toEqual([])
  expect(await pendingJobs('follow-connection', { connectionId: here.connectionId })).toHaveLength(1)
  await followed()
  // Another worker that is sent the same job finds it held.
  const second = { signal: never, stopping: never, lastAttempt: true, connectorOf }
  await runJob('follow-connection', { connectionId: here.connectionId }, second)
  expect((await runs()).filter(({ trigger }) => trigger === 'watch')).toHaveLength(1)
})
