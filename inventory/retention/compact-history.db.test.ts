// Letting go of old versions: what may still be asked about is answered as before, to the byte, and nothing else is.
import fc from 'fast-check'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { known } from '@/core/fact'
import { askMoment } from '@/inventory/moment/ask-moment'
import { historySetting } from '@/inventory/moment/history-begins'
import { closeSender, pendingJobs } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { pastAnswers } from '@/tests/past-answers'
import {
  forgetEverything,
  knownAt,
  putCredential,
  putFinding,
  putGrant,
  putIdentity,
  putLook,
  putPosture,
  putRun,
  putSource,
  retire,
  uuid,
} from '@/tests/simulated-time'
import { compactHistory } from './compact-history'
import { pastTables } from './ended-versions'
import { historySize } from './history-size'
import { startCompaction } from './start-compaction'

const DAYS = 30
/** The whole simulated past lies before the real present, as everything that is compacted does. */
const day = (n: number, hours = 0) => new Date(Date.UTC(2026, 5, 1 + n, hours)).toISOString()
const NOW = new Date(day(100))
const FROM = day(100 - DAYS)

const held = async (): Promise<number> => {
  let sum = 0
  for (const table of await pastTables()) {
    const [row] = await db.$queryRawUnsafe<{ count: number }[]>(
      `SELECT count(*)::int AS count FROM past."${table}"`,
    )
    sum += row?.count ?? 0
  }
  return sum
}

beforeEach(async () => {
  await forgetEverything()
  const value = { days: DAYS, from: null }
  await db.setting.upsert({ where: { key: 'history' }, create: { key: 'history', value }, update: { value } })
  await db.setting.deleteMany({ where: { key: 'compaction' } })
})
afterAll(async () => {
  await closeSender()
  await db.$disconnect()
})

/** Identities, what belongs to them, verdicts, looks and runs that come, change and go over a hundred days. */
type Event = { on: number; of: number; does: 'put' | 'retire' | 'judge' | 'look'; word: string }
const event: fc.Arbitrary<Event> = fc.record({
  on: fc.integer({ min: 2, max: 99 }),
  of: fc.integer({ min: 0, max: 4 }),
  does: fc.constantFrom('put', 'put', 'retire', 'judge', 'look'),
  word: fc.constantFrom('a', 'b', 'c'),
})

async function happen({ on, of, does, word }: Event): Promise<void> {
  const name = `robot-${of}`
  const at = day(on)
  await knownAt(day(on, 1), async (tx) => {
    const id = uuid('identity', 's1', name)
    const row = await tx.identity.findUnique({ where: { id } })
    if (does === 'put') {
      await putIdentity(tx, 's1', name, at, { tags: known({ team: word }, 'demo:List') })
      await putCredential(tx, 's1', `key-${of}`, name, at, { note: word })
      await putGrant(tx, 's1', `grant-${word}`, name, at)
    } else if (does === 'retire' && row && !row.retiredAt) {
      await retire(tx, 'identity', id, at)
      const keys = await tx.credential.findMany({ where: { identityId: id, retiredAt: null } })
      for (const key of keys) await retire(tx, 'credential', key.id, at)
    } else if (does === 'judge') {
      await putPosture(tx, 's1', name, at, { owner: word })
      await putFinding(tx, 's1', name, at, { state: word === 'a' ? 'resolved' : 'open', message: word })
    } else if (does === 'look') {
      const run = await putRun(tx, uuid('connection', 'North'), at, uuid('run', String(on), String(of)))
      await tx.look.updateMany({
        data: { at, runId: run, completeAt: at, completeRunId: run, validFrom: at },
      })
    }
  })
}

async function history(events: Event[]): Promise<void> {
  await knownAt(day(1), async (tx) => {
    const id = await putSource(tx, 'North', { at: day(1), scopes: ['s1'] })
    await putRun(tx, id, day(1))
    await putLook(tx, 's1', 'identity', day(1))
  })
  const inOrder = [...events].sort((a, b) => a.on - b.on)
  // One change an instant: the clock of knowledge never stands still.
  for (const [n, one] of inOrder.entries()) if (inOrder[n - 1]?.on !== one.on) await happen(one)
}

const moments = fc.array(
  fc.record({ valid: fc.integer({ min: 0, max: DAYS * 24 }), later: fc.integer({ min: 0, max: 400 }) }),
  { minLength: 3, maxLength: 6 },
)
type At = { valid: string; known: string }
const inside = (hours: { valid: number; later: number }[]): At[] =>
  hours.map(({ valid, later }) => {
    const at = Date.parse(FROM) + valid * 3600_000
    const until = Math.min(at + later * 3600_000, NOW.getTime())
    return { valid: new Date(at).toISOString(), known: new Date(Math.max(at, until)).toISOString() }
  })
const answers = (asked: At[]) =>
  asked.reduce<Promise<string[]>>(
    async (told, { valid, known: by }) => [...(await told), JSON.stringify(await pastAnswers(valid, by))],
    Promise.resolve([]),
  )

/** Stops the work after so many looks at it. */
function stopAfter(looks: number): AbortSignal {
  let seen = 0
  const throwIfAborted = () => {
    if (++seen > looks) throw new Error('the worker was killed')
  }
  return { throwIfAborted } as AbortSignal
}

describe('whatever happened', () => {
  test(
    'answers inside the window are the same before and after, also after a crash in between',
    { timeout: 240_000 },
    async () => {
      let removed = 0
      await fc.assert(
        fc.asyncProperty(
          fc.array(event, { minLength: 10, maxLength: 40 }),
          moments,
          fc.integer({ min: 1, max: 12 }),
          async (events, hours, looks) => {
            await forgetEverything()
            await db.setting.update({
              where: { key: 'history' },
              data: { value: { days: DAYS, from: null } },
            })
            await history(events)
            const asked = [{ valid: FROM, known: FROM }, ...inside(hours)]
            const before = await answers(asked)
            const size = await held()
            await compactHistory({ now: NOW, signal: stopAfter(looks), batch: 2 }).catch(() => {})
            expect(await answers(asked)).toEqual(before)
            const { from, versions } = await compactHistory({ now: NOW, batch: 3 })
            expect(await answers(asked)).toEqual(before)
            if (versions) expect(from).toBe(FROM)
            removed += Math.max(0, size - (await held()))
            // A second time there is nothing to do.
            expect(await compactHistory({ now: NOW })).toMatchObject({ versions: 0, rows: 0 })
          },
        ),
        { numRuns: 12 },
      )
      expect(removed).toBeGreaterThan(0)
    },
  )
})

test('before the window nothing is answered any more, and that is said before anything is deleted', async () => {
  await history([
    { on: 10, of: 1, does: 'put', word: 'a' },
    { on: 20, of: 1, does: 'put', word: 'b' },
    { on: 80, of: 1, does: 'put', word: 'c' },
  ])
  expect(await askMoment({ asOf: day(15) })).toBeDefined()
  // Looks: gone things of one scope, old runs, then the first table.
  await expect(compactHistory({ now: NOW, signal: stopAfter(2) })).rejects.toThrow('killed')
  expect((await historySetting()).from).toBe(FROM)
  expect(await held()).toBeGreaterThan(0)
  await expect(askMoment({ asOf: day(15) })).rejects.toThrow(/before .* is not kept/)
  await compactHistory({ now: NOW })
  expect(await askMoment({ asOf: FROM })).toBeDefined()
  // Kept longer from now on: what went does not come back.
  await db.setting.update({ where: { key: 'history' }, data: { value: { days: 400, from: FROM } } })
  await compactHistory({ now: NOW })
  expect(await historySetting()).toEqual({ days: 400, from: FROM })
})

test('what is gone for longer leaves the present; its versions go when they are too old', async () => {
  await history([
    { on: 5, of: 1, does: 'put', word: 'a' },
    { on: 5.5, of: 2, does: 'put', word: 'a' },
    { on: 10, of: 1, does: 'retire', word: 'a' },
  ])
  const before = await pastAnswers(day(90))
  expect(await db.identity.count()).toBe(2)
  await compactHistory({ now: NOW })
  expect(await db.identity.findMany({ select: { name: true } })).toEqual([{ name: 'robot-2' }])
  expect(await pastAnswers(day(90))).toEqual(before)
  expect(before.identity).toHaveLength(2)
  const much = new Date(Date.now() + 31 * 24 * 3600_000)
  await compactHistory({ now: much })
  const [left] = await db.$queryRaw<{ count: number }[]>`SELECT count(*)::int AS count FROM past.identity`
  expect(left?.count).toBe(0)
})

test('runs leave, but for the last one and those a look rests on', async () => {
  await history([
    { on: 5, of: 1, does: 'look', word: 'a' },
    { on: 6, of: 1, does: 'look', word: 'a' },
    { on: 7, of: 1, does: 'look', word: 'a' },
  ])
  await db.look.updateMany({ data: { completeRunId: uuid('run', '5', '1') } })
  await compactHistory({ now: NOW })
  const runs = await db.run.findMany({ select: { id: true }, orderBy: { createdAt: 'asc' } })
  expect(runs.map(({ id }) => id)).toEqual([uuid('run', '5', '1'), uuid('run', '7', '1')])
})

test('once a day, and what it costs can be told', async () => {
  await history([{ on: 10, of: 1, does: 'put', word: 'a' }])
  expect(await startCompaction(NOW)).toBe(true)
  expect(await startCompaction(NOW)).toBe(true)
  expect(await pendingJobs('compact-history', {})).toHaveLength(1)
  await compactHistory({ now: NOW })
  expect(await startCompaction(new Date(NOW.getTime() + 23 * 3600_000))).toBe(false)
  expect(await startCompaction(new Date(NOW.getTime() + 25 * 3600_000))).toBe(true)
  const size = await historySize()
  expect(size).toMatchObject({ days: DAYS, begins: day(1), lastCompaction: { at: NOW.toISOString() } })
  expect(size.bytes).toBeGreaterThan(0)
})
