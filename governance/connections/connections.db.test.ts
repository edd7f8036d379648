// The life of a connection, from its settings to its removal, over a made-up source.
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { pendingJobs, closeSender } from '@/jobs/queue'
import { runJob } from '@/jobs'
import { db } from '@/prisma/client'
import { actorAs } from '@/tests/actors'
import { fakeConnector, fakeEstate } from '@/tests/fake-source'
import { listRuns, runDetail } from '../runs/list-runs'
import { requestSync } from '../runs/request-sync'
import { checkAccess } from './check-access'
import { connectSource } from './connect-source'
import { deleteConnection } from './delete-connection'
import { connectionView, listConnections } from './list-connections'
import { pauseConnection, resumeConnection } from './pause-connection'
import { settingsFields } from './settings-fields'
import { updateConnection } from './update-connection'
import { forgetActivity } from '@/tests/unguarded-activity'

const held = vi.hoisted(() => ({ connector: undefined as unknown }))
vi.mock('@/governance/connector-registry', () => {
  const connector = () => held.connector as { manifest: unknown }
  return {
    manifests: () => [connector().manifest],
    manifestOf: () => connector().manifest,
    connectorOf: async () => connector(),
  }
})

const administrator = actorAs('administrator')
const TOKEN = 'a-token-nobody-may-see'
const settings = { address: 'https://fake.example', token: TOKEN }
const estate = fakeEstate()
held.connector = fakeConnector(estate)
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
  await db.finding.deleteMany()
  await db.posture.deleteMany()
  await forgetActivity()
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
const jsonWithout = async () => {
  const seen = [
    await listConnections(administrator),
    await listRuns(administrator),
    ...(await Promise.all(
      (await db.connection.findMany()).map(({ id }) => connectionView(administrator, id)),
    )),
    ...(await Promise.all((await db.run.findMany()).map(({ id }) => runDetail(administrator, id)))),
    (await db.activity.findMany()).map(({ id, ...row }) => ({ id: String(id), ...row })),
    await db.run.findMany(),
    await db.$queryRaw`SELECT data::text, output::text FROM pgboss.job`,
  ]
  return JSON.stringify(seen)
}

describe('connecting', () => {
  test('names each wrong field and keeps nothing', async () => {
    const failure = connectSource(administrator, {
      connectorId: 'fake',
      settings: { address: 'nowhere', token: '', colour: 1 },
    })
    await expect(failure).rejects.toMatchObject({
      code: 'invalid',
      issues: expect.arrayContaining([
        expect.objectContaining({ path: 'settings.address' }),
        expect.objectContaining({ path: 'settings.token' }),
        expect.objectContaining({ path: 'settings.colour' }),
      ]),
    })
    expect(await db.connection.count()).toBe(0)
  })
  test('keeps the settings encrypted and shows them without secrets', async () => {
    const { id } = await connect('One')
    const row = await db.connection.findUniqueOrThrow({ where: { id } })
    expect(Buffer.from(row.settings).toString('latin1')).not.toContain(TOKEN)
    expect((await connectionView(administrator, id)).settings).toEqual({
      address: { secret: false, isSet: true, value: 'https://fake.example' },
      token: { secret: true, isSet: true },
      team: { secret: false, isSet: false },
    })
  })
  test('a source that is read from files alone is not connected', async () => {
    const { connector } = held
    const { manifest, ...rest } = fakeConnector(estate)
    held.connector = { ...rest, manifest: { ...manifest, importOnly: true } }
    const failure = connect('Files')
    await expect(failure).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('files') as string,
    })
    expect(await db.connection.count()).toBe(0)
    held.connector = connector
  })

  test('starts a sync whose job exists exactly when the run does', async () => {
    const { runId } = await connect('One')
    expect(await pendingJobs('sync-connection', { runId })).toHaveLength(1)
    const before = await db.$queryRaw`SELECT count(*)::int AS jobs FROM pgboss.job`
    await expect(connect('One')).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('“One”'),
    })
    expect(await db.$queryRaw`SELECT count(*)::int AS jobs FROM pgboss.job`).toEqual(before)
  })
  test('finds a free name by itself and takes the suggested interval', async () => {
    for (const name of ['Fake', 'Fake 2']) {
      await connectSource(administrator, { connectorId: 'fake', settings, sync: false })
      expect(await db.connection.findUnique({ where: { name } })).toMatchObject({
        intervalMinutes: 60,
        mode: 'live',
      })
    }
  })
  test('describes its fields for a form', () => {
    expect(settingsFields('fake').map(({ path, secret, required }) => [path, secret, required])).toEqual([
      ['address', false, true],
      ['token', true, true],
      ['team', false, false],
    ])
  })
})

describe('changing', () => {
  const tokenInUse = async (connectionId: string) => {
    const used = new Set<string | undefined>()
    estate.onCall = (_, given) => used.add(given?.token)
    await sync(connectionId)
    return [...used]
  }
  test('keeps the secret that was left empty', async () => {
    const { id } = await connect('One', { sync: false })
    const given = { address: settings.address, token: '', team: 'red' }
    await updateConnection(administrator, { connectionId: id, settings: given, name: 'Uno' })
    expect(await connectionView(administrator, id)).toMatchObject({
      name: 'Uno',
      settings: { team: { value: 'red' } },
    })
    expect(await tokenInUse(id)).toEqual([TOKEN])
  })
  test('takes a secret that was filled in', async () => {
    const { id } = await connect('One', { sync: false })
    await updateConnection(administrator, {
      connectionId: id,
      settings: { ...settings, token: 'a-newer-token' },
    })
    expect(await tokenInUse(id)).toEqual(['a-newer-token'])
  })
  test('does not send a kept secret to another address', async () => {
    const { id } = await connect('One', { sync: false })
    const given = { address: 'https://elsewhere.example', token: '' }
    await expect(
      updateConnection(administrator, { connectionId: id, settings: given }),
    ).rejects.toMatchObject({
      code: 'invalid',
      issues: [{ path: 'settings.token', message: expect.stringContaining('Enter it again') }],
    })
    await updateConnection(administrator, {
      connectionId: id,
      settings: { ...given, token: 'for-elsewhere' },
    })
    expect(await tokenInUse(id)).toEqual(['for-elsewhere'])
  })
  test('logs the names of what changed, never the values', async () => {
    const { id } = await connect('One', { sync: false })
    await updateConnection(administrator, {
      connectionId: id,
      settings: { ...settings, token: 'a-newer-token' },
    })
    const [act] = await db.activity.findMany({ where: { action: 'connection.update' } })
    expect(act?.detail).toEqual({ settingsChanged: ['token'] })
  })
  test('drops what waits to be looked at again with the settings of before, and a new name does not', async () => {
    const { id } = await connect('One', { sync: false })
    const run = await db.run.create({
      data: { connectionId: id, trigger: 'resume', requestedBy: 'schedule', state: 'waiting', phase: '' },
    })
    const state = async () => (await db.run.findUniqueOrThrow({ where: { id: run.id } })).state
    await updateConnection(administrator, { connectionId: id, settings, name: 'Uno' })
    expect(await state()).toBe('waiting')
    await updateConnection(administrator, {
      connectionId: id,
      settings: { ...settings, token: 'a-newer-token' },
    })
    expect(await state()).toBe('cancelled')
  })
  test('works when the settings cannot be read any more, and says so before', async () => {
    const { id } = await connect('One', { sync: false })
    await db.connection.update({ where: { id }, data: { settings: new Uint8Array(60) } })
    expect(await connectionView(administrator, id)).toMatchObject({
      settingsProblem: expect.stringContaining('enter the settings again'),
      settings: { token: { isSet: false } },
    })
    const run = await sync(id)
    expect(run).toMatchObject({ state: 'failed', error: expect.stringContaining('enter the settings again') })
    await updateConnection(administrator, { connectionId: id, settings })
    expect(await tokenInUse(id)).toEqual([TOKEN])
  })
  test('pauses and resumes the schedule', async () => {
    const { id } = await connect('One', { sync: false })
    expect(await connectionView(administrator, id)).toHaveProperty('nextSyncAt')
    await pauseConnection(administrator, { connectionId: id })
    expect(await connectionView(administrator, id)).not.toHaveProperty('nextSyncAt')
    await resumeConnection(administrator, { connectionId: id })
    expect(await connectionView(administrator, id)).toMatchObject({ paused: false })
  })
})

describe('checking access', () => {
  test('says per permission what is allowed, refused, not tried, and what that means', async () => {
    estate.denied = ['owner:read']
    const report = await checkAccess(administrator, { connectorId: 'fake', settings })
    expect(report).toMatchObject({ scopes: ['north'], complete: true })
    expect(report.permissions.map(({ name, state }) => [name, state])).toEqual([
      ['scope:list', 'allowed'],
      ['bot:list', 'allowed'],
      ['owner:read', 'denied'],
      ['never:asked', 'not-tried'],
    ])
    expect(report.permissions[2]).toMatchObject({
      gives: 'Who made a bot.',
      fix: expect.stringContaining('Allow owner:read'),
    })
  })
  test('says when not even a scope can be listed', async () => {
    const { id } = await connect('One', { sync: false })
    estate.denied = ['scope:list']
    const report = await checkAccess(administrator, { connectionId: id })
    expect(report).toMatchObject({ scopes: [], complete: false, problem: 'scope:list: not allowed' })
    expect(report.permissions.map(({ state }) => state)).toEqual([
      'denied',
      'not-tried',
      'not-tried',
      'not-tried',
    ])
  })
  test('asks little of a large source and keeps nothing', async () => {
    estate.scopes = ['one', 'two', 'three']
    estate.bots = Array.from({ length: 5000 }, (_, index) => `bot ${index}`)
    let calls = 0
    estate.onCall = () => calls++
    await checkAccess(administrator, { connectorId: 'fake', settings })
    expect(calls).toBeLessThan(20)
    expect([await db.scope.count(), await db.run.count(), await db.connection.count()]).toEqual([0, 0, 0])
  })
})

describe('deleting', () => {
  test('takes what only this connection read, and nothing else', async () => {
    estate.scopes = ['shared', 'alone']
    const one = await connect('One', { sync: false })
    await sync(one.id)
    estate.scopes = ['shared']
    const two = await connect('Two', { sync: false })
    await sync(two.id)
    const alone = await db.scope.findFirstOrThrow({ where: { nativeId: 'alone' } })
    const shared = await db.scope.findFirstOrThrow({ where: { nativeId: 'shared' } })
    for (const scopeId of [alone.id, shared.id]) await leaveTraces(scopeId)
    const { scopesRemoved } = await deleteConnection(administrator, { connectionId: one.id })
    expect(scopesRemoved).toBe(1)
    expect(await traces(alone.id)).toEqual({
      scope: 0,
      identity: 0,
      look: 0,
      finding: 0,
      posture: 0,
    })
    expect(await traces(shared.id)).toEqual({
      scope: 1,
      identity: 3,
      look: 1,
      finding: 1,
      posture: 1,
    })
    expect(await db.run.count({ where: { connectionId: one.id } })).toBe(0)
    await deleteConnection(administrator, { connectionId: two.id })
    expect(await traces(shared.id)).toEqual({
      scope: 0,
      identity: 0,
      look: 0,
      finding: 0,
      posture: 0,
    })
  })
  test('waits for a sync that is under way', async () => {
    const { id } = await connect('One', { sync: false })
    const { runId } = await requestSync(administrator, { connectionId: id })
    await db.run.update({ where: { id: runId }, data: { state: 'running' } })
    await expect(deleteConnection(administrator, { connectionId: id })).rejects.toMatchObject({
      code: 'conflict',
    })
    await db.run.update({ where: { id: runId }, data: { state: 'queued' } })
    await deleteConnection(administrator, { connectionId: id })
    await runJob('sync-connection', { runId }, at)
    expect(await db.scope.count()).toBe(0)
  })
})

async function leaveTraces(scopeId: string) {
  const id = crypto.randomUUID()
  const now = new Date()
  const own = { scopeId, evaluatedAt: now }
  const nobody = {
    type: 'x',
    class: 'unclear',
    owner: {},
    privilege: {},
    ownerState: 'unknown',
    privilegeClass: 'unknown',
  }
  await db.posture.create({
    data: { identityId: id, ...own, ...nobody, credentials: 0, failing: 0, unknowns: 0, worst: 9 },
  })
  const rule = {
    ruleId: 'a-rule',
    revision: 'x',
    verdict: 'fail',
    severity: 1,
    message: 'x',
    evidence: {},
    evidenceHash: 'x',
  }
  const subject = { subjectKind: 'identity', subjectId: id, subjectName: 'x' }
  await db.finding.create({
    data: { id, scopeId, ...rule, ...subject, state: 'open', openedAt: now, changedAt: now },
  })
}
async function traces(scopeId: string) {
  const where = { scopeId }
  return {
    scope: await db.scope.count({ where: { id: scopeId } }),
    identity: await db.identity.count({ where }),
    look: await db.look.count({ where }),
    finding: await db.finding.count({ where }),
    posture: await db.posture.count({ where }),
  }
}

test('a secret is in no view, no log, no run and no job, even when the source repeats it', async () => {
  const { id } = await connect('One', { sync: false })
  await sync(id)
  held.connector = fakeConnector(estate)
  const leaky = {
    ...fakeConnector(estate),
    open: () => {
      throw new Error(`cannot sign in with ${TOKEN} at the door`)
    },
  }
  const { runId } = await requestSync(administrator, { connectionId: id })
  const failure = runJob(
    'sync-connection',
    { runId },
    { ...at, lastAttempt: true, connectorOf: async () => leaky },
  )
  await expect(failure).rejects.toThrow('cannot sign in with [secret] at the door')
  expect(await runDetail(administrator, runId)).toMatchObject({
    state: 'failed',
    error: expect.stringContaining('[secret]'),
  })
  await updateConnection(administrator, { connectionId: id, settings: { ...settings, team: 'blue' } })
  await checkAccess(administrator, { connectionId: id })
  expect(await jsonWithout()).not.toContain(TOKEN)
})
