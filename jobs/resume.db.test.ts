// What was throttled is looked at again by itself: only that, only when it may be, and not for ever.
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { deleteConnection } from '@/governance/connections/delete-connection'
import { pauseConnection } from '@/governance/connections/pause-connection'
import { listActivity } from '@/governance/activity/list-activity'
import { cancelRun } from '@/governance/runs/cancel-run'
import { listRuns, runDetail } from '@/governance/runs/list-runs'
import { requestSync } from '@/governance/runs/request-sync'
import { getRun } from '@/inventory/queries/get-run'
import { getSource } from '@/inventory/queries/get-source'
import { listSources } from '@/inventory/queries/list-sources'
import { goesOnWords, resumesWords } from '@/core/resume-words'
import { db } from '@/prisma/client'
import * as resuming from '@/tests/resuming'
import { administrator, MINUTE_MS } from '@/tests/resuming'
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

const { source, work, sync, waiting, plan, inMinutes, whenDue, resume, stateOf, looks } = resuming
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

describe('a stream that was throttled', () => {
  test('is looked at again by itself, alone, and is complete from then on', async () => {
    await sync()
    source.throttled.set('key:list north', 'no word')
    source.keys = []
    const run = await sync()
    const planned = await plan()
    const says = goesOnWords({ streams: 1, scopes: false, at: planned.resumes.at })
    expect(run).toMatchObject({
      state: 'partial',
      phase: `Partial: 2 of 6 looks were refused or cut short. What they would have shown is unknown. ${says}`,
    })
    expect(await inMinutes()).toBe(5)
    // What a throttled look did not see is not gone.
    expect(await db.credential.findMany({ where: { retiredAt: null } })).toHaveLength(1)

    source.throttled.clear()
    const resumed = await resume()
    expect(source.calls).toEqual(['scope:list north', 'key:list north', 'scope:list south'])
    expect(resumed).toMatchObject({
      state: 'complete',
      trigger: 'resume',
      resumes: { runId: run.id, streams: 1, attempt: 1 },
      changes: { credential: { retired: 1 } },
    })
    expect(resumed.coverage.map(({ stream, kind }) => `${stream} ${kind}`)).toEqual([
      'keys credential',
      'keys grant',
    ])
    expect(await db.credential.findMany({ where: { retiredAt: null } })).toEqual([])
    expect(await db.identity.count({ where: { retiredAt: null } })).toBe(4)
    for (const look of await looks()) {
      const own = look.stream === 'keys' && look.scope.name === 'north'
      expect(look).toMatchObject({
        state: 'complete',
        completeAt: own ? resumed.observedAt : run.observedAt,
      })
    }
    const { source: row } = await getSource(administrator, id)
    expect(row).toMatchObject({ state: 'complete', partialLooks: 0, lastRun: { id: run.id } })
    expect(row.goesOn).toBeUndefined()
    // What each permission was used for is told of the sync, which used all of them.
    expect((await getSource(administrator, id)).calls.map(({ permission }) => permission)).toContain(
      'bot:list',
    )
    expect(row.nextDueAt).toBe(new Date(Date.parse(run.createdAt) + 1440 * MINUTE_MS).toISOString())
  })
  test('waits where people see it: with the source, among the runs, and in the activity', async () => {
    source.throttled.set('key:list north', 'no word')
    source.throttled.set('bot:list south', 'no word')
    const run = await sync()
    const { id: runId, resumes } = await plan()
    const [listed] = await listRuns(administrator, { connectionId: id })
    expect(listed).toMatchObject({ id: runId, state: 'waiting', resumes, phase: resumesWords(resumes) })
    expect(listed?.phase).toMatch(
      /^Resumes 2 streams of the run of .* that were throttled: attempt 1 of 4\.$/,
    )
    expect(await getRun(administrator, runId)).toMatchObject({ run: { resumes: { runId: run.id } } })
    expect(await getRun(administrator, runId)).not.toHaveProperty('report')
    const [planned] = (await listActivity(administrator, { object: `run:${runId}` })).rows
    expect(planned).toMatchObject({
      actor: { kind: 'system' },
      action: 'run.plan-resume',
      detail: { resumes: run.id, streams: 2, attempt: 1, at: resumes.at },
    })
    // Not before its time, and with ids only.
    await tick(new Date(Date.parse(resumes.at) - 1000))
    expect(await stateOf(runId)).toBe('waiting')
    // What the source sends by itself is no look at what was throttled.
    const told = { connectionId: id, trigger: 'watch', state: 'following', requestedBy: 'the source itself' }
    await db.run.create({ data: told })
    await whenDue()
    expect(await stateOf(runId)).toBe('queued')
    expect(await pendingJobs('sync-connection', { runId })).toHaveLength(1)
  })
  test('is left for as long as the source asks', async () => {
    source.throttled.set('key:list north', 20 * MINUTE_MS)
    await sync()
    expect(source.calls.filter((call) => call === 'key:list north')).toHaveLength(1)
    expect(await inMinutes()).toBe(20)
    source.throttled.set('key:list north', 2 * MINUTE_MS)
    await resume()
    expect(await inMinutes()).toBe(2)
  })
  test('is looked at again after ever longer pauses, and then no more before the next sync', async () => {
    source.throttled.set('key:list north', 'no word')
    await sync()
    const pauses: number[] = []
    let run = await runDetail(administrator, (await plan()).resumes.runId)
    while (await waiting()) {
      pauses.push(await inMinutes())
      run = await resume()
      expect(run).toMatchObject({ state: 'partial', resumes: { attempt: pauses.length } })
      expect(source.calls.filter((call) => call.startsWith('key:list'))).toEqual(['key:list north'])
    }
    expect(pauses).toEqual([5, 15, 45, 135])
    expect(run.phase).toMatch(
      /1 stream was still throttled after 4 further attempts; the next sync looks at it again\.$/,
    )
    expect((await getSource(administrator, id)).source).toMatchObject({ state: 'partial', partialLooks: 2 })
    // A sync that is throttled again begins anew.
    await sync()
    expect((await plan()).resumes.attempt).toBe(1)
  })
  test('is left to a sync that comes first anyway', async () => {
    id = (await db.connection.update({ where: { id }, data: { intervalMinutes: 15 } })).id
    source.throttled.set('key:list north', 15 * MINUTE_MS)
    const run = await sync()
    expect(run.phase).toMatch(/1 stream was throttled; the next sync looks at it again, as it comes first\.$/)
    expect(await waiting()).toBeUndefined()
  })
})

describe('what was not only throttled', () => {
  test('is not asked again: a refusal beside it stays what it is', async () => {
    source.throttled.set('key:list north', 'no word')
    source.denied.add('bot:list south')
    await sync()
    source.throttled.clear()
    const resumed = await resume()
    expect(source.calls).not.toContain('bot:list south')
    expect(source.calls).toContain('key:list north')
    expect(resumed).toMatchObject({ state: 'complete' })
    expect((await getSource(administrator, id)).source).toMatchObject({ state: 'partial', partialLooks: 1 })
    expect(await waiting()).toBeUndefined()
  })
  test('is not looked at again where a part of the stream was refused', async () => {
    source.throttled.set('keys north', 'no word')
    source.denied.add('grants north')
    const run = await sync()
    expect(run).toMatchObject({ state: 'partial' })
    expect(run.phase).not.toContain('throttled')
    expect(await waiting()).toBeUndefined()
    source.denied.clear()
    await sync()
    expect((await plan()).resumes.streams).toBe(1)
  })
})

describe('a list of scopes that was throttled', () => {
  test('goes on with the scopes it did not get to', async () => {
    source.throttled.set('scope:list south', 'no word')
    const run = await sync()
    expect(run.phase).toMatch(/The list of scopes was throttled; Rollcall looks at it again at /)
    source.throttled.clear()
    source.throttled.set('key:list south', 'no word')
    const first = await resume()
    expect(source.calls.filter((call) => !call.startsWith('scope'))).toEqual([
      'bot:list south',
      'key:list south',
    ])
    expect(first.phase).toMatch(/ 1 stream was throttled; Rollcall looks at it again at /)
    source.throttled.clear()
    await resume()
    expect(source.calls.filter((call) => !call.startsWith('scope'))).toEqual(['key:list south'])
    expect((await getSource(administrator, id)).source).toMatchObject({ state: 'complete' })
  })
  test('is asked again where not even one scope was met', async () => {
    source.throttled.set('scope:list north', 'no word')
    const run = await sync()
    expect(run).toMatchObject({ state: 'failed', error: expect.stringContaining('looks at it again at') })
    await cancelRun(administrator, { runId: (await plan()).id })
    expect((await getSource(administrator, id)).source.state).toBe('failed')
    await sync()
    source.throttled.clear()
    expect(await resume()).toMatchObject({ state: 'complete', observations: 6 })
    expect((await getSource(administrator, id)).source).toMatchObject({ state: 'complete' })
  })
})

describe('looking again is dropped', () => {
  beforeEach(async () => {
    source.throttled.set('key:list north', 'no word')
    await sync()
  })
  const dropped = async (runId: string) => {
    const run = await runDetail(administrator, runId)
    const [act] = (await listActivity(administrator, { object: `run:${runId}` })).rows
    return { state: run.state, phase: run.phase, action: act?.action, why: act?.detail.why }
  }
  test('when a newer sync begins', async () => {
    const planned = await plan()
    const { runId } = await requestSync(administrator, { connectionId: id })
    expect(await dropped(planned.id)).toEqual({
      state: 'cancelled',
      phase: 'Not needed any more: a newer sync has begun',
      action: 'run.drop-resume',
      why: 'sync',
    })
    await tick(new Date(Date.parse(planned.resumes.at) + 1000))
    expect(await db.run.count({ where: { connectionId: id, state: { in: ['queued', 'running'] } } })).toBe(1)
    expect(await stateOf(runId)).toBe('queued')
  })
  test('when the next sync is due in the same minute', async () => {
    const planned = await plan()
    await tick(new Date(Date.now() + 1441 * MINUTE_MS))
    expect(await dropped(planned.id)).toMatchObject({ state: 'cancelled', why: 'sync' })
    expect(await db.run.count({ where: { connectionId: id, trigger: 'schedule', state: 'queued' } })).toBe(1)
  })
  test('when the source is paused, even once it was queued', async () => {
    const planned = await plan()
    await whenDue()
    await pauseConnection(administrator, { connectionId: id })
    expect(await dropped(planned.id)).toMatchObject({ state: 'cancelled', why: 'paused' })
    source.calls = []
    await work(planned.id)
    expect(source.calls).toEqual([])
    const again = await sync()
    expect(again.phase).toMatch(/the next sync looks at it again, as the source is paused\.$/)
    expect(await waiting()).toBeUndefined()
  })
  test('when somebody cancels it', async () => {
    const planned = await plan()
    expect(await cancelRun(administrator, { runId: planned.id })).toEqual({
      runId: planned.id,
      state: 'cancelled',
    })
    await tick(new Date(Date.parse(planned.resumes.at) + 1000))
    expect(await stateOf(planned.id)).toBe('cancelled')
    // What was not looked at again stands as it stood.
    expect((await getSource(administrator, id)).source.state).toBe('partial')
    expect((await listSources(administrator)).completeness.missing.map(({ kind }) => kind)).not.toContain(
      'scope',
    )
  })
  test('when the source is removed, and its job then does nothing', async () => {
    const runId = await whenDue()
    await deleteConnection(administrator, { connectionId: id })
    source.calls = []
    await work(runId)
    expect(source.calls).toEqual([])
  })
  test('where the source is followed, which looks at everything again', async () => {
    const planned = await plan()
    const following = { connectionId: id, trigger: 'watch', state: 'following', requestedBy: 'schedule' }
    await db.run.create({ data: following })
    await whenDue()
    expect(await dropped(planned.id)).toMatchObject({ state: 'cancelled', why: 'followed' })
  })
  test('where everything was seen meanwhile', async () => {
    const planned = await plan()
    await db.look.updateMany({ data: { state: 'complete', why: null } })
    await whenDue()
    expect(await dropped(planned.id)).toMatchObject({ state: 'cancelled', why: 'seen' })
  })
})
