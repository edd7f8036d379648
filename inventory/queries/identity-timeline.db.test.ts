// What happened to one identity, whoever wrote it and however often: and as it was known at an earlier moment.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { known } from '@/core/fact'
import { atMoment } from '@/inventory/moment/at-moment'
import { closeMomentClient } from '@/inventory/moment/moment-client'
import { compactHistory } from '@/inventory/retention/compact-history'
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
  // A transaction may take five seconds, also where the machine has other things to do.
  for (let from = 0; from < 210; from += 30)
    await knownAt(day(8), async (tx) => {
      for (let n = from; n < from + 30; n++) await putCredential(tx, 's1', `many-${n}`, 'other', day(8))
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

test('what is no longer kept is not told, said since when it is whole, and the same while versions are deleted', async () => {
  const at = { valid: day(5, 1), known: day(5, 1) }
  const whole = () => atMoment(at, () => identityTimeline(auditor, id))
  const history = (value: object) => db.setting.update({ where: { key: 'history' }, data: { value } })
  await history({ days: 30, from: null })
  const before = await whole()
  expect(before).not.toHaveProperty('keptFrom')
  // Begins before the identity was first seen: nothing of it can be missing.
  await history({ days: 30, from: day(0) })
  expect(await whole()).toEqual(before)

  // Said first, deleted bit by bit afterwards.
  await history({ days: 30, from: day(4) })
  const said = JSON.stringify(await whole())
  const versions = () => db.$queryRaw<unknown[]>`SELECT 1 FROM past.identity WHERE id = ${id}::uuid`
  expect(await versions()).not.toHaveLength(0)
  const { versions: deleted } = await compactHistory({ now: new Date(Date.parse(day(4)) + 30 * 86_400_000) })
  expect(deleted).toBeGreaterThan(0)
  expect(await versions()).toHaveLength(0)
  expect(JSON.stringify(await whole())).toBe(said)

  const { keptFrom, events } = await whole()
  expect(keptFrom).toBe(day(4))
  const since = (all: typeof events) => all.filter((event) => event.at >= day(4))
  expect(since(events)).toEqual(since(before.events))
  expect(since(events)).not.toHaveLength(0)
  const told = events.map(({ kind, what }) => `${kind} ${what}`)
  expect(told).toContain('identity first-seen')
  expect(told).not.toContain('identity changed')
})
