// Findings: pages, groups and single ones, and what an owner sees of them.
import { beforeAll, describe, expect, test } from 'vitest'
import { FINDING_SORTS, FindingFilter, type FindingRow } from '@/core/list'
import { SEVERITIES } from '@/core/rule'
import { unknown } from '@/core/fact'
import { actorOf, analyst, estate, look } from '@/tests/queried-estate'
import { connection, credential, identity } from '@/tests/scripted-source'
import { eachFinding } from './each-finding'
import { findingGroups } from './finding-groups'
import { getFinding } from './get-finding'
import { listFindings } from './list-findings'
import { ruleTallies } from './rule-tallies'

const filter = (given: Record<string, string> = {}) => FindingFilter.parse({ size: '25', ...given })
const ann = actorOf('owner', { email: 'ann@example.com' })

async function pages(given: Record<string, string> = {}, actor = analyst) {
  const rows: FindingRow[] = []
  let after: string | undefined
  do {
    const page = await listFindings(actor, filter({ ...given, ...(after && { after }) }))
    rows.push(...page.rows)
    after = page.next
  } while (after)
  return rows
}

beforeAll(async () => {
  const to = await connection()
  await look(to, { at: '2026-06-01T00:00:00.000Z', streams: estate(90) })
  const blind = credential('blind', 'dark', {
    rotatedAt: unknown('denied', 'demo:Age'),
    createdAt: unknown('denied', 'demo:Age'),
  })
  await look(to, {
    at: '2026-06-01T00:00:00.000Z',
    scopes: ['s2'],
    streams: { main: { observations: [identity('dark'), blind] } },
  })
  await look(to, { at: '2026-06-02T00:00:00.000Z', streams: estate(60) })
})

const byBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b))
const KEYS: Record<(typeof FINDING_SORTS)[number], (r: FindingRow) => string> = {
  severity: (r) => `${r.state} ${r.verdict} ${SEVERITIES.indexOf(r.severity)}`,
  opened: (r) => r.openedAt,
  '-opened': (r) => r.openedAt,
  subject: (r) => r.subject.name,
}

describe.each(FINDING_SORTS)('sorted by %s', (sort) => {
  test('pages are the whole list once, in order; the export agrees', async () => {
    const rows = await pages({ sort, state: 'any' })
    const sign = sort.startsWith('-') ? -1 : 1
    const key = KEYS[sort]
    const sorted = [...rows].sort((a, b) => sign * (byBytes(key(a), key(b)) || byBytes(a.id, b.id)))
    expect(rows.map((r) => r.id)).toEqual(sorted.map((r) => r.id))
    expect(new Set(rows.map((r) => r.id)).size).toBe(rows.length)
    expect(new Set(rows.map((r) => r.state))).toEqual(new Set(['open', 'resolved']))
    const exported: FindingRow[] = []
    for await (const batch of eachFinding(analyst, filter({ sort, state: 'any' }))) exported.push(...batch)
    expect(exported).toEqual(rows)
  })
})

describe('filters', () => {
  test('what is open is the default', async () => {
    const rows = await pages()
    expect(new Set(rows.map((r) => r.state))).toEqual(new Set(['open']))
    expect((await listFindings(analyst, filter())).total).toBe(rows.length)
  })
  test('unknown is told apart from fail', async () => {
    const rows = await pages({ verdict: 'unknown' })
    expect(rows.some((r) => r.subject.name === 'blind' && r.message.startsWith('Cannot tell'))).toBe(true)
    expect(rows.every((r) => r.verdict === 'unknown')).toBe(true)
  })
  test('rule, severity, scope and words narrow', async () => {
    for (const row of await pages({ rule: 'identity-ownerless', severity: 'medium', scope: 's2' }))
      expect(row).toMatchObject({ ruleId: 'identity-ownerless', severity: 'medium', scope: { name: 's2' } })
    expect((await pages({ scope: 's2', rule: 'identity-ownerless' })).length).toBe(1)
    expect((await pages({ q: 'blind' })).every((r) => r.subject.name === 'blind')).toBe(true)
    expect(await pages({ q: '%' })).toEqual(
      (await pages()).filter((r) => `${r.subject.name}${r.message}`.includes('%')),
    )
  })
})

describe('one finding', () => {
  test('has evidence with source and time', async () => {
    const [row] = await pages({ rule: 'credential-long-lived', verdict: 'fail' })
    const { finding, evidence, identity: of, revision } = await getFinding(analyst, row?.id ?? '')
    expect(finding).toEqual(row)
    expect(evidence.find((e) => e.state === 'known')).toMatchObject({
      source: 'demo:List',
      at: expect.any(String) as string,
    })
    expect(of?.id).toBe(row?.identityId)
    expect(revision).not.toBe('')
  })
  test.each(['nonsense', '00000000-0000-4000-8000-000000000000'])('%s is not found', async (id) => {
    await expect(getFinding(analyst, id)).rejects.toMatchObject({ code: 'not-found' })
  })
})

test('groups add up to the list', async () => {
  const { groups } = await findingGroups(analyst, filter())
  const rows = await pages()
  for (const { ruleId, fail, unknown: cannotTell } of groups) {
    const of = rows.filter((r) => r.ruleId === ruleId)
    expect([fail, cannotTell]).toEqual([
      of.filter((r) => r.verdict === 'fail').length,
      of.filter((r) => r.verdict === 'unknown').length,
    ])
  }
  expect(groups.reduce((sum, g) => sum + g.fail + g.unknown, 0)).toBe(rows.length)
})

test('tallies agree with the open findings', async () => {
  const rows = await pages()
  for (const { ruleId, fail, unknown: cannotTell, pass } of await ruleTallies(analyst)) {
    expect(rows.filter((r) => r.ruleId === ruleId && r.verdict === 'fail')).toHaveLength(fail)
    expect(rows.filter((r) => r.ruleId === ruleId && r.verdict === 'unknown')).toHaveLength(cannotTell)
    expect(pass).toBeTypeOf('number')
  }
})

describe('an owner', () => {
  test('sees, exports, groups and counts only what is theirs', async () => {
    const mine = await pages({}, ann)
    const all = await pages()
    expect(mine.length).toBeGreaterThan(0)
    expect(mine.length).toBeLessThan(all.length)
    const exported: FindingRow[] = []
    for await (const batch of eachFinding(ann, filter())) exported.push(...batch)
    expect(exported).toEqual(mine)
    expect((await listFindings(ann, filter())).total).toBe(mine.length)
    const { groups } = await findingGroups(ann, filter())
    expect(groups.reduce((sum, g) => sum + g.fail + g.unknown, 0)).toBe(mine.length)
    const tallies = await ruleTallies(ann)
    expect(tallies.reduce((sum, t) => sum + t.fail + t.unknown, 0)).toBe(mine.length)
    expect(tallies.every((t) => t.pass === undefined)).toBe(true)
  })
  test('does not find others’', async () => {
    const mine = new Set((await pages({}, ann)).map((r) => r.id))
    const other = (await pages()).find((r) => !mine.has(r.id))
    await expect(getFinding(ann, other?.id ?? '')).rejects.toMatchObject({ code: 'not-found' })
  })
})
