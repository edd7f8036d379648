// Runs from the request to their end: asked for, done, refused, cancelled and asked for again.
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { runJob } from '@/jobs'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { stagedRows } from '@/tests/staged-rows'
import { actorAs } from '@/tests/actors'
import { connectSource } from '../connections/connect-source'
import { fakeConnector, fakeEstate, fakeTransport } from '@/tests/fake-source'
import { observe } from '@/inventory/observe'
import { reconcileScope } from '@/inventory/reconcile'
import { cancelRun } from './cancel-run'
import { isHeld } from './hold-run'
import { runDetail } from './list-runs'
import { requestSync } from './request-sync'
import { retryRun } from './retry-run'
import { takeUpRun } from './work-on-run'

vi.mock('@/governance/connector-registry', async () => {
  const fake = await import('@/tests/fake-source')
  const connector = fake.fakeConnector(fake.fakeEstate())
  return {
    manifests: () => [connector.manifest],
    manifestOf: () => connector.manifest,
    connectorOf: async () => connector,
  }
})

const administrator = actorAs('administrator')
const settings = { address: 'https://fake.example', token: 'a-token-nobody-may-see' }
const estate = fakeEstate()
const at = {
  signal: new AbortController().signal,
  stopping: new AbortController().signal,
  lastAttempt: true,
  connectorOf: async () => fakeConnector(estate),
}

beforeEach(() => Object.assign(estate, fakeEstate()))
afterEach(async () => {
  await db.connection.deleteMany()
  await db.scope.deleteMany()
})
afterAll(async () => {
  await closeSender()
  await db.$disconnect()
})

const connect = (name: string, over: object = {}) =>
  connectSource(administrator, { connectorId: 'fake', name, settings, ...over })
async function sync(connectionId: string) {
  const { runId } = await requestSync(administrator, { connectionId })
  await runJob('sync-connection', { runId }, at)
  return runDetail(administrator, runId)
}

describe('syncing', () => {
  test('is one run, however many ask at once', async () => {
    const { id } = await connect('One', { sync: false })
    const asked = await Promise.all(
      Array.from({ length: 8 }, () => requestSync(administrator, { connectionId: id })),
    )
    expect(new Set(asked.map(({ runId }) => runId)).size).toBe(1)
    expect(asked.filter(({ alreadyUnderWay }) => !alreadyUnderWay)).toHaveLength(1)
    expect(await db.run.count()).toBe(1)
  })
  test('brings the inventory and says how complete it is', async () => {
    const { id } = await connect('One', { sync: false })
    const run = await sync(id)
    expect(run).toMatchObject({
      state: 'complete',
      phase: 'Complete',
      observations: 3,
      changes: { identity: { created: 3 } },
    })
    expect(run.coverage).toMatchObject([
      { scopeName: 'north', stream: 'bots', kind: 'identity', state: 'complete', count: 3 },
    ])
    expect(run.calls.map(({ permission, ok }) => [permission, ok])).toEqual([
      ['bot:list', 2],
      ['owner:read', 3],
      ['scope:list', 1],
    ])
  })
  test('is partial in words when something was refused', async () => {
    const { id } = await connect('One', { sync: false })
    await sync(id)
    estate.denied = ['bot:list']
    const run = await sync(id)
    expect(run).toMatchObject({ state: 'partial', phase: expect.stringContaining('1 of 1 looks') })
    expect(await db.identity.count({ where: { retiredAt: null } })).toBe(3)
  })
  test('starts over when the hold on it is lost, and changes nothing meanwhile', async () => {
    const { id } = await connect('One', { sync: false })
    estate.slowMs = 200
    const { runId } = await requestSync(administrator, { connectionId: id })
    const job = runJob('sync-connection', { runId }, { ...at, lastAttempt: false })
    await vi.waitFor(async () => expect(await isHeld(runId)).toBe(true))
    const cut = db.$queryRaw`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE application_name = 'rollcall run' AND datname = current_database()`
    await Promise.all([cut, expect(job).rejects.toThrow('lost touch')])
    expect(await runDetail(administrator, runId)).toMatchObject({ state: 'queued' })
    expect(await db.identity.count()).toBe(0)
    await runJob('sync-connection', { runId }, at)
    expect(await runDetail(administrator, runId)).toMatchObject({ state: 'complete' })
  })
  test('does not start over under the hands of an attempt that is applying', async () => {
    const { id } = await connect('One', { sync: false })
    await sync(id)
    const { runId } = await requestSync(administrator, { connectionId: id })
    const observedAt = new Date().toISOString()
    const connection = { id, connectorId: 'fake', mode: 'live' as const }
    const transport = fakeTransport(estate)
    await observe({
      connector: fakeConnector(estate),
      transport,
      connection,
      runId,
      observedAt,
      signal: at.signal,
    })
    const { scopeId } = await db.runCoverage.findFirstOrThrow({ where: { runId } })
    const steps: string[] = []
    let second: Promise<unknown> | undefined
    await db.$transaction(
      async (tx) => {
        // Without the one that says that changes are in flight.
        const locks = () =>
          tx.$queryRaw`SELECT objid FROM pg_locks
            WHERE locktype = 'advisory' AND pid = pg_backend_pid() AND objsubid = 1`
        await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${scopeId}, 0))`
        const held = await locks()
        second = takeUpRun(runId).then(() => steps.push('started over'))
        await new Promise((resolve) => setTimeout(resolve, 700))
        expect(await stagedRows(runId)).toBeGreaterThan(0)
        await reconcileScope(tx, { runId, scopeId, observedAt })
        // It is the lock that reconciling takes itself.
        expect(await locks()).toEqual(held)
        steps.push('applied')
      },
      { timeout: 20_000 },
    )
    await second
    expect(steps).toEqual(['applied', 'started over'])
    expect(await db.identity.count({ where: { retiredAt: null } })).toBe(3)
  })
  test('fails in words when nothing could be read', async () => {
    const { id } = await connect('One', { sync: false })
    estate.denied = ['scope:list']
    const run = await sync(id)
    expect(run).toMatchObject({ state: 'failed', error: 'Nothing could be read. scope:list: not allowed.' })
    expect(run.scopesCoverage).toMatchObject({ state: 'partial', why: 'denied' })
  })
  test('is cancelled while it waits, and its job then does nothing', async () => {
    const { id } = await connect('One', { sync: false })
    const { runId } = await requestSync(administrator, { connectionId: id })
    expect(await cancelRun(administrator, { runId })).toEqual({ runId, state: 'cancelled' })
    await runJob('sync-connection', { runId }, at)
    expect(await runDetail(administrator, runId)).toMatchObject({ state: 'cancelled', observations: 0 })
    await expect(cancelRun(administrator, { runId })).rejects.toMatchObject({ code: 'conflict' })
  })
  test('is cancelled while it runs, and nothing of it stays', async () => {
    const { id } = await connect('One', { sync: false })
    estate.slowMs = 300
    estate.bots = Array.from({ length: 100 }, (_, index) => `bot ${index}`)
    const { runId } = await requestSync(administrator, { connectionId: id })
    const job = runJob('sync-connection', { runId }, at)
    await vi.waitFor(async () =>
      expect(await runDetail(administrator, runId)).toMatchObject({ state: 'running' }),
    )
    expect(await cancelRun(administrator, { runId })).toEqual({ runId, state: 'running' })
    await job
    expect(await runDetail(administrator, runId)).toMatchObject({
      state: 'cancelled',
      phase: 'Cancelled. Nothing was changed.',
    })
    expect(await stagedRows()).toBe(0)
    expect(await db.identity.count()).toBe(0)
  })
  test('is tried again by hand', async () => {
    const { id } = await connect('One', { sync: false })
    estate.denied = ['scope:list']
    const failed = await sync(id)
    const again = await retryRun(administrator, { runId: failed.id })
    expect(again).toMatchObject({ alreadyUnderWay: false })
    expect(again.runId).not.toBe(failed.id)
    expect(await retryRun(administrator, { runId: again.runId })).toEqual({
      runId: again.runId,
      alreadyUnderWay: true,
    })
  })
})
