// What exceptions do to controls: nothing but that what they count for is told apart, for whoever asks, at any moment.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FindingFilter, type FindingRow } from '@/core/list'
import type { Actor } from '@/core/permissions'
import { askMoment } from '@/inventory/moment/ask-moment'
import { atMoment } from '@/inventory/moment/at-moment'
import { closeMomentClient } from '@/inventory/moment/moment-client'
import { listFindings } from '@/inventory/queries/list-findings'
import { db } from '@/prisma/client'
import { actorOf, analyst, estate, look } from '@/tests/queried-estate'
import { runCli } from '@/tests/run-cli'
import { connection } from '@/tests/scripted-source'
import { askException } from '../exceptions/ask-exception'
import { approveException } from '../exceptions/decide-exception'
import { endException } from '../exceptions/end-exception'
import { controlColumns } from './framework-columns'
import { ControlFilter } from './framework-filter'
import { getFramework, type ControlRow } from './get-framework'
import { listFrameworks } from './list-frameworks'

const DAY_MS = 24 * 3600_000
const another = actorOf('analyst', { id: 'another', name: 'Another' })
const ann = actorOf('owner', { email: 'ann@example.com' })
const OF = 'owasp-nhi'

const day = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10)
const clock = async () =>
  (await db.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`)[0]?.now.toISOString()
const controls = async (given: Record<string, string> = {}, actor: Actor = analyst) =>
  (await getFramework(actor, OF, ControlFilter.parse(given))).rows
const found = async ({ rules }: ControlRow, given: Record<string, string>, actor: Actor = analyst) => {
  const rule = rules.map(({ ruleId }) => ruleId).join(',')
  return (await listFindings(actor, FindingFilter.parse({ rule, ...given }))).total
}
const all = async (verdict: string, actor: Actor) =>
  (await listFindings(actor, { ...FindingFilter.parse({ verdict }), size: 1000 })).rows
/** A finding that is not hers, of a rule by which something of hers fails: whatever is counted too much would show. */
async function notHers(verdict: 'fail' | 'unknown') {
  const [every, hers, failing] = [
    await all(verdict, analyst),
    await all(verdict, ann),
    await all('fail', ann),
  ]
  const found = every.find(
    ({ id, ruleId }) => !hers.some((one) => one.id === id) && failing.some((one) => one.ruleId === ruleId),
  )
  expect(found).toBeDefined()
  return found as FindingRow
}
async function except({ ruleId, identityId }: FindingRow) {
  const words = { reason: 'It goes.', evidence: 'https://tickets.example/1', control: 'It is watched.' }
  const about = { identity: identityId ?? '', rules: [ruleId] }
  const { id } = await askException(analyst, { ...about, ...words, until: day(20) })
  await approveException(another, { id })
  return id
}
const excepted = (rows: readonly ControlRow[]) => rows.map(({ id, counts }) => [id, counts.excepted])

beforeAll(async () => {
  const at = new Date(Date.now() - DAY_MS).toISOString()
  await look(await connection(), { at, streams: estate(30) })
}, 60_000)
afterAll(closeMomentClient)

describe('an exception', () => {
  let before: ControlRow[]
  let earlier: string | undefined
  let id: string
  beforeAll(async () => {
    before = await controls()
    earlier = await clock()
    id = await except(await notHers('fail'))
    // What nobody could judge may be excepted too, and is none of what fails.
    await except(await notHers('unknown'))
  })

  test('changes neither what fails nor how a control stands', async () => {
    const now = await controls()
    expect(now.map(({ state }) => state)).toEqual(before.map(({ state }) => state))
    for (const [at, row] of now.entries()) {
      const { excepted: _, ...counts } = row.counts
      expect({ ...before[at]?.counts }).toEqual({ ...counts, excepted: 0 })
    }
    expect(now.some(({ counts }) => counts.excepted > 0)).toBe(true)
  })

  test('is told apart as the list of findings tells it, by control and by rule', async () => {
    for (const row of await controls()) {
      const fails = { verdict: 'fail' }
      expect(row.counts).toMatchObject({
        fail: await found(row, fails),
        excepted: await found(row, { ...fails, excepted: 'yes' }),
      })
      expect(row.counts.fail - row.counts.excepted).toBe(await found(row, { ...fails, excepted: 'no' }))
      expect(row.rules.reduce((sum, rule) => sum + rule.excepted, 0)).toBe(row.counts.excepted)
    }
  })

  test('is a filter of controls, and the list of frameworks counts these', async () => {
    const meant = (await controls()).filter(({ counts }) => counts.excepted > 0).map((row) => row.id)
    expect((await controls({ excepted: 'yes' })).map((row) => row.id)).toEqual(meant)
    expect(await controls({ excepted: 'no' })).toHaveLength(before.length - meant.length)
    expect(await controls({ excepted: 'yes,no' })).toHaveLength(before.length)
    const { rows } = await listFrameworks(analyst)
    expect(rows.find((row) => row.id === OF)?.excepted).toBe(meant.length)
  })

  test('is in the file and at the command line', async () => {
    const [row] = await controls({ excepted: 'yes' })
    const cell = (key: string) => controlColumns.find((one) => one.key === key)?.csv(row as ControlRow)
    expect(cell('excepted')).toBe(String(row?.counts.excepted))
    expect(Number(cell('notExcepted')) + Number(cell('excepted'))).toBe(Number(cell('fail')))
    const told = await runCli(['frameworks', 'show', OF, '--excepted', 'yes', '--json'])
    const { rows } = JSON.parse(told.out) as { rows: ControlRow[] }
    expect(excepted(rows)).toEqual(excepted(await controls({ excepted: 'yes' })))
  })

  test('of what is not theirs is nothing to an owner', async () => {
    expect(new Set(excepted(await controls({}, ann)).map(([, n]) => n))).toEqual(new Set([0]))
    const mine = await except((await all('fail', ann))[0] as FindingRow)
    const seen = (await controls({}, ann)).filter(({ counts }) => counts.excepted > 0)
    expect(seen.length).toBeGreaterThan(0)
    for (const row of seen)
      expect(row.counts.excepted).toBe(await found(row, { verdict: 'fail', excepted: 'yes' }, ann))
    await endException(analyst, { id: mine, why: 'Mended.' })
  })

  test('counts at the moments at which it counted, and at no others', async () => {
    const during = await clock()
    const now = excepted(await controls())
    await endException(analyst, { id, why: 'Mended.' })
    const at = async (asOf: string | undefined) =>
      excepted(await atMoment(await askMoment({ asOf }), () => controls()))
    expect(await at(during)).toEqual(now)
    expect(await at(earlier)).toEqual(excepted(before))
    expect(excepted(await controls())).toEqual(excepted(before))
  })
})
