// The activity log is only ever added to, and whatever is done to it past that is found and named.
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '@/core/permissions'
import { db, type Tx } from '@/prisma/client'
import { forgetActivity, unguarded } from '@/tests/unguarded-activity'
import { eachActivity, listActivity } from './list-activity'
import { recordActivity } from './record-activity'
import { activityHead, ChainQuestion, verifyActivity, type Head } from './verify-activity'

const auditor: Actor = { kind: 'user', id: 'u-audit', name: 'Otto Auditor', role: 'auditor' }
const AT = new Date('2026-05-01T10:00:00.123Z')
const act = (tx: Tx | typeof db, n: number) =>
  recordActivity(
    tx as Tx,
    { ...auditor, name: `Ann “${n}” Müller\n` },
    {
      action: `test.${n % 2 ? 'odd' : 'even'}`,
      object: `test:${n}`,
      detail: { n, words: ['a', 'b'], none: null },
    },
    AT,
  )
const write = async (count: number) => {
  for (let n = 1; n <= count; n++) await act(db, n)
}
const found = async (head?: Head) => {
  const { problems } = await verifyActivity(auditor, head && { head })
  return problems.map(({ kind, seq, id }) => [kind, seq ?? (id ? 'beside' : undefined)])
}
const idAt = async (seq: number) => (await db.activityLink.findUniqueOrThrow({ where: { seq } })).activityId

beforeEach(forgetActivity)
afterAll(() => db.$disconnect())

describe('as it was written', () => {
  test('every entry is chained to the one before it, and the head can be noted', async () => {
    expect(await activityHead(auditor)).toBeUndefined()
    expect(await verifyActivity(auditor)).toMatchObject({ entries: 0, problems: [], more: false })
    await write(5)
    const { entries, head, problems } = await verifyActivity(auditor)
    expect([entries, problems]).toEqual([5, []])
    expect(head).toEqual(await activityHead(auditor))
    await write(2)
    expect(await found(head)).toEqual([])
  })
  test('whoever writes at the same time is chained one after the other, and what is rolled back leaves no gap', async () => {
    await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        db
          .$transaction(async (tx) => {
            await act(tx, n)
            await act(tx, n)
            if (n % 4 === 0) throw new Error('rolled back')
          })
          .catch(() => undefined),
      ),
    )
    expect(await verifyActivity(auditor)).toMatchObject({ entries: 60, head: { seq: 60 }, problems: [] })
  })
  test('two that wait for each other’s rows do not wait for the chain', async () => {
    await db.worker.createMany({ data: ['a', 'b'].map((id) => ({ id, startedAt: AT, beatAt: AT })) })
    const work = (id: string, first: Promise<void>, done: () => void) =>
      db.$transaction(async (tx) => {
        await act(tx, 1)
        done()
        await first
        await tx.worker.update({ where: { id }, data: { beatAt: new Date() } })
      })
    let [one, two] = [() => {}, () => {}]
    const [first, second] = [new Promise<void>((go) => (one = go)), new Promise<void>((go) => (two = go))]
    await Promise.all([work('a', second, one), work('a', first, two)])
    expect(await found()).toEqual([])
  })
})

describe('past its guards', () => {
  test('nothing is changed or taken out without taking them off', async () => {
    await write(2)
    for (const statement of [
      `UPDATE activity SET action = 'x'`,
      'DELETE FROM activity',
      'TRUNCATE activity',
      `UPDATE activity_link SET hash = repeat('0', 64)`,
      'DELETE FROM activity_link',
      'TRUNCATE activity_link',
    ])
      await expect(db.$executeRawUnsafe(statement), statement).rejects.toThrow('only ever added to')
    expect(await found()).toEqual([])
  })
  test.each([
    ['who', { actorName: 'Somebody else' }],
    ['by which means', { actorKind: 'cli' }],
    ['what', { action: 'test.other' }],
    ['on what', { object: null }],
    ['when', { at: new Date(AT.getTime() + 1) }],
    ['a number', { detail: { n: 4, words: ['a', 'b'], none: null } }],
    ['what was left out', { detail: { n: 3, words: ['a', 'b'] } }],
  ])('an entry that says otherwise %s is named, and no other', async (_, data) => {
    await write(6)
    await unguarded(async (tx) => tx.activity.update({ where: { id: await idAt(3) }, data }))
    expect(await found()).toEqual([['edited', 3]])
  })
  test('an entry that is taken out, with its link or without', async () => {
    await write(6)
    await unguarded(async (tx) => tx.activity.delete({ where: { id: await idAt(2) } }))
    await unguarded(async (tx) => {
      await tx.activity.delete({ where: { id: await idAt(5) } })
      await tx.activityLink.delete({ where: { seq: 5 } })
    })
    expect(await found()).toEqual([
      ['removed', 2],
      ['removed', 5],
    ])
  })
  test('entries that changed places', async () => {
    await write(6)
    await unguarded(async (tx) => {
      const [second, fourth] = [await idAt(2), await idAt(4)]
      await tx.activityLink.update({ where: { seq: 2 }, data: { activityId: -1n } })
      await tx.activityLink.update({ where: { seq: 4 }, data: { activityId: second } })
      await tx.activityLink.update({ where: { seq: 2 }, data: { activityId: fourth } })
    })
    expect(await found()).toEqual([
      ['edited', 2],
      ['edited', 4],
    ])
  })
  test('an entry that is put in beside the chain', async () => {
    await write(2)
    await unguarded((tx) => act(tx, 3))
    expect(await found()).toEqual([['added', 'beside']])
  })
  test('an end that is taken out, and a chain that is made anew, by a head that was noted', async () => {
    await write(4)
    const head = await activityHead(auditor)
    const last = await idAt(4)
    await unguarded(async (tx) => {
      await tx.activityLink.delete({ where: { seq: 4 } })
      await tx.activity.delete({ where: { id: last } })
    })
    expect(await found()).toEqual([])
    expect(await found(head)).toEqual([['other-head', 4]])
    await forgetActivity()
    await act(db, 9)
    await write(4)
    expect(await found()).toEqual([])
    expect(await found(head)).toEqual([['other-head', 4]])
  })
  test('many problems are bounded, and that there are more is told', async () => {
    await write(130)
    await unguarded((tx) => tx.activity.updateMany({ data: { action: 'x' } }))
    const { problems, more } = await verifyActivity(auditor)
    expect([problems.length, more]).toEqual([100, true])
  })
})

test('the list is narrowed by what, who, on what and when, and its file holds the same', async () => {
  await write(9)
  const of = async (filter: Parameters<typeof listActivity>[1]) =>
    (await listActivity(auditor, filter)).rows.map((row) => row.object)
  expect(await of({ action: ['test.even'], size: 2 })).toEqual(['test:8', 'test:6'])
  expect(await of({ object: 'test:3' })).toEqual(['test:3'])
  expect(await of({ actor: 'Ann “7” Müller\n' })).toEqual(['test:7'])
  expect(await of({ since: new Date(AT.getTime() + 1).toISOString() })).toEqual([])
  expect(await of({ until: new Date(AT.getTime() + 1).toISOString() })).toHaveLength(9)
  const all: string[] = []
  for await (const rows of eachActivity(auditor, { action: ['test.odd'] }))
    all.push(...rows.map((row) => row.object ?? ''))
  expect(all).toEqual(['test:9', 'test:7', 'test:5', 'test:3', 'test:1'])
})
test.each(['', '5', 'x:y', `5:${'g'.repeat(64)}`, `-1:${'0'.repeat(64)}`])('%j is no head', (head) => {
  expect(ChainQuestion.safeParse({ head }).success).toBe(false)
})
