// Events that a source sends over the API: taken whole or not at all, brought in once, and never silently lost.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import auditLog from '@/connectors/kubernetes/fixtures/audit-log.json'
import type { Gap } from '@/core/upstream'
import { createFirstAdministrator } from '@/governance/auth/first-administrator'
import { connectorOf } from '@/governance/connector-registry'
import { RECEIVED_BYTES_MAX, WAITING_MAX } from '@/governance/received/receive-events'
import { startReceiving } from '@/governance/received/start-receiving'
import { createToken } from '@/governance/tokens/create-token'
import { rememberScope, scopeIdOf } from '@/inventory/scopes'
import { runJob } from '@/jobs'
import { closeSender, pendingJobs } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { Problem } from '@/app/api/v1/_api/schemas'
import { GET as identities } from '@/app/api/v1/identities/route'
import { POST as postToScope } from './[...scope]/route'
import { POST as post } from './route'

const HOST = 'http://localhost:3000'
// The test runner uses this name for something else.
process.env.BASE_URL = HOST
const never = new AbortController().signal
let authorization: string

type Json = Record<string, unknown>
const ITEMS = (auditLog as Json[]).map(({ kind: _kind, apiVersion: _version, ...event }) => event)
const list = (items: Json[]) => ({ kind: 'EventList', apiVersion: 'audit.k8s.io/v1', items })

beforeAll(async () => {
  const { id } = await createFirstAdministrator({
    name: 'Ada',
    email: 'ada@example.com',
    password: 'correct horse battery staple',
  })
  const { token } = await createToken(
    { kind: 'user', id, name: 'Ada', role: 'administrator' },
    { name: 'cluster', only: 'source:receive' },
  )
  authorization = `Bearer ${token}`
})
afterAll(closeSender)

/** A source that was read, with as many scopes. */
async function source({ scopes = 1, connectorId = 'kubernetes', mode = 'live' as 'live' | 'import' } = {}) {
  const { id, name } = await db.connection.create({
    data: {
      connectorId,
      name: `cluster ${crypto.randomUUID()}`,
      mode,
      settings: Buffer.from('x'),
      intervalMinutes: 60,
      createdBy: 'test',
    },
  })
  const uids = Array.from({ length: scopes }, () => crypto.randomUUID())
  for (const nativeId of uids)
    await rememberScope(
      { id, connectorId, mode },
      { nativeId, name: `cluster ${nativeId}`, type: 'kubernetes.cluster' },
      '2026-11-01T00:00:00.000Z',
    )
  const [uid = ''] = uids
  return { id, name, uid, scopeId: scopeIdOf(connectorId, false, uid) }
}

const send = (to: string, body: unknown, headers: Record<string, string> = {}) =>
  (to.includes('/') ? postToScope : post)(
    new Request(
      `${HOST}/api/v1/sources/${to.replace('/', '/events/')}${to.includes('/') ? '' : '/events'}?timeout=30s`,
      {
        method: 'POST',
        body: typeof body === 'string' ? body : JSON.stringify(body),
        headers: { authorization, 'content-type': 'application/json', ...headers },
      },
    ),
  )
const bringIn = (connectionId: string) =>
  runJob(
    'apply-received',
    { connectionId },
    { signal: never, stopping: never, lastAttempt: true, connectorOf },
  )
const usesOf = (scopeId: string) => db.usage.findMany({ where: { scopeId }, orderBy: { nativeId: 'asc' } })
const gapsOf = async (scopeId: string) => {
  const look = await db.look.findFirst({ where: { scopeId, stream: 'audit-log', kind: 'usage' } })
  return (look?.gaps ?? []) as unknown as Gap[]
}
const waiting = (connectionId: string) => db.received.count({ where: { connectionId } })

describe('events', () => {
  test('are taken, decoded at once, and brought in by one job', async () => {
    const { id, uid, scopeId } = await source()
    const response = await send(id, list(ITEMS))
    expect(response.status).toBe(202)
    expect(await response.json()).toMatchObject({ scope: uid, events: ITEMS.length, ignored: 2 })
    const [row] = await db.received.findMany({ where: { connectionId: id } })
    expect(row?.count).toBeGreaterThan(5)
    for (const raw of ['userAgent', 'sourceIPs', 'auditID', 'requestURI'])
      expect(JSON.stringify(row?.observations)).not.toContain(raw)
    await send(id, list(ITEMS))
    expect(await pendingJobs('apply-received', { connectionId: id })).toHaveLength(1)

    await bringIn(id)
    const uses = await usesOf(scopeId)
    expect(uses).toHaveLength(row?.count ?? 0)
    expect(uses.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['denied: watch secrets', 'acme-admin was issued a token for it']),
    )
    expect(await waiting(id)).toBe(0)
    expect(await db.run.findMany({ where: { connectionId: id } })).toMatchObject([
      { trigger: 'watch', state: 'complete', error: null, endedAt: expect.any(Date) as Date },
    ])
    const looks = await db.look.findMany({ where: { scopeId } })
    expect(looks).toMatchObject([{ stream: 'audit-log', state: 'partial', completeAt: null, gaps: [] }])
  })
  test('sent twice change nothing, and make no other run', async () => {
    const { id, scopeId } = await source()
    await send(id, list(ITEMS))
    await bringIn(id)
    const before = await usesOf(scopeId)
    expect(before.length).toBeGreaterThan(5)
    await send(id, list(ITEMS))
    await bringIn(id)
    expect(await usesOf(scopeId)).toEqual(before)
    expect(await db.run.count({ where: { connectionId: id } })).toBe(1)
    expect(await waiting(id)).toBe(0)
  })
  test('that are older than what is held do not go back; newer ones go on, in the same run', async () => {
    const { id, scopeId } = await source()
    const [first = {}] = ITEMS
    const at = (requestReceivedTimestamp: string) =>
      list([{ ...first, auditID: crypto.randomUUID(), requestReceivedTimestamp }])
    const newest = async () => [...new Set((await usesOf(scopeId)).map(({ usedAt }) => usedAt.toISOString()))]
    for (const [told, held] of [
      ['2026-11-22T05:00:00.000Z', '2026-11-22T05:00:00.000Z'],
      ['2026-11-22T04:00:00.000Z', '2026-11-22T05:00:00.000Z'],
      ['2026-11-22T05:10:00.000Z', '2026-11-22T05:00:00.000Z'],
      ['2026-11-22T06:00:00.000Z', '2026-11-22T06:00:00.000Z'],
    ] as const) {
      expect((await send(id, at(told))).status).toBe(202)
      await bringIn(id)
      expect(await newest(), told).toEqual([held])
    }
    expect(await db.run.count({ where: { connectionId: id } })).toBe(1)
  })
  test('that no job knows of are found by what is done every minute', async () => {
    const { id, scopeId } = await source()
    await db.received.create({ data: { connectionId: id, scopeId, observations: [], count: 0 } })
    expect(await startReceiving()).toContain(id)
    expect(await startReceiving()).not.toContain(id)
  })
})

describe('what is refused', () => {
  test('for one item is refused whole, by the name of the place, and told as a gap', async () => {
    const { id, scopeId } = await source()
    const [first = {}, second = {}] = ITEMS
    const response = await send(id, list([first, { ...second, verb: 7 }]))
    expect(response.status).toBe(400)
    expect(Problem.parse(await response.json()).issues).toMatchObject([{ path: 'items.1.verb' }])
    expect(await waiting(id)).toBe(0)
    await bringIn(id)
    expect(await usesOf(scopeId)).toEqual([])
    expect(await gapsOf(scopeId)).toMatchObject([{ permission: 'audit-log', why: 'malformed', count: 1 }])
    // It is still told when other events have come.
    await send(id, list(ITEMS))
    await bringIn(id)
    expect((await usesOf(scopeId)).length).toBeGreaterThan(0)
    expect(await gapsOf(scopeId)).toMatchObject([{ why: 'malformed', count: 1 }])
  })
  test.each([
    ['{"kind"', 'application/json', 400],
    ['', 'application/json', 400],
    ['{}', 'text/plain', 400],
  ])('the body %j as %s is answered with %i', async (body, type, status) => {
    const { id } = await source()
    expect((await send(id, body, { 'content-type': type })).status).toBe(status)
    expect(await db.receivedGap.count({ where: { connectionId: id, why: 'malformed' } })).toBe(1)
  })
  test('because too much waits is to be sent again later, and told as a gap', async () => {
    const { id, scopeId } = await source()
    const full = { connectionId: id, scopeId, observations: [], count: WAITING_MAX }
    const { id: row } = await db.received.create({ data: full })
    const response = await send(id, list(ITEMS))
    expect(response.status).toBe(429)
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await waiting(id)).toBe(1)
    await bringIn(id)
    expect(await gapsOf(scopeId)).toMatchObject([{ why: 'limited', count: 1 }])
    expect(await db.received.findUnique({ where: { id: row } })).toBeNull()
    expect((await send(id, list(ITEMS))).status).toBe(202)
  })
  test('because it is too long is 413, whether it says so or not', async () => {
    const { id } = await source()
    const long = `{"kind":"${'x'.repeat(RECEIVED_BYTES_MAX)}"}`
    expect((await send(id, long)).status).toBe(413)
    expect((await send(id, '{}', { 'content-length': String(RECEIVED_BYTES_MAX + 1) })).status).toBe(413)
    expect(await db.receivedGap.findMany({ where: { connectionId: id } })).toMatchObject([
      { why: 'limited', count: 2 },
    ])
  })
  test('while the source is paused is told as left out', async () => {
    const { id } = await source()
    await db.connection.update({ where: { id }, data: { paused: true } })
    expect((await send(id, list(ITEMS))).status).toBe(409)
    expect(await db.receivedGap.findMany({ where: { connectionId: id } })).toMatchObject([
      { why: 'left-out' },
    ])
  })
})

describe('where it goes', () => {
  test('a source may be named', async () => {
    const { id, name } = await source()
    expect((await send(encodeURIComponent(name), list(ITEMS))).status).toBe(202)
    expect(await waiting(id)).toBe(1)
  })
  test('of several scopes one has to be named', async () => {
    const { id, uid, scopeId } = await source({ scopes: 2 })
    const unsaid = await send(id, list(ITEMS))
    expect(unsaid.status).toBe(400)
    expect(Problem.parse(await unsaid.json()).issues).toMatchObject([{ path: 'scope' }])
    expect((await send(`${id}/${uid}`, list(ITEMS))).status).toBe(202)
    expect((await send(`${id}/elsewhere`, list(ITEMS))).status).toBe(404)
    expect(await db.received.findMany({ where: { connectionId: id } })).toMatchObject([{ scopeId }])
  })
  test.each([
    ['that was never read', { scopes: 0 }],
    ['that holds files', { mode: 'import' as const }],
    ['that sends nothing', { connectorId: 'aws' }],
  ])('a source %s takes nothing', async (_, of) => {
    const { id } = await source(of)
    expect((await send(id, list(ITEMS))).status).toBe(409)
    expect(await waiting(id)).toBe(0)
  })
  test('a token that may send may do nothing else', async () => {
    const asked = new Request(`${HOST}/api/v1/identities`, { headers: { authorization } })
    const response = await identities(asked)
    expect(response.status).toBe(403)
    expect(Problem.parse(await response.json()).detail).toContain('nothing but source:receive')
  })
})
