// A run that looks again at what was throttled, beside everything else that happens to a run.
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { pauseConnection } from '@/governance/connections/pause-connection'
import { endRun } from '@/governance/runs/end-run'
import { runDetail } from '@/governance/runs/list-runs'
import { requestSync } from '@/governance/runs/request-sync'
import { startDueResumes } from '@/governance/runs/start-due-resumes'
import { getSource } from '@/inventory/queries/get-source'
import { db } from '@/prisma/client'
import * as resuming from '@/tests/resuming'
import { administrator, at, MINUTE_MS } from '@/tests/resuming'
import { runJob } from './index'
import { closeSender, pendingJobs } from './queue'
import { tick } from './tick'
import { forgetActivity } from '@/tests/unguarded-activity'

vi.mock('@/governance/connector-registry', async () => {
  const { fakeConnector, fakeEstate } = await import('@/tests/fake-source')
  const connector = fakeConnector(fakeEstate())
  return {
    manifests: () => [connector.manifest],
    manifestOf: () => connector.manifest,
    connectorOf: async () => connector,
  }
})

const { source, work, sync, waiting, plan, whenDue, resume, stateOf } = resuming
let id = ''

beforeEach(async () => {
  id = await resuming.begin()
})
afterEach(async () => {
  await db.connection.deleteMany()
  await db.scope.deleteMany()
  await forgetActivity()
})
afterAll(async () => {
  await closeSender()
  await db.$disconnect()
})

describe('a run that looks again', () => {
  /** Works on it until its first call of the throttled stream, which is answered only when it is let go. */
  async function heldAtCall() {
    source.throttled.set('key:list north', 'no word')
    await sync()
    source.throttled.clear()
    source.calls = []
    let release = () => {}
    const gate = new Promise<void>((resolve) => (release = resolve))
    let reached = () => {}
    const there = new Promise<void>((resolve) => (reached = resolve))
    source.before = (call) => {
      if (call !== 'key:list north') return
      reached()
      return gate
    }
    const runId = await whenDue()
    const stopping = new AbortController()
    const job = runJob('sync-connection', { runId }, { ...at(), stopping: stopping.signal })
    await there
    return { runId, job, stopping, release }
  }
  test('is taken up again by another worker, and what it had read is no gap', async () => {
    const { runId, job, stopping, release } = await heldAtCall()
    stopping.abort()
    await job
    release()
    expect(await runDetail(administrator, runId)).toMatchObject({ state: 'queued', resumes: { attempt: 1 } })
    expect(await pendingJobs('sync-connection', { runId })).toHaveLength(2)
    source.before = undefined
    source.calls = []
    await work(runId)
    expect(source.calls.filter((call) => !call.startsWith('scope'))).toEqual(['key:list north'])
    expect(await runDetail(administrator, runId)).toMatchObject({ state: 'complete' })
    expect((await getSource(administrator, id)).source.state).toBe('complete')
  })
  test('started over after it was applied reads the same again, and says so', async () => {
    source.throttled.set('key:list north', 'no word')
    await sync()
    source.throttled.clear()
    const run = await resume()
    // As a worker leaves it that is killed between applying and the last word.
    await db.run.update({ where: { id: run.id }, data: { state: 'running', endedAt: null } })
    source.calls = []
    await work(run.id)
    expect(source.calls).toContain('key:list north')
    expect(await runDetail(administrator, run.id)).toMatchObject({ state: 'complete' })
    expect((await runDetail(administrator, run.id)).coverage).toHaveLength(2)
  })
  test('stops for a sync, which does not begin before it has', async () => {
    const { runId, job, release } = await heldAtCall()
    const asked = await requestSync(administrator, { connectionId: id })
    expect(asked).toMatchObject({ alreadyUnderWay: false })
    const states: string[] = []
    source.before = async (call) => {
      if (call === 'scope:list north') states.push(await stateOf(runId))
    }
    await Promise.all([job, work(asked.runId)])
    release()
    expect(states).toEqual(['cancelled'])
    expect(await stateOf(asked.runId)).toBe('complete')
  })
  test('plans no other where a sync waits for it, and does not begin beside one', async () => {
    source.throttled.set('key:list north', 'no word')
    await sync()
    const { id: runId, resumes } = await plan()
    const one = { connectionId: id, trigger: 'manual', requestedBy: 'test', state: 'running' }
    const beside = await db.run.create({ data: one })
    expect(await startDueResumes(new Date(Date.parse(resumes.at)))).toEqual([])
    expect(await stateOf(runId)).toBe('waiting')
    await db.run.update({ where: { id: runId }, data: { state: 'running' } })
    await endRun(runId, { state: 'partial', changes: {} })
    expect(await waiting()).toBeUndefined()
    await db.run.update({ where: { id: beside.id }, data: { state: 'complete' } })
    await db.run.update({ where: { id: runId }, data: { state: 'running' } })
    await endRun(runId, { state: 'partial', changes: {} })
    expect((await plan()).resumes.attempt).toBe(2)
  })
  test('stops when the source is paused', async () => {
    const { runId, job, release } = await heldAtCall()
    await pauseConnection(administrator, { connectionId: id })
    await job
    release()
    expect(await stateOf(runId)).toBe('cancelled')
    expect(await waiting()).toBeUndefined()
  })
  test('keeps no sync from being due, and is none itself', async () => {
    const { runId, job, release } = await heldAtCall()
    await tick(new Date(Date.now() + 1441 * MINUTE_MS))
    expect(await db.run.count({ where: { connectionId: id, state: 'queued' } })).toBe(0)
    release()
    await job
    expect(await stateOf(runId)).toBe('complete')
    // The sync was a day ago, and what looked again was not.
    const aDayAgo = new Date(Date.now() - 1441 * MINUTE_MS)
    const syncs = { connectionId: id, trigger: 'manual' }
    await db.run.updateMany({ where: syncs, data: { createdAt: aDayAgo, startedAt: aDayAgo } })
    await tick()
    expect(await db.run.count({ where: { connectionId: id, state: 'queued', trigger: 'schedule' } })).toBe(1)
  })
})
