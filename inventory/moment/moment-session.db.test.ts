// Pieces of work at different moments share a few connections and never each other's moment.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Moment } from '@/core/moment'
import { db } from '@/prisma/client'
import { askMoment } from './ask-moment'
import { atMoment, reader } from './at-moment'
import { closeMomentClient } from './moment-client'

const ID = '00000000-0000-8000-8000-0000000000bb'
const NAMES = ['one', 'two', 'three']
const moments: Moment[] = []

beforeAll(async () => {
  for (const name of NAMES) {
    await db.scope.upsert({
      where: { id: ID },
      create: {
        id: ID,
        connectorId: 'demo',
        nativeId: 'shared',
        name,
        type: 'demo.account',
        sample: false,
        firstSeenAt: new Date(0),
      },
      update: { name },
    })
    const [row] = await db.$queryRaw<{ at: Date }[]>`SELECT clock_timestamp() AS at`
    const moment = await askMoment({ asOf: row?.at.toISOString() })
    if (moment) moments.push(moment)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
})
afterAll(closeMomentClient)

const nameThen = async () => (await reader.scope.findUniqueOrThrow({ where: { id: ID } })).name
const rawThen = async () => {
  const [row] = await reader.$queryRaw<{ name: string }[]>`SELECT name FROM scope WHERE id = ${ID}::uuid`
  return row?.name
}

test('many at once, each several times: every one has its own answer', async () => {
  const asked = Array.from({ length: 30 }, (_, at) => at % NAMES.length)
  const answers = await Promise.all(
    asked.map((at) =>
      atMoment(moments[at], () => Promise.all([nameThen(), rawThen(), nameThen(), rawThen()])),
    ),
  )
  for (const [index, at] of asked.entries()) expect(new Set(answers[index])).toEqual(new Set([NAMES[at]]))
  expect(await rawThen()).toBe('three')
})

test('one moment inside another', async () => {
  const told = await Promise.all(
    Array.from({ length: 8 }, () =>
      atMoment(moments[0], async () => [
        await rawThen(),
        await atMoment(moments[1], rawThen),
        await rawThen(),
      ]),
    ),
  )
  for (const one of told) expect(one).toEqual(['one', 'two', 'one'])
})

test('a read that fails leaves the next one unharmed, and what goes on after the work keeps its moment', async () => {
  let late: Promise<unknown> | undefined
  const told = await atMoment(moments[0], async () => {
    await expect(reader.user.findMany()).rejects.toThrow()
    late = new Promise((resolve) => setTimeout(resolve, 50)).then(rawThen)
    return rawThen()
  })
  expect(told).toBe('one')
  expect(await late).toBe('one')
})
