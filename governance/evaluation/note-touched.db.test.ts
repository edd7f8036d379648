// What moved is noted once, for whichever scope it is of, and is there until that scope has judged it.
import { beforeEach, expect, test } from 'vitest'
import { known } from '@/core/fact'
import { scopeIdOf } from '@/inventory/scopes'
import { db } from '@/prisma/client'
import { connection, credential, identity, takeLook } from '@/tests/scripted-source'
import { evaluateScope } from './evaluate-scope'
import { noteTouched } from './note-touched'

const signal = new AbortController().signal
const at = (minute: number) =>
  new Date(Date.parse('2026-06-01T00:00:00.000Z') + minute * 60_000).toISOString()
let names: [string, string]
let ids: [string, string]
let minute = 0

beforeEach(() => {
  const end = Math.random().toString(36).slice(2)
  names = [`a-${end}`, `b-${end}`]
  ids = [scopeIdOf('demo', false, names[0]), scopeIdOf('demo', false, names[1])]
})

const look = async (name: string, enabled: boolean) => {
  const observations = [
    identity('robot', { enabled: known(enabled, 'demo:List') }),
    identity('other'),
    credential('k', 'robot'),
  ]
  await takeLook(await connection(), {
    at: at(++minute),
    scopes: [name],
    streams: { things: { observations } },
  })
}
const evaluate = (scopeId: string) => evaluateScope({ scopeId, signal, now: at(++minute) })
const noted = async (scopeId: string) =>
  (await db.touched.findMany({ where: { scopeId } })).map(({ id }) => id)
const inScope = async (scopeId: string, nativeId: string) =>
  (await db.identity.findFirstOrThrow({ where: { scopeId, nativeId } })).id

test('whoever comes first notes what moved in every scope, and each takes its own', async () => {
  for (const name of names) await look(name, true)
  for (const id of ids) expect(await evaluate(id)).toMatchObject({ how: 'read' })
  for (const name of names) await look(name, false)
  expect(await evaluate(ids[0])).toMatchObject({ how: 'moved' })
  expect(await noted(ids[0])).toEqual([])
  const others = await noted(ids[1])
  expect(others).toContain(await inScope(ids[1], 'robot'))
  expect(others).not.toContain(await inScope(ids[1], 'other'))
  // The robot, its key beside it, and the scope itself.
  expect(await evaluate(ids[1])).toMatchObject({ how: 'moved', read: 2, changed: 1 })
  expect(await noted(ids[1])).toEqual([])
  // A change that is still being written elsewhere may have it looked at twice, never less than once.
  const [last] = await db.touchedUpTo.findMany()
  await noteTouched()
  expect(await db.touchedUpTo.findMany()).toMatchObject([{ pass: last?.pass }])
})

test('what moves while a scope is judged for the first time is noted for it', async () => {
  await look(names[0], true)
  const [began] = await Promise.all([evaluate(ids[0]), meanwhile(names[0])])
  expect(began).toMatchObject({ how: 'read' })
  expect(await noted(ids[0])).toContain(await inScope(ids[0], 'robot'))
  const [before] = await db.finding.findMany({ where: { scopeId: ids[0] }, take: 1 })
  expect(before).toBeDefined()
  expect(await evaluate(ids[0])).toMatchObject({ how: 'moved' })
})
/** As soon as an evaluation has begun, another look is applied and another scope is evaluated. */
async function meanwhile(name: string) {
  while (!(await db.evaluation.count({ where: { scopeId: ids[0] } }))) await new Promise(setImmediate)
  await look(name, false)
  await noteTouched()
}

test('of a scope that is being taken away nothing is noted, and nobody waits for that', async () => {
  for (const name of names) await look(name, true)
  for (const id of ids) await evaluate(id)
  for (const name of names) await look(name, false)
  await db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM scope WHERE id = ${ids[1]}::uuid FOR UPDATE`
    await noteTouched()
  })
  expect(await noted(ids[0])).not.toEqual([])
  expect(await noted(ids[1])).toEqual([])
})
