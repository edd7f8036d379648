// Triage of one and of many findings, what brings back what was put off, and undoing.
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { FindingFilter, type FindingRow } from '@/core/list'
import type { Actor } from '@/core/permissions'
import { rules } from '@/rules'
import { listFindings } from '@/inventory/queries/list-findings'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { actorOf, analyst, estate, look } from '@/tests/queried-estate'
import { connection } from '@/tests/scripted-source'
import { findingHistory } from './finding-history'
import { rulesOfTopics } from './rules-of-topics'
import { setTriage } from './set-triage'
import { undoTriage } from './undo-triage'

const NOW = new Date('2026-06-10T12:00:00.000Z')
const another = actorOf('analyst', { id: 'another', name: 'Another' })
const nobody = '00000000-0000-4000-8000-000000000000'
const list = async (given: Record<string, string> = {}, actor: Actor = analyst) =>
  (await listFindings(actor, rulesOfTopics(FindingFilter.parse({ size: '100', ...given })))).rows

let findings: FindingRow[]
let one: FindingRow
beforeAll(async () => {
  await look(await connection(), { at: '2026-06-01T00:00:00.000Z', streams: estate(4) })
  for (const { id, name } of [analyst, another])
    await db.user.create({ data: { id, name, email: `${id}@example.com`, role: 'analyst' } })
  await db.user.create({ data: { id: 'gone', name: 'Gone', email: 'gone@example.com', banned: true } })
})
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW })
  await db.triage.deleteMany()
  await db.triageAct.deleteMany()
  findings = await list()
  one = findings[0] as FindingRow
  return () => vi.useRealTimers()
})
afterAll(async () => {
  await closeSender()
  await db.$disconnect()
})

type Input = Parameters<typeof setTriage>[1]
const set = (values: Input['set'], more: Partial<Input> = { findings: [one.id] }, actor: Actor = analyst) =>
  setTriage(actor, { ...more, set: values }, { now: new Date() })
const triageOf = async (id = one.id) => (await list()).find((row) => row.id === id)?.triage

describe('one finding', () => {
  test('keeps what is not spoken of', async () => {
    await set({ assignee: 'another@EXAMPLE.com' })
    await set({ note: ' Asked the team. ' })
    await set({ status: 'working' })
    const expected = {
      status: 'working',
      note: 'Asked the team.',
      assignee: { id: 'another', name: 'Another' },
    }
    expect(await triageOf()).toMatchObject(expected)
    await set({ assignee: null, note: null })
    expect(await triageOf()).toEqual({ status: 'working', actId: expect.any(String) })
  })
  test('is put off until the day is over', async () => {
    await set({ snoozeUntil: '2026-06-12' })
    expect((await list({ snoozed: 'yes' })).map((row) => row.id)).toEqual([one.id])
    expect((await list({ snoozed: 'no' })).length).toBe(findings.length - 1)
    vi.setSystemTime('2026-06-13T00:00:00.000Z')
    expect(await list({ snoozed: 'yes' })).toEqual([])
    expect(await triageOf()).not.toHaveProperty('snoozedUntil')
  })
  test.each([
    ['another severity', { severity: 0 }],
    ['another verdict', { verdict: 'unknown' }],
    ['its return', { openedAt: new Date(NOW.getTime() + 60_000) }],
  ])('that is put off is brought back by %s', async (_, data) => {
    const { severity, verdict, openedAt } = await db.finding.findUniqueOrThrow({ where: { id: one.id } })
    await db.finding.update({ where: { id: one.id }, data: { severity: 2, verdict: 'fail' } })
    await set({ snoozeUntil: '2026-06-12' })
    expect((await list({ snoozed: 'yes' })).length).toBe(1)
    await db.finding.update({ where: { id: one.id }, data })
    expect((await list({ snoozed: 'yes' })).length).toBe(0)
    await db.finding.update({ where: { id: one.id }, data: { severity, verdict, openedAt } })
  })
  test.each<[string, Input['set'], string]>([
    ['a day that is over', { snoozeUntil: '2026-06-09' }, 'set.snoozeUntil'],
    ['a day too far', { snoozeUntil: '2027-07-01' }, 'set.snoozeUntil'],
    ['somebody there is not', { assignee: 'nobody@example.com' }, 'set.assignee'],
    ['somebody who is not active', { assignee: 'gone' }, 'set.assignee'],
    ['a note without end', { note: 'x'.repeat(2001) }, 'set.note'],
    ['nothing', {}, 'set'],
  ])('does not take %s', async (_, values, path) => {
    const failure = await set(values).catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'invalid', issues: [expect.objectContaining({ path })] })
    expect(await db.triageAct.count()).toBe(0)
  })
})

describe('many', () => {
  test('all that a filter matches, at once', async () => {
    const filter = { rule: one.ruleId, verdict: one.verdict }
    const meant = await list(filter)
    const done = await set({ assignee: 'me', status: 'seen' }, { filter })
    expect(done).toMatchObject({ matched: meant.length, changed: meant.length, left: [] })
    expect((await list({ assignee: 'me' })).map((row) => row.id).sort()).toEqual(
      meant.map((row) => row.id).sort(),
    )
    expect((await list({ assignee: 'none' })).length).toBe(findings.length - meant.length)
    expect((await list({ assignee: 'none,me' })).length).toBe(findings.length)
    expect((await list({ status: 'new' })).length).toBe(findings.length - meant.length)
    const again = await set({ assignee: 'me' }, { filter })
    expect(again).toMatchObject({ matched: meant.length, changed: 0 })
    expect(again.actId).toBeUndefined()
  })
  test('those picked, and each that cannot be is named with why', async () => {
    const [, second] = findings as [FindingRow, FindingRow]
    await db.finding.update({ where: { id: second.id }, data: { state: 'resolved', resolvedAt: NOW } })
    const { changed, left } = await set({ status: 'seen' }, { findings: [one.id, second.id, nobody] })
    expect(changed).toBe(1)
    expect(left).toEqual([
      { id: second.id, why: 'It is resolved.' },
      { id: nobody, why: 'There is no such finding, or no longer.' },
    ])
    expect(await db.triage.count()).toBe(1)
    await db.finding.update({ where: { id: second.id }, data: { state: 'open', resolvedAt: null } })
  })
  test.each<[string, Partial<Input>, string]>([
    ['a filter that matches nothing', { filter: { q: 'no such name at all' } }, 'not-found'],
    ['a finding there is not', { findings: [nobody] }, 'not-found'],
    ['a filter that is not understood', { filter: { severity: 'dreadful' } }, 'invalid'],
    ['neither', {}, 'invalid'],
    ['both', { findings: [nobody], filter: {} }, 'invalid'],
    ['none', { findings: [] }, 'invalid'],
  ])('not %s', async (_, chosen, code) => {
    await expect(set({ status: 'seen' }, chosen)).rejects.toMatchObject({ code })
    expect(await db.triage.count()).toBe(0)
  })
  test('a topic is its rules', async () => {
    const topic = rules.find(({ meta }) => meta.id === one.ruleId)?.meta.topic ?? 'coverage'
    const ids = new Set(rules.filter(({ meta }) => meta.topic === topic).map(({ meta }) => meta.id))
    const meant = findings.filter((row) => ids.has(row.ruleId))
    expect((await list({ topic })).length).toBe(meant.length)
    expect(meant.length).toBeLessThan(findings.length)
    await set({ status: 'seen' }, { filter: { topic } })
    expect(await db.triage.count()).toBe(meant.length)
    expect(await list({ topic, rule: 'no-such-rule' })).toEqual([])
  })
})

describe('undoing', () => {
  test('restores what each was before', async () => {
    await set({ status: 'seen', note: 'mine' })
    const before = await triageOf()
    const { actId = '' } = await set(
      { status: 'working', note: null, snoozeUntil: '2026-06-12' },
      { filter: {} },
    )
    expect(await db.triage.count()).toBe(findings.length)
    await undoTriage(another, { actId })
    expect(await triageOf()).toEqual(before)
    expect(await db.triage.count()).toBe(1)
    await expect(undoTriage(analyst, { actId })).rejects.toThrow('undone already')
  })
  test('does nothing where one was changed meanwhile', async () => {
    const { actId = '' } = await set({ status: 'seen' }, { filter: {} })
    await set({ note: 'mine' }, { findings: [one.id] }, another)
    await expect(undoTriage(analyst, { actId })).rejects.toThrow('1 of the findings was changed since')
    expect(await db.triage.count()).toBe(findings.length)
  })
  test('act by act, the last one first', async () => {
    const first = await set({ status: 'seen' })
    const second = await set({ status: 'working' })
    await expect(undoTriage(analyst, { actId: first.actId ?? '' })).rejects.toMatchObject({
      code: 'conflict',
    })
    await undoTriage(analyst, { actId: second.actId ?? '' })
    await undoTriage(analyst, { actId: first.actId ?? '' })
    expect(await db.triage.count()).toBe(0)
  })
  test('what is not there is not undone', async () => {
    await expect(undoTriage(analyst, { actId: nobody })).rejects.toMatchObject({ code: 'not-found' })
  })
})

test('two at once both have their say, one after the other', async () => {
  await Promise.all([
    set({ status: 'working' }, { filter: {} }),
    set({ note: 'theirs' }, { filter: {} }, another),
  ])
  const held = await db.triage.findMany()
  expect(held).toHaveLength(findings.length)
  for (const row of held) expect(row).toMatchObject({ status: 'working', note: 'theirs' })
})

test('the finding says who did what, newest first', async () => {
  await set({ status: 'seen' })
  vi.setSystemTime(NOW.getTime() + 1000)
  const { actId = '' } = await set({ note: 'x', snoozeUntil: '2026-06-12' }, { filter: {} }, another)
  await undoTriage(analyst, { actId }, { now: new Date(NOW.getTime() + 2000) })
  const rows = await findingHistory(analyst, one.id)
  expect(rows).toEqual([
    expect.objectContaining({ by: analyst.name, undoes: true, findings: findings.length }),
    expect.objectContaining({ by: 'Another', undone: true, what: { note: 'x', snoozeUntil: '2026-06-12' } }),
    expect.objectContaining({
      by: analyst.name,
      findings: 1,
      what: { status: 'seen' },
      actId: expect.any(String),
    }),
  ])
  await expect(findingHistory(actorOf('owner'), one.id)).rejects.toMatchObject({ code: 'not-found' })
})
