// What becomes of a run when its worker fails, stops or is killed.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import type { Connector } from '@/core/connector'
import { stagedRows } from '@/tests/staged-rows'
import { actorAs } from '@/tests/actors'
import { connectSource } from '@/governance/connections/connect-source'
import { fakeConnector, fakeEstate, type FakeEstate } from '@/tests/fake-source'
import { health } from '@/governance/health'
import { holdRun } from '@/governance/runs/hold-run'
import { runDetail } from '@/governance/runs/list-runs'
import { db } from '@/prisma/client'
import { closeSender, pendingJobs } from './queue'
import { runUntil } from './run-until'
import { startWorker, type RunningWorker } from './run-worker'

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
const children: ChildProcess[] = []
const workers: RunningWorker[] = []

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  for (const worker of workers.splice(0)) await worker.stop()
  await db.connection.deleteMany()
  await db.scope.deleteMany()
  await db.posture.deleteMany()
  await db.finding.deleteMany()
  await db.$executeRaw`TRUNCATE past.identity`
  await db.worker.deleteMany()
})
afterAll(async () => {
  await closeSender()
  await db.$disconnect()
})

async function connect(): Promise<string> {
  const { runId } = await connectSource(administrator, {
    connectorId: 'fake',
    settings: { address: 'https://fake.example', token: 'a-token-nobody-may-see' },
  })
  return runId ?? ''
}
async function inProcess(connector: Connector) {
  const worker = await startWorker({ connectorOf: async () => connector })
  workers.push(worker)
  return worker
}
/** A worker process, ready to take jobs. */
async function spawned(estate: Partial<FakeEstate>): Promise<ChildProcess> {
  const args = [
    '--import',
    'tsx',
    path.join(import.meta.dirname, '../tests/fake-worker.ts'),
    JSON.stringify(estate),
  ]
  const child = spawn(process.execPath, args, {
    cwd: path.dirname(import.meta.dirname),
    stdio: ['ignore', 'pipe', 'inherit'],
    env: process.env,
  })
  children.push(child)
  await once(child.stdout!, 'data')
  return child
}
const until = (check: () => Promise<void>, timeout = 100_000) => vi.waitFor(check, { timeout, interval: 100 })
const ended = (runId: string, state: string) =>
  until(async () => expect((await runDetail(administrator, runId)).state).toBe(state))
/** As `ended`, without the pause before what failed is tried again, which is a few seconds long. */
const endedSoon = (runId: string, state: string) =>
  until(async () => {
    await db.$executeRaw`UPDATE pgboss.job SET start_after = now()
      WHERE state = 'retry' AND data ->> 'runId' = ${runId} AND start_after < now() + interval '10 s'`
    expect((await runDetail(administrator, runId)).state).toBe(state)
  })
/** The time after which the queue misses the heartbeat of a dead process has gone by. */
async function heartbeatIsMissing(runId: string) {
  const aged = await db.$executeRaw`
    UPDATE pgboss.job SET heartbeat_on = heartbeat_on - make_interval(secs => heartbeat_seconds)
    WHERE state = 'active' AND heartbeat_seconds <= 10 AND data ->> 'runId' = ${runId}`
  expect(aged).toBe(1)
}
const names = (count: number) => Array.from({ length: count }, (_, index) => `bot ${index}`)
const nothingPends = (runId: string) =>
  until(async () => {
    expect(await pendingJobs('sync-connection', { runId })).toEqual([])
    expect(await pendingJobs('evaluate-scope', { runId })).toEqual([])
  })

describe('a worker', () => {
  test('takes a run, applies it and has the rules asked', async () => {
    await inProcess(fakeConnector(fakeEstate()))
    const runId = await connect()
    await ended(runId, 'complete')
    await nothingPends(runId)
    const scope = await db.scope.findFirstOrThrow()
    expect(scope.evaluatedAt).not.toBeNull()
    expect(await db.posture.count()).toBe(3)
  })
  test('says that it is there, and takes its leave', async () => {
    expect(await health()).toEqual({ ok: false, database: 'ok', worker: 'missing' })
    const worker = await inProcess(fakeConnector(fakeEstate()))
    expect(await health()).toMatchObject({
      ok: true,
      database: 'ok',
      worker: 'ok',
      since: expect.any(String),
    })
    const later = new Date(Date.now() + 31_000)
    expect(await health(later)).toMatchObject({ ok: false, worker: 'missing' })
    await worker.stop()
    expect(await db.worker.count()).toBe(0)
  })
  test('tries again what failed for no good reason, and tells people when it gives up', async () => {
    let attempts = 0
    const broken = {
      ...fakeConnector(fakeEstate()),
      open: () => {
        throw new Error(`no luck ${++attempts}`)
      },
    }
    await inProcess(broken)
    const runId = await connect()
    await until(async () =>
      expect((await runDetail(administrator, runId)).phase).toBe('Starts over soon: no luck 1'),
    )
    await endedSoon(runId, 'failed')
    expect(attempts).toBe(3)
    expect(await runDetail(administrator, runId)).toMatchObject({
      error: expect.stringMatching(/^no luck 3\. .*try again later/),
    })
    await nothingPends(runId)
  })
  test('succeeds when only the first attempt failed, and leaves no error behind', async () => {
    let attempts = 0
    const whole = fakeConnector(fakeEstate())
    const shaky = {
      ...whole,
      open: (settings: unknown) => {
        if (++attempts === 1) throw new Error('not yet')
        return whole.open(settings)
      },
    }
    await inProcess(shaky)
    const runId = await connect()
    await endedSoon(runId, 'complete')
    expect(await runDetail(administrator, runId)).not.toHaveProperty('error')
  })
  test('does not touch a run that an earlier attempt still works on', async () => {
    const runId = await connect()
    let release = () => {}
    const working = new Promise<void>((resolve) => (release = resolve))
    const earlier = holdRun(runId, { waitMs: 0 }, () => working)
    await inProcess(fakeConnector(fakeEstate()))
    await until(async () =>
      expect((await pendingJobs('sync-connection', { runId }))[0]?.state).toBe('active'),
    )
    expect(await runDetail(administrator, runId)).toMatchObject({ state: 'queued' })
    release()
    await earlier
    await ended(runId, 'complete')
  })
})

describe('a worker process', () => {
  // In the middle of the source for as long as it lives, however slow the machine is.
  const estate = { bots: names(1200), stallsAt: 1100 }

  test(
    'killed in the middle is followed by another, and nothing is doubled',
    { timeout: 240_000 },
    async () => {
      const runId = await connect()
      const first = await spawned(estate)
      await until(async () => expect(await stagedRows(runId)).toBeGreaterThanOrEqual(1000))
      await spawned({ bots: estate.bots })
      const died = once(first, 'exit')
      first.kill('SIGKILL')
      await died
      await heartbeatIsMissing(runId)
      await endedSoon(runId, 'complete')
      const run = await runDetail(administrator, runId)
      expect(run).toMatchObject({
        observations: 1200,
        changes: { identity: { created: 1200, updated: 0, retired: 0 } },
      })
      expect(run.coverage).toHaveLength(1)
      expect(await db.identity.count()).toBe(1200)
      expect(await db.$queryRaw`SELECT 1 FROM past.identity`).toEqual([])
      expect(await stagedRows()).toBe(0)
      await nothingPends(runId)
    },
  )
  test('asked to stop hands its run over in good time', { timeout: 240_000 }, async () => {
    const runId = await connect()
    const first = await spawned(estate)
    await until(async () => expect(await stagedRows(runId)).toBeGreaterThanOrEqual(1000))
    const asked = Date.now()
    first.kill('SIGTERM')
    const [code] = (await once(first, 'exit')) as [number | null]
    expect(code).toBe(0)
    expect(Date.now() - asked).toBeLessThan(8_000)
    expect(await runDetail(administrator, runId)).toMatchObject({
      state: 'queued',
      phase: expect.stringContaining('Starts over'),
    })
    expect(await pendingJobs('sync-connection', { runId })).toMatchObject([{ state: 'created' }])
    expect(await db.worker.count()).toBe(0)
    await inProcess(fakeConnector({ ...fakeEstate(), bots: estate.bots }))
    await ended(runId, 'complete')
    expect(await db.identity.count()).toBe(1200)
  })
})

test('the command line does a run itself when no worker is there, and leaves none behind', async () => {
  const runId = await connect()
  const phases: string[] = []
  const run = await runUntil(runId, {
    connectorOf: async () => fakeConnector(fakeEstate()),
    onProgress: ({ phase }) => phases.push(phase),
  })
  expect(run).toMatchObject({ state: 'complete' })
  expect(phases[0]).toBe('Queued')
  expect(phases.at(-1)).toBe('Complete')
  expect(await db.posture.count()).toBe(3)
  expect(await db.worker.count()).toBe(0)
})
