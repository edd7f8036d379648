// Clocks that jump: of the machine that works, and of the database. Looks stay in order, nothing is refused for ever, no
// version ends before it begins, and what was answered stays answered.
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import pg from 'pg'
import { FindingFilter, IdentityFilter } from '@/core/list'
import type { Moment } from '@/core/moment'
import { askMoment } from '@/inventory/moment/ask-moment'
import { atMoment } from '@/inventory/moment/at-moment'
import { closeMomentClient } from '@/inventory/moment/moment-client'
import { listFindings } from '@/inventory/queries/list-findings'
import { listIdentities } from '@/inventory/queries/list-identities'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { actorAs } from '@/tests/actors'
import { connection, credential, identity, takeLook } from '@/tests/scripted-source'
import { freshScope, identitiesOf, scopeId } from './history-of-scope'
import { evaluate, liveConnection, saying, sync } from './syncing'
import { versionProblems } from './version-problems'

const HOUR = 3_600_000
const JUMPS: [string, number][] = [
  ['an hour back', -HOUR],
  ['a year ahead', 365 * 24 * HOUR],
]
const TIMEOUT = { timeout: 180_000 }
const administrator = actorAs('administrator')
const hand = new pg.Client({ connectionString: process.env.DATABASE_URL })
await hand.connect()

let to: string
let scope: string
beforeEach(async () => {
  to = await liveConnection()
  scope = freshScope()
})
afterEach(async () => {
  vi.useRealTimers()
  expect(await versionProblems(hand)).toEqual([])
})
afterAll(async () => {
  await hand.end()
  await closeMomentClient()
  await closeSender()
})

/** The clock of this process alone: timers go on. */
const jump = (ms: number) => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms })

const robots = (version: number) => [
  identity('a', { name: `a ${version}` }),
  credential('key', 'a'),
  ...(version % 2 ? [identity('b')] : []),
]
/** A run and what follows from it. */
async function work(version: number) {
  const run = await sync(
    to,
    saying(scope, () => robots(version)),
  )
  await evaluate(scopeId(scope))
  return run
}
async function newestLook() {
  const { _max } = await db.look.aggregate({ where: { scopeId: scopeId(scope) }, _max: { at: true } })
  return _max.at?.getTime() ?? 0
}
async function momentNow(): Promise<Moment> {
  const [row] = await db.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`
  const moment = await askMoment({ asOf: row?.now.toISOString() })
  if (!moment) throw new Error('no moment')
  return moment
}
const answersAt = (moment: Moment): Promise<string> =>
  atMoment(moment, async () =>
    JSON.stringify([
      await listIdentities(administrator, IdentityFilter.parse({ state: 'any', scope: scopeId(scope) })),
      await listFindings(administrator, FindingFilter.parse({ state: 'any', scope: scopeId(scope) })),
    ]),
  )

describe.each(JUMPS)('the clock of the worker jumps %s', (_, ms) => {
  test('and back: every sync is applied, in order, and earlier answers stay', TIMEOUT, async () => {
    await work(1)
    const moment = await momentNow()
    const before = await answersAt(moment)
    expect(before).toContain('"a 1"')
    const looks = [await newestLook()]
    jump(ms)
    for (const version of [2, 3]) {
      expect(await work(version)).toMatchObject({ state: 'complete', error: null })
      looks.push(await newestLook())
    }
    vi.useRealTimers()
    for (const version of [4, 5]) {
      expect(await work(version)).toMatchObject({ state: 'complete', error: null })
      looks.push(await newestLook())
    }
    expect(looks).toEqual([...new Set(looks)].sort((x, y) => x - y))
    expect(await identitiesOf(scope)).toEqual({ a: 'a 5', b: 'b' })
    expect(await answersAt(moment)).toBe(before)
  })

  test('verdicts that were written then give way to those written afterwards', TIMEOUT, async () => {
    await work(1)
    jump(ms)
    await work(2)
    vi.useRealTimers()
    await work(3)
    const open = await db.finding.findMany({ where: { scopeId: scopeId(scope), state: 'open' } })
    const failing = await db.posture.findMany({ where: { scopeId: scopeId(scope) } })
    expect(failing).toHaveLength(2)
    expect(open.length).toBeGreaterThan(0)
    // The counts beside an identity are those of its findings, whenever each was judged.
    for (const { identityId, failing: count, unknowns } of failing) {
      const own = open.filter((one) => one.identityId === identityId)
      expect(own.filter(({ verdict }) => verdict === 'fail')).toHaveLength(count)
      expect(own.filter(({ verdict }) => verdict === 'unknown')).toHaveLength(unknowns)
    }
  })
})

/** A file from a machine whose clock is ahead. Returns when it says it was made. */
async function lookAhead(ms: number): Promise<number> {
  const ahead = new Date(Date.now() + ms).toISOString()
  await takeLook(await connection('import'), {
    at: ahead,
    scopes: [scope],
    streams: { all: { observations: robots(1) } },
  })
  expect(await newestLook()).toBe(Date.parse(ahead))
  return Date.parse(ahead)
}

describe.each([
  ['an hour ahead', HOUR],
  ['a year ahead', 365 * 24 * HOUR],
])('a look was made by a clock that was %s', (_, ms) => {
  test('later live syncs are not refused, come after it, and say what is', TIMEOUT, async () => {
    await work(1)
    let last = await lookAhead(ms)
    for (const version of [2, 3, 4]) {
      expect(await work(version)).toMatchObject({ state: 'complete', error: null })
      const look = await newestLook()
      expect(look).toBeGreaterThan(last)
      last = look
    }
    expect(await identitiesOf(scope)).toEqual({ a: 'a 4', b: 'b, gone' })
  })

  test(
    'a connection that reads the scope for the first time is refused once at most, and told why',
    TIMEOUT,
    async () => {
      await lookAhead(ms)
      const first = await work(2)
      if (first.state !== 'complete')
        expect(first).toMatchObject({
          state: 'failed',
          error: expect.stringMatching(/^A newer look, of .*Nothing was changed\.$/),
        })
      expect(await work(3)).toMatchObject({ state: 'complete', error: null })
      expect(await identitiesOf(scope)).toEqual({ a: 'a 3', b: 'b' })
    },
  )
})

describe('the clock of the database was set back', () => {
  /** As if it had been a year ahead until now. */
  const aheadBy = (ms: number) =>
    hand.query(
      `SELECT setval('knowledge_clock', (SELECT greatest(last_value, $1::bigint) FROM knowledge_clock))`,
      [Date.now() + ms],
    )
  const lastKnown = async (): Promise<number> => {
    const { rows } = await hand.query<{ last: string }>('SELECT last_value AS last FROM knowledge_clock')
    return Number(rows[0]?.last)
  }

  test('answers about the time before stay, and syncs go on', TIMEOUT, async () => {
    await work(1)
    const moment = await momentNow()
    const before = await answersAt(moment)
    expect(before).toContain('"a 1"')
    await aheadBy(365 * 24 * HOUR)
    const from = await lastKnown()
    for (const version of [2, 3])
      expect(await work(version)).toMatchObject({ state: 'complete', error: null })
    expect(await identitiesOf(scope)).toEqual({ a: 'a 3', b: 'b' })
    const row = await db.identity.findFirstOrThrow({ where: { scopeId: scopeId(scope), nativeId: 'a' } })
    expect(row.knownFrom.getTime()).toBeGreaterThan(from)
    expect(row.validFrom.getTime()).toBeLessThan(from)
    expect(await answersAt(moment)).toBe(before)
    // What was learned since is not known yet at any moment that the clock has reached.
    expect(await answersAt(await momentNow())).not.toContain('"a 3"')
  })

  test(
    'knowledge goes on from where it was, one step for each transaction, whoever writes',
    TIMEOUT,
    async () => {
      await aheadBy(HOUR)
      const from = await lastKnown()
      const stamps = async () => {
        const client = new pg.Client({ connectionString: process.env.DATABASE_URL })
        await client.connect()
        const own: number[] = []
        for (let n = 0; n < 50; n++) {
          await client.query('BEGIN')
          const { rows } = await client.query<{ one: Date; two: Date }>(
            'SELECT knowledge_now() AS one, knowledge_now() AS two',
          )
          expect(rows[0]?.one).toEqual(rows[0]?.two)
          own.push(rows[0]?.one.getTime() ?? 0)
          await client.query('COMMIT')
        }
        await client.end()
        expect(own).toEqual([...own].sort((x, y) => x - y))
        return own
      }
      const all = (await Promise.all([stamps(), stamps(), stamps(), stamps()])).flat()
      expect(new Set(all).size).toBe(all.length)
      expect(Math.min(...all)).toBeGreaterThan(from)
    },
  )
})
