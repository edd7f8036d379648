// Frameworks over a real record: counts agree with findings and tallies, as of an earlier moment too, and owners see theirs.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCli } from '@/tests/run-cli'
import { actorOf, analyst, estate, look } from '@/tests/queried-estate'
import { connection, identity, takeLook } from '@/tests/scripted-source'
import { askMoment } from '@/inventory/moment/ask-moment'
import { atMoment } from '@/inventory/moment/at-moment'
import { closeMomentClient } from '@/inventory/moment/moment-client'
import { ruleTallies } from '@/inventory/queries/rule-tallies'
import { ruleTrend } from '@/inventory/queries/rule-trend'
import { db } from '@/prisma/client'
import { ControlFilter } from './framework-filter'
import { getFramework } from './get-framework'
import { listFrameworks } from './list-frameworks'

const days = (n: number) => new Date(Date.now() - n * 86_400_000).toISOString()
const clock = async () =>
  (await db.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`)[0]?.now.toISOString()
const ann = actorOf('owner', { email: 'ann@example.com' })
const controlOf = async (id: string, of = 'owasp-nhi', actor = analyst) =>
  (await getFramework(actor, of)).rows.find((row) => row.id === id)

let to: Awaited<ReturnType<typeof connection>>
beforeAll(async () => {
  to = await connection()
  await look(to, { at: days(1), streams: estate(30) })
}, 60_000)
afterAll(closeMomentClient)

describe('what is counted', () => {
  test('is what the rules of a control answered', async () => {
    const tallies = new Map((await ruleTallies(analyst)).map((one) => [one.ruleId, one]))
    const { rows } = await getFramework(analyst, 'owasp-nhi')
    expect(rows).toHaveLength(10)
    for (const { rules, counts } of rows) {
      const sum = (of: 'pass' | 'fail' | 'unknown') =>
        rules.reduce((n, { ruleId }) => n + (tallies.get(ruleId)?.[of] ?? 0), 0)
      expect(counts).toMatchObject({ pass: sum('pass'), fail: sum('fail'), unknown: sum('unknown') })
      const ids = rules.map(({ ruleId }) => ruleId)
      const open = await db.finding.groupBy({
        by: ['verdict'],
        _count: true,
        where: { ruleId: { in: ids }, state: 'open' },
      })
      const found = (verdict: string) => open.find((one) => one.verdict === verdict)?._count ?? 0
      expect({ fail: counts.fail, unknown: counts.unknown }).toEqual({
        fail: found('fail'),
        unknown: found('unknown'),
      })
    }
    expect(rows.find(({ id }) => id === 'NHI1:2025')).toMatchObject({ state: 'failing' })
  })
  test('adds up to the list', async () => {
    const { rows } = await listFrameworks(analyst)
    for (const row of rows) {
      const controls = (await getFramework(analyst, row.id)).rows
      expect(Object.values(row.states).reduce((a, b) => a + b)).toBe(row.controls)
      for (const [state, count] of Object.entries(row.states))
        expect(controls.filter((one) => one.state === state)).toHaveLength(count)
    }
  })
  test('of an owner is what is theirs, and never a pass', async () => {
    const [mine, all] = [await controlOf('NHI1:2025', 'owasp-nhi', ann), await controlOf('NHI1:2025')]
    expect(mine?.counts).not.toHaveProperty('pass')
    expect(mine?.counts.unknown).toBeLessThan(all?.counts.unknown ?? 0)
    const { states } = (await listFrameworks(ann)).rows[0] ?? {}
    expect(states).toMatchObject({ 'no-failure': 0, 'nothing-judged': 0 })
    expect(await ruleTrend(ann)).toBeUndefined()
  })
})

describe('filters', () => {
  const found = async (given: Record<string, string>, of = 'csf') =>
    (await getFramework(analyst, of, ControlFilter.parse(given))).rows.map(({ id }) => id)
  test('an id of CSF 1.1 finds what took its place, and says so', async () => {
    expect(await found({ q: 'PR.AC-4' })).toEqual(['PR.AA-05'])
    const { successors } = await getFramework(analyst, 'csf', { q: 'PR.AC-4' })
    expect(successors).toEqual({ withdrawn: 'PR.AC-04', now: ['PR.AA-05'] })
  })
  test('state, baseline and words', async () => {
    expect(await found({ q: 'least privilege' })).toEqual(['PR.AA-05'])
    expect(await found({ state: 'no-rule' }, 'maestro')).toEqual(['Layer 1', 'Layer 2', 'Layer 3'])
    const low = await found({ baseline: 'low' }, 'nist-800-53')
    expect(low).toContain('AC-2')
    expect(low).not.toContain('IA-9')
    expect(await found({ baseline: 'any', state: 'any' }, 'nist-800-53')).toContain('IA-9')
  })
  test('a framework that does not exist is refused, with those that do', async () => {
    await expect(getFramework(analyst, 'nope')).rejects.toThrow('owasp-nhi, csf')
  })
})

test('commands say the same, and pass their options on', async () => {
  const list = await runCli(['frameworks', '--json'])
  expect(JSON.parse(list.out)).toMatchObject({
    schema: 'rollcall.frameworks/1',
    rows: (await listFrameworks(analyst)).rows,
  })
  const one = await runCli(['frameworks', 'show', 'csf', '--q', 'PR.AC-4', '--json'])
  expect(JSON.parse(one.out)).toMatchObject({
    schema: 'rollcall.framework/1',
    rows: [{ control: 'csf:PR.AA-05' }],
  })
  const words = await runCli(['frameworks', 'show', 'csf', '--q', 'PR.AC-4'])
  expect(words).toMatchObject({ code: 0, err: '' })
  expect(words.out).toContain('in 2.0 PR.AA-05 took its place')
  expect((await runCli(['frameworks', 'show', 'csf', '--state', 'fine'])).code).toBe(2)
})

test('as of an earlier moment the answer stays; the trend holds what was known on the day', async () => {
  const moment = await askMoment({ asOf: await clock() })
  const then = () => atMoment(moment, () => getFramework(analyst, 'owasp-nhi'))
  const before = await then()
  const [first] = before.rows
  expect(first?.trend.at(-1)).toMatchObject({ fail: first?.counts.fail, unknown: first?.counts.unknown })

  await look(to, { at: new Date().toISOString(), streams: { main: { observations: [identity('only')] } } })
  const now = await getFramework(analyst, 'owasp-nhi')
  expect(now.rows[0]?.counts).not.toEqual(first?.counts)
  expect(now.rows[0]?.trend.at(-1)).toMatchObject({ fail: now.rows[0]?.counts.fail })
  expect(await then()).toEqual(before)
})

test('a scope that no rule was asked about takes "no failure" away', async () => {
  const before = await listFrameworks(analyst)
  await takeLook(to, {
    at: new Date().toISOString(),
    scopes: ['new'],
    streams: { main: { observations: [identity('n')] } },
  })
  const after = await listFrameworks(analyst)
  expect(before.rows.some(({ states }) => states['no-failure'] > 0)).toBe(true)
  expect(after.rows.every(({ states }) => states['no-failure'] === 0)).toBe(true)
})
