// A source that is removed: questions about earlier moments are answered as before; what never was real leaves no trace.
import { afterAll, beforeEach, expect, test } from 'vitest'
import { known } from '@/core/fact'
import { pastTables } from '@/inventory/retention/ended-versions'
import { closeSender, pendingJobs } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { actorAs } from '@/tests/actors'
import { pastAnswers } from '@/tests/past-answers'
import {
  forgetEverything,
  knownAt,
  putCredential,
  putFinding,
  putGrant,
  putIdentity,
  putLook,
  putPosture,
  putRun,
  putSource,
  putTally,
  retire,
  uuid,
} from '@/tests/simulated-time'
import { deleteConnection } from './delete-connection'
import { removeSample } from '../sample/remove-sample'

const administrator = actorAs('administrator')
const day = (n: number, hours = 0) => new Date(Date.UTC(2026, 8, 1 + n, hours)).toISOString()

/** A source with a scope of its own and one that it shares, which has changed since it was connected. */
async function source(name: string, mode: 'live' | 'sample', scope: string): Promise<string> {
  const id = uuid('connection', name)
  const run = uuid('run', name)
  await knownAt(day(1), async (tx) => {
    await putSource(tx, name, { at: day(1), scopes: [scope], mode })
    await putRun(tx, id, day(1), run)
    await tx.runCoverage.create({
      data: {
        runId: run,
        scopeId: uuid('scope', scope),
        stream: 'main',
        kind: 'identity',
        state: 'complete',
        count: 2,
        gaps: [],
      },
    })
    await putLook(tx, scope, 'identity', day(1))
    await putIdentity(tx, scope, 'one', day(1))
    await putIdentity(tx, scope, 'two', day(1))
    await putCredential(tx, scope, 'key', 'one', day(1))
    await putGrant(tx, scope, 'read', 'one', day(1))
    await putPosture(tx, scope, 'one', day(1), { owner: 'ann' })
    await putFinding(tx, scope, 'one', day(1))
    await putTally(tx, scope, day(1))
    await tx.facetCount.create({
      data: {
        scopeId: uuid('scope', scope),
        type: 'demo.robot',
        class: 'machine',
        ownerState: 'known',
        ownerName: 'ann',
        privilegeClass: 'limited',
        retired: false,
        count: 2,
      },
    })
  })
  await knownAt(day(3), async (tx) => {
    await putIdentity(tx, scope, 'one', day(2), { tags: known({ team: 'b' }, 'demo:List') })
    await retire(tx, 'identity', uuid('identity', scope, 'two'), day(2))
    await putFinding(tx, scope, 'one', day(2), { state: 'resolved' })
    await tx.connection.update({
      where: { id },
      data: { settings: Buffer.from('other-secret-settings'), paused: true },
    })
    await tx.run.update({ where: { id: run }, data: { state: 'partial' } })
    await putLook(tx, scope, 'identity', day(3), false)
  })
  return id
}

const MOMENTS = [
  [day(0), day(0)],
  [day(1), day(1)],
  [day(2), day(2)],
  [day(2), day(9)],
  [day(9), day(9)],
] as const
const told = async () => {
  const answers: Record<string, string[]>[] = []
  for (const [valid, knownBy] of MOMENTS) answers.push(await pastAnswers(valid, knownBy))
  return answers
}
/** Rows in the tables of ended versions that mention any of the ids. */
async function traces(...ids: string[]): Promise<Record<string, number>> {
  const found: Record<string, number> = {}
  for (const table of await pastTables()) {
    const [row] = await db.$queryRawUnsafe<{ count: number }[]>(
      `SELECT count(*)::int AS count FROM past."${table}" t WHERE to_jsonb(t)::text ~ $1`,
      ids.join('|'),
    )
    if (row?.count) found[table] = row.count
  }
  return found
}

beforeEach(forgetEverything)
afterAll(async () => {
  await closeSender()
  await db.$disconnect()
})

test('a real source is gone from now on; every earlier moment is answered as before, to the byte', async () => {
  const id = await source('North', 'live', 's1')
  await source('South', 'live', 's2')
  const before = await told()
  expect(before[4]?.identity).toHaveLength(4)
  expect(await deleteConnection(administrator, { connectionId: id })).toEqual({
    id,
    name: 'North',
    scopesRemoved: 1,
  })
  expect(await told()).toEqual(before)
  const scopeId = uuid('scope', 's1')
  const left = [
    await db.connection.count({ where: { id } }),
    await db.scope.count({ where: { id: scopeId } }),
    await db.identity.count({ where: { scopeId } }),
    await db.credential.count({ where: { scopeId } }),
    await db.posture.count({ where: { scopeId } }),
    await db.finding.count({ where: { scopeId } }),
    await db.facetCount.count({ where: { scopeId } }),
    await db.run.count({ where: { connectionId: id } }),
    await db.runCoverage.count({ where: { scopeId } }),
  ]
  expect(left).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0])
  const now = new Date().toISOString()
  const present = await pastAnswers(now)
  expect(present.identity?.every((row) => row.includes(uuid('scope', 's2')))).toBe(true)
  expect(await pendingJobs('join-changes', {})).not.toEqual([])
})

test('its settings are in no version of it', async () => {
  const id = await source('North', 'live', 's1')
  await deleteConnection(administrator, { connectionId: id })
  const kept = await db.$queryRaw<{ settings: Uint8Array }[]>`SELECT settings FROM past.connection`
  expect(kept.length).toBeGreaterThan(1)
  expect(kept.every(({ settings }) => settings.length === 0)).toBe(true)
  const hex = Buffer.from('secret-settings').toString('hex')
  expect(await traces(hex, 'secret-settings')).toEqual({})
})

test('a scope that another source reads stays', async () => {
  const id = await source('North', 'live', 's1')
  await knownAt(day(4), (tx) => putSource(tx, 'South', { at: day(4), scopes: ['s1'] }))
  await deleteConnection(administrator, { connectionId: id })
  expect(await db.identity.count({ where: { retiredAt: null } })).toBe(1)
})

test.each([
  ['as a whole', () => removeSample(administrator, {})],
  ['one by one', () => deleteConnection(administrator, { connectionId: uuid('connection', 'Sample') })],
])('the sample organisation, removed %s, never was', async (_, remove) => {
  await source('North', 'live', 's1')
  const without = await told()
  const tables = await traces(uuid('scope', 's1'))
  await source('Sample', 'sample', 's-sample')
  expect((await told())[4]?.identity).toHaveLength(4)
  const ids = [uuid('connection', 'Sample'), uuid('scope', 's-sample'), uuid('run', 'Sample')]
  expect(Object.keys(await traces(...ids)).length).toBeGreaterThan(4)
  await remove()
  expect(await traces(...ids)).toEqual({})
  expect(await told()).toEqual(without)
  // What is real keeps its past.
  expect(await traces(uuid('scope', 's1'))).toEqual(tables)
  await deleteConnection(administrator, { connectionId: uuid('connection', 'North') })
  expect(await told()).toEqual(without)
})
