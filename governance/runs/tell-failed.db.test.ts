// Administrators are told of a source that cannot be read, and of one that nobody reads: once, and again when it happens again.
import { afterAll, beforeEach, expect, test } from 'vitest'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { httpReceiver } from '@/tests/http-receiver'
import { emptyOutbox, hookChannel, member } from '@/tests/outbox'
import { actorOf, estate, look } from '@/tests/queried-estate'
import { connection } from '@/tests/scripted-source'
import { endUnread } from './end-run'
import { tellStale } from './tell-stale'
import { failed } from './work-on-run'

const hook = await httpReceiver()
beforeEach(async () => {
  await emptyOutbox()
  await db.connection.deleteMany()
  await db.scope.deleteMany()
  await member('administrator')
  await hookChannel(hook.address, ['run.failed', 'source.stale'])
})
afterAll(async () => {
  await emptyOutbox()
  await hook.stop()
  await closeSender()
  await db.$disconnect()
})

const source = (mode = 'live') =>
  db.connection.create({
    data: {
      connectorId: 'demo',
      name: 'production',
      mode,
      settings: Buffer.of(1),
      intervalMinutes: 60,
      createdBy: actorOf('administrator').name,
    },
  })
const run = (connectionId: string, state = 'running') =>
  db.run.create({ data: { connectionId, state, trigger: 'schedule', requestedBy: 'the schedule' } })
const told = () => db.notice.findMany({ orderBy: { createdAt: 'asc' } })

test('a run that failed is told of, and no other until the source was read', async () => {
  const { id } = await source()
  const first = await run(id)
  await failed(first.id, 'It did not answer.')
  await failed(first.id, 'It did not answer.')
  await failed((await run(id)).id, 'It did not answer.')
  expect(await told()).toMatchObject([
    { kind: 'run.failed', data: { runId: first.id, source: 'production', error: 'It did not answer.' } },
  ])
  await run(id, 'partial')
  await failed((await run(id)).id, 'Again.')
  expect(await told()).toHaveLength(2)
})

test('a file that could not be read is not: whoever imports it waits for it', async () => {
  const { id } = await source('import')
  await failed((await run(id)).id, 'No file.')
  expect(await told()).toEqual([])
})

test('one that was refused as a whole is told of; one that goes on by itself is not', async () => {
  const { id } = await source()
  const refused = await run(id)
  await endUnread(refused.id, 'It was refused.', {
    calls: [],
    scopes: { state: 'partial', why: 'denied', permission: 'demo:List', detail: 'no', gaps: [] },
  })
  expect(await told()).toHaveLength(1)
  await db.notice.deleteMany()
  const throttled = await run(id)
  await endUnread(throttled.id, 'It was throttled.', {
    calls: [],
    scopes: { state: 'partial', why: 'throttled', permission: 'demo:List', detail: 'slow down', gaps: [] },
  })
  expect(await db.run.count({ where: { state: 'waiting' } })).toBe(1)
  expect(await told()).toEqual([])
})

test('a scope that nobody has seen whole for too long is told of once each time', async () => {
  const at = '2026-06-01T00:00:00.000Z'
  await look(await connection(), { at, streams: estate(4) })
  await db.connection.updateMany({ data: { intervalMinutes: 60, mode: 'live' } })
  const [{ id: scope } = { id: '' }] = await db.scope.findMany()
  expect(await tellStale(new Date('2026-06-01T02:00:00.000Z'))).toEqual([])
  expect(await tellStale(new Date('2026-06-01T02:00:01.000Z'))).toEqual([scope])
  expect(await tellStale(new Date('2026-06-05T00:00:00.000Z'))).toEqual([])
  expect(await told()).toMatchObject([{ kind: 'source.stale', data: { seenAt: at } }])
  await db.look.updateMany({ data: { completeAt: new Date('2026-06-06T00:00:00.000Z') } })
  expect(await tellStale(new Date('2026-06-07T00:00:00.000Z'))).toEqual([scope])
})
