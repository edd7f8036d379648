// What the home page tells of a week: what a first look brings is no news, what is seen after it is, and what was not seen is said.
import { beforeAll, describe, expect, test } from 'vitest'
import { absent, known } from '@/core/fact'
import type { Observed } from '@/core/observation'
import { weekSentences } from '@/governance/news/week-sentences'
import { db } from '@/prisma/client'
import { actorOf, analyst, look, ownerHint } from '@/tests/queried-estate'
import { connection, credential, identity, refused } from '@/tests/scripted-source'
import { homeSummary } from './home-summary'

const DAY_MS = 86_400_000
const days = (n: number) => new Date(Date.now() - n * DAY_MS).toISOString()
const SOURCE = 'demo:List'
const key = (name: string, of: string, made: string) =>
  credential(name, of, { createdAt: known(made, SOURCE), rotatedAt: absent(SOURCE) })
const OLD = '2020-01-01T00:00:00.000Z'

const FIRST: Observed[] = [
  identity('deploy'),
  identity('robot'),
  ownerHint('robot', 'ann@example.com'),
  key('old', 'deploy', OLD),
  key('young', 'robot', days(30)),
]
const week = async (actor = analyst) => (await homeSummary(actor)).week
const texts = async () => weekSentences(await week()).map(({ text }) => text)
const count = (news: { ruleId: string; count: number }[], rule: string) =>
  news.find(({ ruleId }) => ruleId === rule)?.count ?? 0

let to: Awaited<ReturnType<typeof connection>>
const see = (at: string, observations: Observed[]) => look(to, { at, streams: { main: { observations } } })
beforeAll(async () => {
  to = await connection()
}, 60_000)

describe('a first look', () => {
  test('is no news, nor is what is settled while it is worked out', async () => {
    await see(days(2), FIRST)
    // Joins and analyses are worked out afterwards: the same look, judged a little later.
    const finding = await db.finding.findFirstOrThrow({
      where: { ruleId: 'credential-long-lived', verdict: 'fail' },
    })
    const settled = new Date(Date.parse(days(2)) + 60_000)
    await db.finding.update({
      where: { id: finding.id },
      data: { state: 'resolved', resolvedAt: settled, resolvedWhy: 'it passes now' },
    })
    const { opened, closed, administrators, ownerless } = await week()
    expect([opened, closed, administrators.count, ownerless.count]).toEqual([[], [], 0, 0])
    expect(await texts()).toEqual(['1 scope was read for the first time: s1.'])
    await db.finding.update({
      where: { id: finding.id },
      data: { state: 'open', resolvedAt: null, resolvedWhy: null },
    })
  })
})

describe('what is seen later', () => {
  beforeAll(async () => {
    await see(days(1.5), FIRST)
    await see(days(1), [
      identity('deploy'),
      identity('robot'),
      identity('newcomer'),
      key('young', 'robot', days(30)),
      key('second', 'newcomer', OLD),
    ])
  })
  test('is: keys past their limit, owners gone, what is new, and what was closed', async () => {
    const { opened, closed, ownerless, newIdentities } = await week()
    expect(count(opened, 'credential-long-lived')).toBe(1)
    expect(count(closed, 'credential-long-lived')).toBe(1)
    expect(ownerless).toMatchObject({ count: 1, named: [{ name: 'robot' }] })
    expect(newIdentities.count).toBe(1)
    const said = await texts()
    expect(said).toContain('1 identity has no owner any more: robot.')
    expect(said).toContain('1 identity is new.')
  })
  test('whoever came to be an administrator comes first, told by name; who was one already is not told', async () => {
    const { id } = await db.identity.findFirstOrThrow({ where: { name: 'deploy' } })
    await db.posture.update({ where: { identityId: id }, data: { privilegeClass: 'administrator' } })
    expect((await texts())[0]).toBe('1 identity is an administrator now and was not known to be: deploy.')
    const later = (now: string) => homeSummary(analyst, { now })
    expect((await later(new Date(Date.now() + 6 * DAY_MS).toISOString())).week.administrators.count).toBe(1)
    const past = await later(new Date(Date.now() + 8 * DAY_MS).toISOString())
    expect(past.week.administrators.count).toBe(0)
  })
  test('a rule that is turned off closes nothing', async () => {
    const before = await week()
    await db.finding.updateMany({
      where: { state: 'open', verdict: 'fail' },
      data: { state: 'resolved', resolvedAt: new Date(), resolvedWhy: 'the rule is turned off: noise' },
    })
    expect((await week()).closed).toEqual(before.closed)
    expect((await homeSummary(analyst)).worst).toEqual([])
  })
  test('an owner hears of what is theirs alone', async () => {
    const mine = await week(actorOf('owner', { email: 'ann@example.com' }))
    expect([mine.administrators.count, mine.opened, mine.changes.added]).toEqual([0, [], []])
  })
})

describe('a look that fell short', () => {
  test('is said of a scope that could be seen a week ago, and takes nothing away', async () => {
    const other = await connection()
    const streams = { main: { observations: [identity('kept')] } }
    await look(other, { at: days(9), scopes: ['s9'], streams })
    await look(other, {
      at: days(0),
      scopes: ['s9'],
      streams: { main: { observations: [], fails: refused() } },
    })
    const { changes, retiredIdentities } = await week()
    expect(changes.blind.map(({ name }) => name)).toEqual(['s9'])
    expect(retiredIdentities.count).toBe(0)
    expect(await texts()).toContain('1 scope can no longer be seen whole: s9.')
  })
})

test('a policy that was saved is told, with who saved it and why', async () => {
  await db.policy.create({
    data: { version: 1, doc: {}, note: 'Ninety days.', author: 'Ada', source: 'interface' },
  })
  expect(await texts()).toContain('Version 1 of the policy was saved by Ada: Ninety days.')
})
