// A file is read, shown, and then applied or thrown away; a broken one leaves nothing.
import { existsSync } from 'node:fs'
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { closeSender, pendingJobs } from '@/jobs/queue'
import { runJob } from '@/jobs'
import { db } from '@/prisma/client'
import { dropForgottenStaging } from '@/inventory/staging/table'
import { stagedRows } from '@/tests/staged-rows'
import { actorAs } from '@/tests/actors'
import { connectSource } from '../connections/connect-source'
import { deleteConnection } from '../connections/delete-connection'
import { listConnections } from '../connections/list-connections'
import { requestSync } from '../runs/request-sync'
import { cancelRun } from '../runs/cancel-run'
import { runDetail } from '../runs/list-runs'
import { confirmImport } from './confirm-import'
import { discardImport } from './discard-import'
import { discardStalePreviews } from './discard-stale-previews'
import { IMPORT_BYTES_MAX, previewImport } from './preview-import'

vi.mock('@/governance/connector-registry', async () => {
  const { fakeConnector, fakeEstate } = await import('@/tests/fake-source')
  const connector = fakeConnector(fakeEstate())
  return {
    manifests: () => [connector.manifest],
    manifestOf: () => connector.manifest,
    connectorOf: async () => connector,
  }
})

const analyst = actorAs('analyst')
const administrator = actorAs('administrator')
let folder = ''
let files = 0

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'rollcall-import-'))
})
afterEach(async () => {
  await db.connection.deleteMany()
  await db.scope.deleteMany()
  await dropForgottenStaging()
})
afterAll(async () => {
  await rm(folder, { recursive: true })
  await closeSender()
  await db.$disconnect()
})

async function fileOf(content: unknown) {
  const file = path.join(folder, `upload-${++files}`)
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}
const input = { connectorId: 'fake', format: 'fake-list', name: 'bots.json' }
async function preview(content: unknown, over: object = {}) {
  return previewImport(analyst, { ...input, ...over }, { path: await fileOf(content), temporary: true })
}
const zero = { created: 0, updated: 0, retired: 0, restored: 0, unchanged: 0 }
const nothingIsLeft = async () =>
  expect([await stagedRows(), await db.scope.count(), await db.identity.count()]).toEqual([0, 0, 0])

describe('a preview', () => {
  test('says what the file holds and would change, and changes nothing', async () => {
    const shown = await preview({ scope: 'north', bots: ['a', 'b'] }, { observedAt: '2026-01-02T03:04:05Z' })
    expect(shown).toMatchObject({
      observedAt: '2026-01-02T03:04:05Z',
      scopes: [{ nativeId: 'north', name: 'north' }],
      changes: { identity: { ...zero, created: 2 } },
      report: { understood: [{ what: 'bots', count: 2 }], ignored: [], dropped: [] },
      partial: [],
    })
    expect(await runDetail(analyst, shown.runId)).toMatchObject({
      state: 'previewed',
      mode: 'import',
      report: shown.report,
    })
    expect(await db.identity.count()).toBe(0)
    expect(await db.look.count()).toBe(0)
  })
  test('counts against what is held', async () => {
    await confirmImport(analyst, { runId: (await preview({ scope: 'north', bots: ['a', 'b', 'c'] })).runId })
    const { changes } = await preview({ scope: 'north', bots: ['b', 'c', 'd'] })
    expect(changes).toEqual({ identity: { ...zero, created: 1, retired: 1, unchanged: 2 } })
    const { runId } = await preview({ scope: 'north', bots: ['b', 'c', 'd'] })
    const applied = await confirmImport(analyst, { runId })
    expect(applied.changes).toEqual(changes)
  })
  test('uses one connection for all files of a source', async () => {
    await Promise.all([1, 2, 3].map((number) => preview({ scope: `place ${number}`, bots: ['a'] })))
    expect((await listConnections(analyst)).map(({ name, mode }) => [name, mode])).toEqual([
      ['File imports · Fake', 'import'],
    ])
  })
  test('has its file deleted, however it ends', async () => {
    const good = await fileOf({ scope: 'north', bots: [] })
    await previewImport(analyst, input, { path: good, temporary: true })
    const broken = await fileOf('{')
    await previewImport(analyst, input, { path: broken, temporary: true }).catch(() => {})
    const forbidden = await fileOf({ scope: 'north', bots: [] })
    await previewImport(actorAs('auditor'), input, { path: forbidden, temporary: true }).catch(() => {})
    const unnamed = await fileOf({ scope: 'north', bots: [] })
    await previewImport(analyst, { ...input, name: '' }, { path: unnamed, temporary: true }).catch(() => {})
    expect([good, broken, forbidden, unnamed].filter((file) => existsSync(file))).toEqual([])
  })
  test("leaves a person's own file alone", async () => {
    const own = await fileOf({ scope: 'north', bots: [] })
    await previewImport(analyst, input, { path: own, temporary: false })
    expect(existsSync(own)).toBe(true)
  })
})

describe('refused', () => {
  const refusals: [string, object, object][] = [
    ['another ending', { name: 'bots.csv' }, { issues: [{ path: 'name' }] }],
    [
      'an unknown format',
      { format: 'other' },
      { issues: [{ path: 'format', message: 'must be one of fake-list' }] },
    ],
    ['a time to come', { observedAt: '2999-01-01T00:00:00Z' }, { issues: [{ path: 'observedAt' }] }],
    ['a path from outside', { path: '/etc/passwd' }, { issues: [{ path: 'path' }] }],
  ]
  test.each(refusals)('is %s', async (_, over, failure) => {
    await expect(preview({ scope: 'north', bots: [] }, over)).rejects.toMatchObject({
      code: 'invalid',
      ...failure,
    })
    expect(await db.run.count()).toBe(0)
  })
  test('is an auditor', async () => {
    const file = { path: await fileOf({ scope: 'north', bots: [] }), temporary: true }
    await expect(previewImport(actorAs('auditor'), input, file)).rejects.toMatchObject({ code: 'forbidden' })
  })
  test('is a file that is too large, unread', async () => {
    const file = await fileOf('')
    await truncate(file, IMPORT_BYTES_MAX + 1)
    await expect(previewImport(analyst, input, { path: file, temporary: true })).rejects.toMatchObject({
      code: 'limited',
    })
    expect(await db.run.count()).toBe(0)
  })
  test('is a folder', async () => {
    await expect(previewImport(analyst, input, { path: folder, temporary: false })).rejects.toMatchObject({
      code: 'invalid',
    })
  })
  test('is a broken file, naming the place, with nothing left behind', async () => {
    await expect(preview({ scope: 'north', bots: 7 })).rejects.toMatchObject({
      code: 'invalid',
      message: 'bots.json: bots is wrong',
    })
    const run = await db.run.findFirstOrThrow()
    expect(run).toMatchObject({ state: 'failed', error: 'bots.json: bots is wrong' })
    await nothingIsLeft()
  })
  test('is a file nobody foresaw, without a word of its content', async () => {
    const failure = preview('{ "secret": hunter2-hunter2')
    await expect(failure).rejects.toMatchObject({
      code: 'invalid',
      message: 'bots.json could not be read as List of bots. Make it again with: fake list > bots.json',
    })
    expect(JSON.stringify(await db.run.findMany())).not.toContain('hunter2')
    await nothingIsLeft()
  })
  test('is a file about what a live connection reads', async () => {
    const settings = { address: 'https://fake.example', token: 'a-token-nobody-may-see' }
    const { runId } = await connectSource(administrator, { connectorId: 'fake', name: 'Live', settings })
    const signal = new AbortController().signal
    const { connectorOf } = await import('../connector-registry')
    await runJob('sync-connection', { runId }, { signal, stopping: signal, lastAttempt: true, connectorOf })
    const before = await db.identity.count()
    await expect(preview({ scope: 'north', bots: [] })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('“Live” reads itself'),
    })
    expect(await db.identity.count({ where: { retiredAt: null } })).toBe(before)
    expect(await stagedRows()).toBe(0)
    expect(await db.connectionScope.count()).toBe(1)
  })
})

describe('deciding', () => {
  test('confirming applies what was shown, once, and has the rules asked', async () => {
    const { runId } = await preview({ scope: 'north', bots: ['a', 'b'] })
    const both = await Promise.allSettled([
      confirmImport(analyst, { runId }),
      confirmImport(analyst, { runId }),
    ])
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await runDetail(analyst, runId)).toMatchObject({
      state: 'complete',
      changes: { identity: { created: 2 } },
    })
    expect(await db.identity.count()).toBe(2)
    expect(await pendingJobs('evaluate-scope', { runId })).toHaveLength(1)
    await expect(discardImport(analyst, { runId })).rejects.toMatchObject({ code: 'conflict' })
  })
  test('discarding leaves nothing', async () => {
    const { runId } = await preview({ scope: 'north', bots: ['a', 'b'] })
    await discardImport(analyst, { runId })
    expect(await runDetail(analyst, runId)).toMatchObject({
      state: 'cancelled',
      phase: 'Discarded. Nothing was imported.',
    })
    await nothingIsLeft()
    await expect(confirmImport(analyst, { runId })).rejects.toMatchObject({ code: 'conflict' })
  })
  test('discarding one leaves another of the same place whole', async () => {
    const first = await preview({ scope: 'north', bots: ['a'] })
    const second = await preview({ scope: 'north', bots: ['a', 'b'] })
    await discardImport(analyst, { runId: first.runId })
    expect(await confirmImport(analyst, { runId: second.runId })).toMatchObject({ state: 'complete' })
    expect(await db.identity.count()).toBe(2)
  })
  test('an older file than what is held is refused in words, and nothing changes', async () => {
    await confirmImport(analyst, { runId: (await preview({ scope: 'north', bots: ['a', 'b'] })).runId })
    const { runId } = await preview({ scope: 'north', bots: ['a'] }, { observedAt: '2020-01-01T00:00:00Z' })
    await expect(confirmImport(analyst, { runId })).rejects.toMatchObject({ code: 'conflict' })
    expect(await runDetail(analyst, runId)).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('newer look'),
    })
    expect(await db.identity.count({ where: { retiredAt: null } })).toBe(2)
    expect(await stagedRows()).toBe(0)
  })
  test('nobody decides for a day: it is thrown away', async () => {
    const old = await preview({ scope: 'north', bots: ['a'] })
    const young = await preview({ scope: 'south', bots: ['a'] })
    await db.run.update({
      where: { id: old.runId },
      data: { createdAt: new Date(Date.now() - 25 * 3600_000) },
    })
    expect(await discardStalePreviews(new Date())).toEqual([old.runId])
    expect(await runDetail(analyst, old.runId)).toMatchObject({ state: 'cancelled' })
    expect(await runDetail(analyst, young.runId)).toMatchObject({ state: 'previewed' })
    expect(await db.scope.findMany({ select: { nativeId: true } })).toEqual([{ nativeId: 'south' }])
  })
  test('an import is not synced, cancelled or paused, but deleted with what it brought', async () => {
    const { runId, connectionId } = await preview({ scope: 'north', bots: ['a'] })
    await confirmImport(analyst, { runId })
    await expect(requestSync(analyst, { connectionId })).rejects.toMatchObject({ code: 'invalid' })
    await expect(cancelRun(analyst, { runId })).rejects.toMatchObject({ code: 'conflict' })
    await deleteConnection(administrator, { connectionId })
    await nothingIsLeft()
  })
})
