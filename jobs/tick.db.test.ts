// What is done every minute: exactly what is due, once, and nothing that is under way.
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import { actorAs } from '@/tests/actors'
import { connectSource } from '@/governance/connections/connect-source'
import { pauseConnection } from '@/governance/connections/pause-connection'
import { endLostRuns } from '@/governance/runs/end-lost-runs'
import { evaluateAged } from '@/governance/runs/evaluate-aged'
import { holdRun } from '@/governance/runs/hold-run'
import { runDetail } from '@/governance/runs/list-runs'
import { startDueSyncs } from '@/governance/runs/start-due-syncs'
import { db } from '@/prisma/client'
import { closeSender, pendingJobs, send } from './queue'
import { tick } from './tick'
import { forgetDeadWorkers } from './worker-beat'

vi.mock('@/governance/connector-registry', async () => {
  const { fakeConnector, fakeEstate } = await import('@/tests/fake-source')
  const connector = fakeConnector(fakeEstate())
  return {
    manifests: () => [connector.manifest],
    manifestOf: () => connector.manifest,
    connectorOf: async () => connector,
  }
})

const administrator = actorAs('administrator')
const MINUTE_MS = 60_000
const after = (minutes: number) => new Date(Date.now() + minutes * MINUTE_MS)

afterEach(async () => {
  await db.connection.deleteMany()
  await db.scope.deleteMany()
  await db.worker.deleteMany()
})
afterAll(async () => {
  await closeSender()
  await db.$disconnect()
})

async function connect(name: string, sync = false) {
  const settings = { address: 'https://fake.example', token: 'a-token-nobody-may-see' }
  return connectSource(administrator, { connectorId: 'fake', name, settings, sync, intervalMinutes: 30 })
}
const finish = (id: string) =>
  db.run.update({ where: { id }, data: { state: 'complete', startedAt: new Date(), endedAt: new Date() } })
const tableOf = (name: string) => db.run.count({ where: { connection: { name } } })

describe('due syncs', () => {
  test('are those never made and those whose interval is over', async () => {
    await connect('never')
    const { runId } = await connect('done', true)
    await finish(runId ?? '')
    expect(await startDueSyncs(after(29))).toHaveLength(1)
    expect([await tableOf('never'), await tableOf('done')]).toEqual([1, 1])
    const [started] = await startDueSyncs(after(31))
    expect(await runDetail(administrator, started ?? '')).toMatchObject({
      connectionName: 'done',
      trigger: 'schedule',
      state: 'queued',
    })
    expect(await pendingJobs('sync-connection', { runId: started })).toHaveLength(1)
    expect(await startDueSyncs(after(120))).toEqual([])
  })
  test('leave out what is paused', async () => {
    const { id } = await connect('paused')
    await pauseConnection(administrator, { connectionId: id })
    expect(await startDueSyncs(after(9999))).toEqual([])
  })
  test('are started once, by however many at the same moment', async () => {
    await connect('one')
    const all = await Promise.all(Array.from({ length: 4 }, () => startDueSyncs(new Date())))
    expect(all.flat()).toHaveLength(1)
  })
})

describe('a run that nobody works on', () => {
  const lost = async (state: 'queued' | 'running') => {
    const { id } = await connect('lost')
    const run = await db.run.create({
      data: { connectionId: id, state, trigger: 'manual', requestedBy: 'x', startedAt: new Date() },
    })
    return run.id
  }
  test('is ended in words, after some patience', async () => {
    const runId = await lost('running')
    expect(await endLostRuns(after(1))).toEqual([])
    expect(await endLostRuns(after(3))).toEqual([runId])
    expect(await runDetail(administrator, runId)).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('Sync again.'),
    })
  })
  test('is left alone while a job waits for it or someone holds it', async () => {
    const runId = await lost('running')
    await holdRun(runId, { waitMs: 0 }, async () => expect(await endLostRuns(after(3))).toEqual([]))
    await send('sync-connection', { runId })
    expect(await endLostRuns(after(3))).toEqual([])
  })
  test('is cancelled when that was asked for', async () => {
    const runId = await lost('running')
    await db.run.update({ where: { id: runId }, data: { cancelRequestedAt: new Date() } })
    expect(await endLostRuns(after(3))).toEqual([runId])
    expect(await runDetail(administrator, runId)).toMatchObject({ state: 'cancelled' })
  })
})

test('verdicts are made anew after a day, and the job is sent once', async () => {
  const id = crypto.randomUUID()
  const now = new Date()
  const scope = {
    connectorId: 'fake',
    nativeId: 'north',
    name: 'north',
    type: 'fake.place',
    sample: false,
    firstSeenAt: now,
  }
  await db.scope.create({ data: { id, ...scope, evaluatedAt: now } })
  await db.look.create({
    data: { scopeId: id, stream: 'bots', kind: 'identity', at: now, runId: id, state: 'complete', gaps: [] },
  })
  expect(await evaluateAged(after(23 * 60))).toEqual([])
  await evaluateAged(after(25 * 60))
  await evaluateAged(after(25 * 60 + 1))
  expect(await pendingJobs('evaluate-scope', { scopeId: id })).toHaveLength(1)
})

test('workers that never said goodbye are forgotten after a day', async () => {
  const startedAt = new Date()
  await db.worker.create({ data: { id: 'silent', startedAt, beatAt: new Date(Date.now() - 25 * 3600_000) } })
  await db.worker.create({ data: { id: 'alive', startedAt, beatAt: startedAt } })
  await forgetDeadWorkers(new Date())
  expect((await db.worker.findMany()).map(({ id }) => id)).toEqual(['alive'])
})

test('one step that fails does not keep the others from being done', async () => {
  await connect('due')
  const broken = vi.spyOn(db.run, 'findMany').mockRejectedValueOnce(new Error('not now'))
  await expect(tick()).rejects.toThrow('some of what is done every minute failed')
  broken.mockRestore()
  expect(await tableOf('due')).toBe(1)
})
