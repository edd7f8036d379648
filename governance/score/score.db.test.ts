// The score of a real record: kept counts that agree with counting, exceptions, earlier moments, owners, and what moved it.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { unknown } from '@/core/fact'
import { endOf, scoreOf } from '@/core/score'
import { approveException } from '@/governance/exceptions/decide-exception'
import { askException } from '@/governance/exceptions/ask-exception'
import { askMoment } from '@/inventory/moment/ask-moment'
import { atMoment } from '@/inventory/moment/at-moment'
import { closeMomentClient } from '@/inventory/moment/moment-client'
import { countedByRow, scoreCounts, scoredScopes } from '@/inventory/queries/score-counts'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { actorOf, analyst, estate, look, ownerHint } from '@/tests/queried-estate'
import { connection, credential, identity, refused, takeLook } from '@/tests/scripted-source'
import { getScore, scoreNow } from './get-score'

const days = (n: number) => new Date(Date.now() - n * 86_400_000).toISOString()
const clock = async () =>
  (await db.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`)[0]?.now.toISOString()
const ann = actorOf('owner', { email: 'ann@example.com' })
const another = actorOf('analyst', { id: 'another', name: 'Another' })

const ordered = (counts: object[]) => counts.map((one) => JSON.stringify(one, Object.keys(one).sort())).sort()
/** Counts that are kept, after it was seen that counting says the same. */
async function counts() {
  const seen = await scoredScopes(analyst)
  const { bare } = await scoreCounts(seen)
  expect(ordered(bare)).toEqual(ordered(await countedByRow(seen)))
  return bare
}
const total = (of: { count: number }[]) => of.reduce((sum, { count }) => sum + count, 0)

let to: Awaited<ReturnType<typeof connection>>
const all = estate(30).main?.observations ?? []
const see = (observations = all) =>
  look(to, { at: new Date().toISOString(), streams: { main: { observations } } })

beforeAll(async () => {
  expect(await scoreNow(analyst)).toEqual({
    identities: 0,
    unjudged: 0,
    exceptions: { identities: 0, low: 0, high: 0 },
  })
  to = await connection()
  await look(to, { at: days(1), streams: estate(30) })
}, 60_000)
beforeEach(() => db.exception.deleteMany())
afterAll(async () => {
  await closeSender()
  await closeMomentClient()
})

describe('what is kept', () => {
  test('counts machines alone, and is what counting says', async () => {
    const people = await db.identity.count({ where: { class: 'human' } })
    expect(people).toBeGreaterThan(0)
    expect(total(await counts())).toBe((await db.identity.count()) - people)
    expect(await db.scoreCount.count()).toBeGreaterThan(0)
  })
  test('an incremental evaluation moves it, and writes only what differs', async () => {
    const before = await counts()
    const versions = () => db.$queryRaw<unknown[]>`SELECT 1 FROM past.score_count`
    const ended = (await versions()).length
    await see()
    expect((await versions()).length).toBe(ended)
    await see(all.filter(({ nativeId }) => nativeId !== 'id-001'))
    const after = await counts()
    expect(total(after)).toBe(total(before) - 1)
    expect((await versions()).length).toBeGreaterThan(ended)
    await see([...all, identity('one-more')])
    expect(total(await counts())).toBe(total(before) + 1)
    await see([...all, identity('one-more', { class: 'human' })])
    expect(total(await counts())).toBe(total(before))
  })
  test('a look that was refused takes nothing away', async () => {
    const before = await counts()
    await look(to, {
      at: new Date().toISOString(),
      streams: { main: { observations: [], fails: refused() } },
    })
    expect(total(await counts())).toBe(total(before))
  })
  test('whoever no rule was asked about pulls the lower end down, and only that', async () => {
    await see()
    const before = await getScore(analyst)
    await takeLook(to, {
      at: new Date().toISOString(),
      scopes: ['new'],
      streams: { main: { observations: [identity('n1'), identity('n2')] } },
    })
    const after = await getScore(analyst)
    expect(after.unjudged).toBe(2)
    expect(after.identities).toBe(before.identities + 2)
    const [was, is] = [before.score ?? { low: 0, high: 0 }, after.score ?? { low: 0, high: 0 }]
    expect(is.low).toBeLessThanOrEqual(was.low)
    expect(is.high).toBeGreaterThanOrEqual(was.high)
    expect((await counts()).filter(({ unjudged }) => unjudged)).toEqual([
      { privilege: 'unknown', worst: 9, worstOpen: 0, count: 2, unjudged: true },
    ])
    expect(total(await counts())).toBe(after.identities)
    await db.scope.delete({ where: { id: (await db.scope.findFirstOrThrow({ where: { name: 'new' } })).id } })
  })
  test('where counts were taken away rows are counted', async () => {
    const before = await counts()
    await db.scoreCount.deleteMany()
    expect(ordered(await counts())).toEqual(ordered(before))
    await db.evaluation.updateMany({ data: { judgedBy: '' } })
    await see()
    expect(await db.scoreCount.count()).toBeGreaterThan(0)
  })
})

describe('exceptions', () => {
  const except = async (rule: string) => {
    const asked = {
      ...{ reason: 'It goes in March.', evidence: 'https://tickets.example/1', control: 'It is watched.' },
      until: new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10),
    }
    const { id } = await askException(
      analyst,
      { filter: { rule }, rules: [rule], ...asked } as unknown as Parameters<typeof askException>[1],
      { now: new Date() },
    )
    return { id }
  }
  test('a finding under one counts as none, and how much that keeps is told; asking alone keeps nothing', async () => {
    const before = await scoreNow(analyst)
    const [most] = (await getScore(analyst)).raises
    const { id } = await except(most?.ruleId ?? '')
    expect(await scoreNow(analyst)).toEqual(before)
    await approveException(another, { id }, { now: new Date() })
    const after = await scoreNow(analyst)
    expect(after.exceptions.identities).toBeGreaterThan(0)
    expect(after.identities).toBe(before.identities)
    expect((after.score?.high ?? 0) - after.exceptions.high).toBe(before.score?.high)
    expect((after.score?.low ?? 0) - after.exceptions.low).toBe(before.score?.low)
    expect(after.score?.high).toBeGreaterThan(before.score?.high ?? 100)
  })
})

describe('what explains it', () => {
  test('what each privilege costs adds up to what is missing', async () => {
    const { parts, identities } = await getScore(analyst)
    const { counts: used } = await scoreCounts(await scoredScopes(analyst))
    for (const end of ['low', 'high'] as const) {
      const lost = parts.reduce((sum, part) => sum + part.lost[end], 0)
      expect(lost).toBeCloseTo(100 - endOf(used, end).points, 0)
    }
    expect(parts.reduce((sum, part) => sum + part.identities, 0)).toBe(identities)
  })
  test('what would raise it most is what the score is without that rule', async () => {
    const { raises, topics } = await getScore(analyst)
    const [first] = raises
    expect(raises.length).toBeLessThanOrEqual(5)
    expect(topics.length).toBeGreaterThan(0)
    expect(first?.points).toBeGreaterThan(0)
    const { counts: used } = await scoreCounts(await scoredScopes(analyst))
    const before = endOf(used, 'high').points
    await db.finding.updateMany({
      where: { ruleId: first?.ruleId, verdict: 'fail' },
      data: { state: 'resolved' },
    })
    await db.$executeRaw`UPDATE posture p SET worst = coalesce((SELECT min(severity) FROM finding f
      WHERE f.identity_id = p.identity_id AND f.state = 'open' AND f.verdict = 'fail'), 9)`
    const after = endOf(await countedByRow(await scoredScopes(analyst)), 'high').points
    expect(after - before).toBeCloseTo(first?.points ?? 0, 0)
  })
})

test('an owner’s score is of what is theirs, and tells nothing of the rest', async () => {
  const mine = await getScore(ann)
  const theirs = await db.posture.count({
    where: {
      ownerName: { equals: 'ann@example.com', mode: 'insensitive' },
      class: { in: ['machine', 'unclear'] },
    },
  })
  expect(mine.identities).toBe(theirs)
  expect(mine.identities).toBeLessThan((await getScore(analyst)).identities)
  expect(
    mine.changes.flatMap(({ causes }) => causes).filter(({ text }) => /scope|policy/.test(text)),
  ).toEqual([])
})

test('one scope has its own score', async () => {
  const [scope] = await db.scope.findMany()
  expect((await scoreNow(analyst, { scope: [scope?.id ?? ''] })).identities).toBe(
    (await scoreNow(analyst)).identities,
  )
  expect((await scoreNow(analyst, { source: to.id })).identities).toBe((await scoreNow(analyst)).identities)
  expect(await scoreNow(analyst, { scope: ['nowhere'] })).toMatchObject({ identities: 0 })
})

test('as of an earlier moment the answer stays the same', async () => {
  await see([...all, credential('new', 'id-002', { rotatedAt: unknown('denied', 'demo:List') })])
  const moment = await askMoment({ asOf: await clock() })
  const then = () => atMoment(moment, () => getScore(analyst))
  const before = await then()
  expect(before.score).toEqual((await getScore(analyst)).score)
  await see([identity('only'), ownerHint('only', 'bob@example.com')])
  await db.policy.create({
    data: { version: 1, doc: {}, note: 'Stricter', author: 'Ada', source: 'interface' },
  })
  expect((await scoreNow(analyst)).identities).toBe(1)
  expect(await then()).toEqual(before)
  expect(scoreOf(await counts())).toEqual((await scoreNow(analyst)).score)
})
