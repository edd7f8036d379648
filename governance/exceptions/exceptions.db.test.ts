// An exception from being asked for to running out, what it hides meanwhile (nothing), and everything that is refused.
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { FindingFilter, type FindingRow } from '@/core/list'
import type { Actor } from '@/core/permissions'
import { findingGroups } from '@/inventory/queries/finding-groups'
import { exceptedByRule } from '@/inventory/queries/finding-exceptions'
import { getFinding } from '@/inventory/queries/get-finding'
import { listFindings } from '@/inventory/queries/list-findings'
import { ruleTallies } from '@/inventory/queries/rule-tallies'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { actorOf, analyst, estate, look } from '@/tests/queried-estate'
import { connection } from '@/tests/scripted-source'
import { askException } from './ask-exception'
import { approveException, refuseException } from './decide-exception'
import { endException, withdrawException } from './end-exception'
import { endExpired } from './end-expired'
import { exceptionView, listExceptions, type ExceptionState } from './list-exceptions'

const another = actorOf('analyst', { id: 'another', name: 'Another' })
const NOW = new Date('2026-06-10T12:00:00.000Z')
const DAY_MS = 24 * 3600_000
const words = {
  reason: 'It goes in March.',
  evidence: 'https://tickets.example/1',
  control: 'It is watched.',
}
const until = '2026-06-20'

const list = async (given: Record<string, string> = {}, actor: Actor = analyst) =>
  (await listFindings(actor, FindingFilter.parse({ size: '100', ...given }))).rows
const seen = async (id: string) => (await getFinding(analyst, id)).finding

let findings: FindingRow[]
let one: FindingRow
beforeAll(async () => {
  await look(await connection(), { at: '2026-06-01T00:00:00.000Z', streams: estate(4) })
})
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW })
  await db.exception.deleteMany()
  findings = await list()
  one = findings[0] as FindingRow
  return () => vi.useRealTimers()
})
afterAll(async () => {
  await closeSender()
  await db.$disconnect()
})

type Ask = Parameters<typeof askException>[1]
const ask = (more: Partial<Ask> = {}, actor: Actor = analyst) =>
  askException(actor, { finding: one.id, ...words, until, ...more } as Ask, { now: new Date() })
async function approved(more: Partial<Ask> = {}) {
  const { id } = await ask({ ...more })
  await approveException(another, { id }, { now: new Date() })
  return id
}

describe('its life', () => {
  test('asked, approved by another, counting, run out, back, each written down', async () => {
    const { id } = await ask()
    expect((await seen(one.id)).excepted).toBeUndefined()
    await approveException(another, { id, note: 'Seen.' }, { now: new Date() })
    expect(await seen(one.id)).toMatchObject({
      state: 'open',
      verdict: one.verdict,
      severity: one.severity,
      excepted: {
        id,
        reason: words.reason,
        by: analyst.name,
        approvedBy: 'Another',
        since: NOW.toISOString(),
        until: '2026-06-21T00:00:00.000Z',
      },
    })
    vi.setSystemTime('2026-06-20T23:59:59.999Z')
    expect((await seen(one.id)).excepted?.id).toBe(id)
    // Nothing has run since: the clock alone brings it back.
    vi.setSystemTime('2026-06-21T00:00:00.000Z')
    const back = await seen(one.id)
    expect(back.excepted).toBeUndefined()
    expect(back.exceptionEnded).toEqual({ id, at: '2026-06-21T00:00:00.000Z' })
    expect((await exceptionView(analyst, id)).state).toBe('expired')
    expect((await list({ excepted: 'yes' })).length).toBe(0)

    expect(await endExpired(new Date())).toEqual([id])
    expect(await endExpired(new Date())).toEqual([])
    expect((await seen(one.id)).exceptionEnded?.id).toBe(id)
    const acts = await db.activity.findMany({ where: { object: `exception:${id}` }, orderBy: { id: 'asc' } })
    expect(acts.map(({ action, actorName }) => [action, actorName])).toEqual([
      ['exception.ask', analyst.name],
      ['exception.approve', 'Another'],
      ['exception.expire', 'Rollcall'],
    ])
  })

  test('what was decided by nobody before its day runs out too', async () => {
    const { id } = await ask()
    vi.setSystemTime('2026-06-21T00:00:00.000Z')
    await expect(approveException(another, { id }, { now: new Date() })).rejects.toMatchObject({
      code: 'conflict',
    })
    expect(await endExpired(new Date())).toEqual([id])
    expect((await seen(one.id)).exceptionEnded).toBeUndefined()
  })

  test('ended before its time, it comes back at once', async () => {
    const id = await approved()
    vi.setSystemTime(NOW.getTime() + 1000)
    await endException(analyst, { id, why: 'Mended.' }, { now: new Date() })
    expect(await seen(one.id)).toMatchObject({ exceptionEnded: { id } })
    expect((await seen(one.id)).excepted).toBeUndefined()
    await expect(endException(another, { id, why: 'Again' })).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('what it covers', () => {
  test('an identity, by the rules named and no others', async () => {
    const counts = new Map<string, Set<string>>()
    for (const row of findings)
      counts.set(row.identityId ?? '', (counts.get(row.identityId ?? '') ?? new Set()).add(row.ruleId))
    const [identity, rules] = [...counts].find(([id, of]) => id && of.size > 1) ?? []
    const [rule, ...others] = [...(rules ?? [])]
    expect(others.length).toBeGreaterThan(0)
    await approved({ finding: undefined, identity, rules: [rule ?? ''] })
    const excepted = await list({ excepted: 'yes' })
    const meant = findings.filter((row) => row.identityId === identity && row.ruleId === rule)
    expect(excepted.map((row) => row.id).sort()).toEqual(meant.map((row) => row.id).sort())
  })

  test('a filter, as it matches when it is read', async () => {
    const rule = one.ruleId
    const q = one.subject.name
    const id = await approved({ finding: undefined, filter: { rule, q, sort: 'subject' } })
    const meant = (await list({ rule, q })).map((row) => row.id).sort()
    expect((await list({ excepted: 'yes' })).map((row) => row.id).sort()).toEqual(meant)
    expect(await exceptionView(analyst, id)).toMatchObject({ filter: { rule, q }, covers: meant.length })
    // A finding that is not as the filter says any more is not excepted any more.
    await db.finding.update({ where: { id: one.id }, data: { subjectName: 'renamed', message: 'Other.' } })
    expect((await seen(one.id)).excepted).toBeUndefined()
    await db.finding.update({ where: { id: one.id }, data: { subjectName: q, message: one.message } })
  })

  test('one whose scope is gone, or that nobody understands, hides nothing and breaks nothing', async () => {
    const id = await approved({ finding: undefined, filter: { rule: one.ruleId } })
    expect((await list({ excepted: 'yes' })).length).toBeGreaterThan(0)
    for (const filter of [{ rule: one.ruleId, scope: 'gone' }, { severity: 'dreadful' }]) {
      await db.exception.update({ where: { id }, data: { filter } })
      expect(await list({ excepted: 'yes' })).toEqual([])
      expect((await list()).length).toBe(findings.length)
    }
  })

  test('lists, groups, counts and verdicts go on saying what is', async () => {
    const before = await ruleTallies(analyst)
    await approved({ finding: undefined, filter: { rule: one.ruleId } })
    const meant = (await list({ rule: one.ruleId })).length
    expect(await ruleTallies(analyst)).toEqual(before)
    expect((await list()).length).toBe(findings.length)
    expect((await list({ excepted: 'yes' })).length).toBe(meant)
    expect((await list({ excepted: 'no' })).length).toBe(findings.length - meant)
    expect((await list({ excepted: 'yes,no' })).length).toBe(findings.length)
    const { groups } = await findingGroups(analyst, FindingFilter.parse({}))
    expect(groups.find((group) => group.ruleId === one.ruleId)).toMatchObject({ excepted: meant })
    expect(groups.filter((group) => group.excepted).length).toBe(1)
    const byRule = await exceptedByRule(analyst)
    expect([...byRule.keys()]).toEqual([one.ruleId])
    const { fail, unknown } = byRule.get(one.ruleId) ?? { fail: 0, unknown: 0 }
    expect(fail + unknown).toBe(meant)
  })
})

describe('four eyes', () => {
  test.each([
    ['the same person', analyst],
    ['a token of the same person', { ...analyst, kind: 'token', name: 'Test analyst (token ci)' } as Actor],
    ['the command line', actorOf('administrator', { kind: 'cli', id: 'cli:root' })],
  ])('%s does not approve or refuse', async (_, actor) => {
    const { id } = await ask()
    await expect(approveException(actor, { id })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(refuseException(actor, { id, note: 'No' })).rejects.toMatchObject({ code: 'forbidden' })
    expect((await exceptionView(analyst, id)).state).toBe('asked')
  })
  test('the command line does not ask either', async () => {
    const cli = actorOf('administrator', { kind: 'cli', id: 'cli:root' })
    await expect(ask({}, cli)).rejects.toMatchObject({ code: 'forbidden' })
  })
  test('the database itself does not take one approved by whoever asked', async () => {
    const { id } = await ask()
    const own = { state: 'approved', approvedAt: NOW, deciderId: analyst.id }
    await expect(db.exception.update({ where: { id }, data: own })).rejects.toThrow('exception_four_eyes')
  })
  test('of two at once one decides, and the other is told who was first', async () => {
    const { id } = await ask()
    const third = actorOf('administrator', { id: 'third', name: 'Third' })
    const done = await Promise.allSettled([
      approveException(another, { id }),
      refuseException(third, { id, note: 'No' }),
      approveException(third, { id }),
    ])
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const one of done)
      if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'conflict' })
    expect((await exceptionView(analyst, id)).decider).toBeDefined()
  })
  test('only whoever asked withdraws, and not what was decided', async () => {
    const { id } = await ask()
    await expect(withdrawException(another, { id })).rejects.toMatchObject({ code: 'forbidden' })
    await withdrawException(analyst, { id })
    await expect(approveException(another, { id })).rejects.toMatchObject({ code: 'conflict' })
    await expect(withdrawException(analyst, { id })).rejects.toMatchObject({ code: 'conflict' })
  })
  test('what is gone is not approved', async () => {
    const { id } = await ask()
    await db.exception.update({ where: { id }, data: { findingId: '00000000-0000-4000-8000-000000000000' } })
    await expect(approveException(another, { id })).rejects.toThrow('no longer exists')
  })
})

describe('what is not taken', () => {
  const nobody = '00000000-0000-4000-8000-000000000000'
  const day = (days: number) => new Date(NOW.getTime() + days * DAY_MS).toISOString().slice(0, 10)
  test.each<[string, Partial<Ask>, string, string?]>([
    ['a day that is over', { until: day(-1) }, 'invalid', 'until'],
    ['a day too far', { until: day(367) }, 'invalid', 'until'],
    ['no day', { until: 'soon' }, 'invalid', 'until'],
    ['no reason', { reason: '  ' }, 'invalid', 'reason'],
    ['no control', { control: '' }, 'invalid', 'control'],
    ['evidence by http', { evidence: 'http://tickets.example/1' }, 'invalid', 'evidence'],
    ['evidence that runs', { evidence: 'javascript:alert(1)' }, 'invalid', 'evidence'],
    ['a finding that is not there', { finding: nobody }, 'not-found'],
    ['an identity that is not there', { finding: undefined, identity: nobody, rules: ['x'] }, 'not-found'],
    ['nothing', { finding: undefined }, 'invalid', 'finding'],
    ['two things', { filter: { q: 'x' } }, 'invalid', 'finding'],
    ['a filter of all rules', { finding: undefined, filter: { q: 'x' } }, 'invalid', 'rules'],
    ['a rule there is not', { finding: undefined, filter: { rule: 'no-rule' } }, 'invalid', 'rules'],
    [
      'a filter by what people decided',
      { finding: undefined, filter: { snoozed: 'yes' } },
      'invalid',
      'filter',
    ],
    [
      'a filter of what is resolved',
      { finding: undefined, filter: { state: 'resolved' } },
      'invalid',
      'filter',
    ],
  ])('%s', async (_, given, code, path) => {
    const failure = await ask(given).catch((error: unknown) => error)
    expect(failure).toMatchObject({ code })
    if (path) expect(failure).toMatchObject({ issues: [expect.objectContaining({ path })] })
    expect(await db.exception.count()).toBe(0)
  })
  test('a filter that matches nothing', async () => {
    const nothing = { finding: undefined, filter: { rule: one.ruleId, q: 'no such name at all' } }
    await expect(ask(nothing)).rejects.toThrow('nothing to except')
  })
  test('the last day there can be, and today', async () => {
    await ask({ until: day(366) })
    await ask({ until: day(0) })
  })
})

test('the list is by state, with what has run out under what it is', async () => {
  const first = await approved({ until: '2026-06-11' })
  const { id: second } = await ask()
  vi.setSystemTime('2026-06-13T00:00:00.000Z')
  const ids = async (state?: ExceptionState) =>
    (await listExceptions(analyst, state ? { state: [state] } : {})).rows.map((row) => row.id)
  expect((await ids()).sort()).toEqual([first, second].sort())
  expect(await ids('approved')).toEqual([])
  expect(await ids('expired')).toEqual([first])
  expect(await ids('asked')).toEqual([second])
  const page = await listExceptions(analyst, { size: 1 })
  expect((await listExceptions(analyst, { size: 1, after: page.next })).rows).toHaveLength(1)
})

test('what is decided between two pages makes the second leave nothing out', async () => {
  for (const at of [1, 2, 3]) {
    vi.setSystemTime(NOW.getTime() + at)
    await ask()
  }
  const waiting = (after?: string) => listExceptions(analyst, { state: ['asked'], size: 1, after })
  const { rows, next } = await waiting()
  const { rows: all } = await listExceptions(analyst, { state: ['asked'] })
  await approveException(another, { id: rows[0]?.id ?? '' }, { now: new Date() })
  expect((await waiting(next)).rows.map(({ id }) => id)).toEqual([all[1]?.id])
})
