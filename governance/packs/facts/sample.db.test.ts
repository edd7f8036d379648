// The facts and files of packs about the sample organisation agree with its pages, and asked again they are the same.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closeSender } from '@/jobs/queue'
import { atMoment } from '@/inventory/moment/at-moment'
import { closeMomentClient } from '@/inventory/moment/moment-client'
import { ruleTallies } from '@/inventory/queries/rule-tallies'
import { db } from '@/prisma/client'
import { actorAs } from '@/tests/actors'
import { asked, inPack, rowsOf, wholePack } from '@/tests/asked-pack'
import { rules } from '@/rules'
import { revisionOf } from '@/rules/revisions'
import { countAnswers, noCounts, type Counts } from '../../evaluation/answers'
import { Judge } from '../../evaluation/judge'
import { currentPolicy } from '../../policy/current-policy'
import type { Asked } from '../part'
import { readyPacks } from '../ready'
import { packFacts } from '.'

const auditor = actorAs('auditor')
let now: Asked['moment']
beforeAll(async () => {
  now = (await asked()).moment
})
afterAll(async () => {
  await closeMomentClient()
  await closeSender()
  await db.$disconnect()
})

const reportOf = (question: Asked) => inPack(question, (at) => packFacts.report(at, []))

describe('counts of rules', () => {
  test('over everything are those of the tallies, passes among them', async () => {
    const question = await asked({ moment: now, controls: ['owasp-nhi', 'csf'] })
    const { controls } = await reportOf(question)
    const tallies = await atMoment(now, () => ruleTallies(auditor))
    const tests = new Map(controls.flatMap(({ rules }) => rules).map((one) => [one.id, one]))
    const counted = [...tests.values()].map(({ id, pass, fail, unknown }) => ({ id, pass, fail, unknown }))
    const told = tallies
      .filter(({ ruleId }) => tests.has(ruleId))
      .map(({ ruleId, pass, fail, unknown }) => ({ id: ruleId, pass, fail, unknown }))
    const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)
    expect(counted.sort(byId)).toEqual(told.sort(byId))
    expect(counted.reduce((sum, { pass }) => sum + pass, 0)).toBeGreaterThan(100)
  })

  /** What was kept of each that was judged, counted one by one: only of now. */
  async function keptOf(ids: readonly string[]): Promise<Map<string, Counts>> {
    const { policy } = await currentPolicy()
    const { asked: lists } = new Judge(now.valid, policy, rules)
    const counts = new Map<string, Counts>()
    const of = (kind: 'identity' | 'credential') =>
      lists[kind].map(({ id }) => {
        const none = noCounts()
        counts.set(id, none)
        return none
      })
    const [own, belonging] = [of('identity'), of('credential')]
    const rows = await db.subjectState.findMany({ where: { id: { in: [...ids] } } })
    expect(rows.length).toBeGreaterThan(10)
    for (const { answers } of rows) countAnswers(answers, 1, own, belonging)
    return counts
  }
  test.each<[string, Partial<Asked['filter']>]>([
    ['machines', { class: ['machine'] }],
    ['a platform', { type: ['aws.role', 'kubernetes.service-account'] }],
    ['a name', { q: 'a' }],
    ['an owner', { owner: 'none' }],
  ])('over %s are those that were kept of each of them', async (_, filter) => {
    const question = await asked({ moment: now, controls: ['owasp-nhi', 'csf'], filter })
    const { controls } = await reportOf(question)
    const kept = await keptOf((await rowsOf('population', question)).map(({ id }) => id ?? ''))
    const tests = new Map(controls.flatMap(({ rules: all }) => all).map((one) => [one.id, one]))
    let passes = 0
    for (const [id, { pass, fail, unknown }] of kept) {
      const test = tests.get(id)
      if (!test) continue
      expect({
        id,
        pass: test.pass,
        fail: test.fail,
        unknown: test.unknown,
        notAsked: test.notAsked,
      }).toEqual({
        ...{ id, pass, fail, unknown, notAsked: 0 },
      })
      passes += pass
    }
    expect(passes).toBeGreaterThan(50)
    const found = await rowsOf('findings', question)
    const sum = (of: 'fail' | 'unknown') => [...tests.values()].reduce((n, one) => n + one[of], 0)
    expect(found.filter(({ verdict }) => verdict === 'fail')).toHaveLength(sum('fail'))
    expect(found.filter(({ verdict }) => verdict === 'unknown')).toHaveLength(sum('unknown'))
  })
})

describe('what is said of controls', () => {
  test('no failure is seen only where nothing lacks; what no rule speaks to says so', async () => {
    const { controls, complete, gaps } = await reportOf(
      await asked({ moment: now, controls: ['pci-dss', 'csf'] }),
    )
    expect([complete, gaps.length > 3]).toEqual([false, true])
    for (const one of controls) {
      const of = (key: 'fail' | 'unknown' | 'notAsked' | 'pass') =>
        one.rules.reduce((n, rule) => n + rule[key], 0)
      if (one.state === 'failing') expect(of('fail'), one.control).toBeGreaterThan(0)
      if (one.state === 'no-failure')
        expect([of('fail'), of('unknown'), of('notAsked'), one.gaps, of('pass') > 0]).toEqual([
          0,
          0,
          0,
          [],
          true,
        ])
      if (one.state === 'no-rule') expect(one.rules).toEqual([])
    }
    expect(controls.find(({ control }) => control === '7.2.5.1')).toMatchObject({
      state: 'no-rule',
      rules: [],
    })
    const dormant = controls.flatMap(({ rules: all }) => all).find(({ id }) => id === 'identity-dormant')
    expect(dormant?.revisions).toEqual([revisionOf('identity-dormant')])
    expect(dormant?.parameters).toContain('90')
    expect(dormant?.blindSpot).toContain('Uses that the source does not record')
  })
  test('the gaps of a control are of what its rules need', async () => {
    const { controls } = await reportOf(await asked({ moment: now, controls: ['owasp-nhi'] }))
    const lifetime = controls.find(({ control }) => control === 'NHI7:2025')?.gaps ?? []
    expect(lifetime.some((gap) => gap.startsWith('credential of halden-production'))).toBe(true)
    expect(lifetime.some((gap) => gap.startsWith('workload of'))).toBe(false)
    const narrowed = await reportOf(
      await asked({ moment: now, controls: ['pci-dss:8.6.3'], filter: { class: ['machine'] } }),
    )
    const beside = (report: typeof narrowed) =>
      report.controls[0]?.gaps.filter((gap) => gap.includes('stored secrets'))
    expect(beside(narrowed)).toHaveLength(2)
    expect(beside(await reportOf(await asked({ moment: now, controls: ['pci-dss:8.6.3'] })))).toEqual([])
  })
})

describe('reconciliation', () => {
  test('what was read is what is held, and what differs is a gap', async () => {
    const rows = await rowsOf('reconciliation', await asked({ moment: now }))
    expect(rows.length).toBeGreaterThan(20)
    for (const row of rows) {
      expect(row.reported).toBe('unknown')
      if (row.read === 'unknown') expect(row.unexplained).toBe('unknown')
      else expect([row.scope, row.kind, row.held]).toEqual([row.scope, row.kind, row.read])
    }
    const table = await db.identity.groupBy({ by: ['scopeId'], where: { retiredAt: null }, _count: true })
    const held = rows
      .filter(({ kind }) => kind === 'identity')
      .reduce((sum, row) => sum + Number(row.held), 0)
    expect(held).toBe(table.reduce((sum, { _count }) => sum + _count, 0))
  })
  test('what was refused is named with its permission, and what was never seen whole is not a number', async () => {
    const rows = await rowsOf('reconciliation', await asked({ moment: now }))
    const keys = rows.find(({ scope, kind }) => scope === 'halden-production' && kind === 'credential')
    expect(keys).toMatchObject({ read: 'unknown', state: 'partial', completeAt: 'never' })
    expect(keys?.refused).toContain('iam:ListSSHPublicKeys × ')
  })
  test('what the filter leaves out is counted as such', async () => {
    const question = await asked({ moment: now, filter: { class: ['human'] } })
    const [rows, population] = [
      await rowsOf('reconciliation', question),
      await rowsOf('population', question),
    ]
    const identities = rows.filter(({ kind }) => kind === 'identity')
    const left = identities.reduce(
      (sum, { held, excluded }) => sum + Number(held) - Number(/^\d+/.exec(excluded ?? '')?.[0] ?? 0),
      0,
    )
    expect(left).toBe(population.length)
  })
})

test('the exchange formats are given every finding of the population, once', async () => {
  const question = await asked({ moment: now, controls: ['csf'], filter: { class: ['machine'] } })
  const lines = await inPack(question, async (at) => {
    const found: string[] = []
    for await (const batch of packFacts.findings(at)) found.push(...batch.map(({ id }) => id))
    return found
  })
  expect(lines).toEqual((await rowsOf('findings', question)).map(({ id }) => id))
  expect(new Set(lines).size).toBe(lines.length)
})

test.each(readyPacks)(
  'the pack $id can be made, twice with the same bytes',
  async ({ controls, filter, parts: wanted }) => {
    const question = await asked({ moment: now, controls: [...controls], filter })
    const [one, two] = [await wholePack(question), await wholePack(question)]
    expect(one).toEqual(two)
    expect(Object.keys(one).length).toBeGreaterThanOrEqual(wanted.length)
    const report = await reportOf(question)
    expect(await reportOf(question)).toEqual(report)
    expect(report.controls.every(({ test: words }) => words !== undefined)).toBe(true)
  },
)

// The last one: it adds to the record.
test('what was read after the rules were last asked passes nothing: it is not asked about yet', async () => {
  const sums = async () => {
    const { controls } = await reportOf(await asked({ controls: ['csf'] }))
    const tests = new Map(controls.flatMap(({ rules: all }) => all).map((one) => [one.id, one]))
    const of = (key: 'pass' | 'notAsked') => [...tests.values()].reduce((sum, one) => sum + one[key], 0)
    return { pass: of('pass'), notAsked: of('notAsked') }
  }
  const before = await sums()
  const added = await db.$executeRaw`
    INSERT INTO credential SELECT n.* FROM credential c JOIN identity i ON i.id = c.identity_id AND i.retired_at IS NULL
      CROSS JOIN LATERAL jsonb_populate_record(NULL::credential, to_jsonb(c) || jsonb_build_object('id', gen_random_uuid(),
        'native_id', 'unread ' || c.native_id, 'known_from', knowledge_now(), 'valid_from', knowledge_now())) n
    WHERE c.retired_at IS NULL AND c.type LIKE 'aws.%'`
  expect(added).toBeGreaterThan(3)
  const after = await sums()
  expect(after.pass).toBeLessThanOrEqual(before.pass)
  expect(after.notAsked).toBeGreaterThan(before.notAsked + added)
})
