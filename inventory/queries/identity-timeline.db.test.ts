// What happened to one identity, whoever wrote it and however often: and as it was known at an earlier moment.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { known } from '@/core/fact'
import { atMoment } from '@/inventory/moment/at-moment'
import { closeMomentClient } from '@/inventory/moment/moment-client'
import { db } from '@/prisma/client'
import { actorAs } from '@/tests/actors'
import {
  knownAt,
  putCredential,
  putFinding,
  putGrant,
  putIdentity,
  putPosture,
  putSource,
  retire,
  uuid,
} from '@/tests/simulated-time'
import { homeSummary } from './home-summary'
import { identityTimeline } from './identity-timeline'

const auditor = actorAs('auditor')
const day = (n: number, hour = 0) => new Date(Date.UTC(2026, 8, 1 + n, hour)).toISOString()
const id = uuid('identity', 's1', 'robot')
const told = async () =>
  (await identityTimeline(auditor, id)).events.map(
    ({ at, what, kind, name, changes }) =>
      `${at.slice(5, 10)} ${kind} ${name} ${what}${changes.map((c) => ` ${c.field}: ${c.from} → ${c.to}`).join('')}`,
  )

beforeAll(async () => {
  await knownAt(day(1), async (tx) => {
    await putSource(tx, 'North', { at: day(1), scopes: ['s1'] })
    await putIdentity(tx, 's1', 'robot', day(1))
    await putIdentity(tx, 's1', 'other', day(1))
    await putGrant(tx, 's1', 'read', 'robot', day(1))
    await putPosture(tx, 's1', 'robot', day(1), { owner: null })
    await putFinding(tx, 's1', 'robot', day(1))
  })
  await knownAt(day(3), async (tx) => {
    await putIdentity(tx, 's1', 'robot', day(2), { tags: known({ team: 'b' }, 'demo:List') })
    await putCredential(tx, 's1', 'key', 'robot', day(2))
    await putFinding(tx, 's1', 'robot', day(2), { state: 'resolved' })
    await putPosture(tx, 's1', 'robot', day(2), { owner: 'ann', failing: 1 })
  })
  await knownAt(day(5), async (tx) => {
    await retire(tx, 'credential', uuid('credential', 's1', 'key'), day(4))
    await retire(tx, 'grant', uuid('grant', 's1', 'read'), day(4))
    await putFinding(tx, 's1', 'robot', day(4))
    // A count is nobody's news.
    await putPosture(tx, 's1', 'robot', day(4), { owner: 'ann', failing: 2 })
  })
  await knownAt(day(7), async (tx) => {
    await putCredential(tx, 's1', 'key', 'robot', day(6))
    await putFinding(tx, 's1', 'robot', day(6), { state: 'resolved' })
    await putPosture(tx, 's1', 'robot', day(6), { owner: 'ann', privilege: 'administrator' })
  })
})
afterAll(async () => {
  await closeMomentClient()
  await db.$disconnect()
})

const UNTIL_5 = [
  '09-03 finding robot finding-resolved',
  '09-03 identity robot changed tags: {"team":"a"} → {"team":"b"}',
  '09-03 owner robot changed owner: none → ann',
  '09-03 credential key first-seen',
  '09-02 finding robot finding-opened',
  '09-02 identity robot first-seen',
]

test('every version tells what the one before it did not', async () => {
  expect((await told()).sort()).toEqual(
    [
      ...UNTIL_5,
      '09-05 credential key retired',
      '09-05 grant read retired',
      '09-05 finding robot finding-opened',
      '09-07 credential key restored',
      '09-07 finding robot finding-resolved',
      '09-07 privilege robot changed privilege: limited → administrator',
    ].sort(),
  )
})

test('newest first, and no more than can be read', async () => {
  const times = (await told()).map((line) => line.slice(0, 5))
  expect(times).toEqual([...times].sort().reverse())
  await knownAt(day(8), async (tx) => {
    for (let n = 0; n < 210; n++) await putCredential(tx, 's1', `many-${n}`, 'other', day(8))
  })
  const { events, more } = await identityTimeline(auditor, uuid('identity', 's1', 'other'))
  expect([events.length, more]).toEqual([200, true])
})

test('as of a moment it ends there, and what had not ended then is not told as ended', async () => {
  const at = { valid: day(3, 1), known: day(3, 1) }
  expect((await atMoment(at, told)).sort()).toEqual([...UNTIL_5].sort())
  // True by then, and known only later.
  const early = { valid: day(4, 1), known: day(4, 1) }
  const late = { valid: day(4, 1), known: day(5, 1) }
  expect(await atMoment(early, told)).not.toContain('09-05 credential key retired')
  expect(await atMoment(late, told)).toContain('09-05 credential key retired')
})

test('the week counts what changed, at the time asked about', async () => {
  const week = async (valid: string) =>
    (await atMoment({ valid, known: valid }, () => homeSummary(auditor))).week.changedIdentities
  expect(await week(day(2))).toEqual({ count: 0, more: false })
  expect(await week(day(3, 1))).toEqual({ count: 1, more: false })
  expect(await week(day(20))).toEqual({ count: 0, more: false })
})
