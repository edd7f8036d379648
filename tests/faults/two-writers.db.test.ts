// Two look at the same scope at the same time: what is held afterwards is what it would be had one come after the other.
import { afterAll, describe, expect, test, vi } from 'vitest'
import { RollcallError } from '@/core/errors'
import type { Observed } from '@/core/observation'
import { applyRun } from '@/inventory/apply'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { connection, credential, grant, identity, observeLook, takeLook } from '@/tests/scripted-source'
import { freshScope, historyOfScope, identitiesOf } from './history-of-scope'
import { attempt, liveConnection, queued, saying } from './syncing'
import { blocked } from './waiting'

afterAll(closeSender)

const T = (n: number) => `2026-10-${String(n).padStart(2, '0')}T00:00:00.000Z`
const robots = (version: string, ...ids: string[]): Observed[] =>
  ids.flatMap((id) => [
    identity(id, { name: `${id} ${version}` }),
    credential(`key ${id}`, id),
    grant(`grant ${id}`, id),
  ])
const BASE = robots('base', 'a', 'b', 'c')
const EARLIER = [...robots('base', 'b'), ...robots('earlier', 'a', 'd')]
const LATER = [...robots('base', 'a', 'c'), ...robots('later', 'b', 'e')]

type Order = 'earlier first' | 'later first' | 'at once'
const textOf = (outcome: Outcome): string => JSON.stringify(outcome)
type Outcome = { history: Record<string, string[]>; refusals: string[] }

/** How one apply is held up before it commits. */
type Brake = (reached: 'earlier' | 'later') => Promise<void>

async function bothRead(held: Observed[]) {
  const scope = freshScope()
  const [one, two] = [await connection(), await connection()]
  const look = (to: typeof one, n: number, observations: Observed[]) =>
    observeLook(to, { at: T(n), scopes: [scope], streams: { all: { observations } } })
  if (held.length)
    await takeLook(one, { at: T(1), scopes: [scope], streams: { all: { observations: held } } })
  return { scope, earlier: await look(one, 2, EARLIER), later: await look(two, 3, LATER) }
}

const told = (error: unknown): string => {
  if (!(error instanceof RollcallError)) throw error
  return `${error.code}: ${error.message}`
}

async function outcomeOf(held: Observed[], order: Order, brake: Brake = async () => {}): Promise<Outcome> {
  const { scope, ...runs } = await bothRead(held)
  const refusals: string[] = []
  const apply = (which: 'earlier' | 'later') =>
    applyRun({ runId: runs[which], send: () => brake(which) }).then(
      () => {},
      (error: unknown) => void refusals.push(`${which}: ${told(error)}`),
    )
  if (order === 'at once') await Promise.all([apply('earlier'), apply('later')])
  else
    for (const which of order === 'earlier first'
      ? (['earlier', 'later'] as const)
      : (['later', 'earlier'] as const))
      await apply(which)
  return { history: await historyOfScope(scope), refusals }
}

/** Lets go of the first one when the other one waits for it, or has come as far as it has. */
function sideBySide(): Brake {
  let reached = 0
  return async () => {
    reached++
    await vi.waitUntil(async () => reached === 2 || (await blocked()).length > 0, {
      timeout: 60_000,
      interval: 10,
    })
  }
}

describe.each([
  ['that is held already', BASE],
  ['that nobody has seen', []],
])('two looks at a scope %s', (_, held) => {
  test('applied at once are one after the other', { timeout: 240_000 }, async () => {
    const serial = [await outcomeOf(held, 'earlier first'), await outcomeOf(held, 'later first')]
    expect(serial[0]).not.toEqual(serial[1])
    for (let round = 0; round < 6; round++) {
      const outcome = await outcomeOf(held, 'at once', round % 2 ? sideBySide() : undefined)
      expect(serial.map(textOf)).toContain(textOf(outcome))
    }
  })

  test('the one that cannot be applied any more is told why', async () => {
    const { refusals } = await outcomeOf(held, 'later first')
    expect(refusals).toEqual([
      `earlier: conflict: A newer look, of ${T(3)}, is already held; this one is of ${T(2)}. Nothing was changed.`,
    ])
  })
})

test('what was left out as unchanged and has changed meanwhile is read again, never guessed', async () => {
  const { scope, earlier, later } = await bothRead(BASE)
  const send = () => Promise.resolve()
  await applyRun({ runId: earlier, send })
  const before = await historyOfScope(scope)
  const refused = await applyRun({ runId: later, send }).catch(told)
  expect(refused).toBe(
    'upstream: Another run has changed this scope while it was being read. Nothing was changed; it has to be read again.',
  )
  expect(await historyOfScope(scope)).toEqual(before)
  await takeLook(await connection(), { at: T(4), scopes: [scope], streams: { all: { observations: LATER } } })
  expect(await identitiesOf(scope)).toEqual({
    a: 'a base',
    b: 'b later',
    c: 'c base',
    d: 'd earlier, gone',
    e: 'e later',
  })
})

describe('the same run', () => {
  test('applied twice at once is applied once', async () => {
    const scope = freshScope()
    const to = await connection()
    const look = (n: number, observations: Observed[]) =>
      observeLook(to, { at: T(n), scopes: [scope], streams: { all: { observations } } })
    await applyRun({ runId: await look(1, BASE), send: () => Promise.resolve() })
    const runId = await look(2, LATER)
    const brake = sideBySide()
    const apply = () => applyRun({ runId, send: () => brake('later') })
    const changes = (await Promise.all([apply(), apply()])).map((applied) => applied.changes.identity)
    expect(changes).toHaveLength(2)
    expect(changes.filter((change) => change)).toEqual([
      { created: 1, updated: 1, retired: 0, restored: 0, unchanged: 2 },
    ])
    expect(await identitiesOf(scope)).toEqual({ a: 'a base', b: 'b later', c: 'c base', e: 'e later' })
  })

  test('taken up twice at once is done once, and both attempts end well', { timeout: 120_000 }, async () => {
    const scope = freshScope()
    const to = await liveConnection()
    const runId = await queued(to)
    let reads = 0
    const source = saying(scope, () => {
      reads++
      return BASE
    })
    await Promise.all([attempt(runId, source), attempt(runId, source)])
    expect(reads).toBe(1)
    const run = await db.run.findUniqueOrThrow({ where: { id: runId } })
    expect(run).toMatchObject({ state: 'complete', changes: { identity: { created: 3 } } })
    expect(await identitiesOf(scope)).toEqual({ a: 'a base', b: 'b base', c: 'c base' })
  })

  test(
    'of two connections to one scope: both syncs end, and the later one has the word',
    { timeout: 120_000 },
    async () => {
      const scope = freshScope()
      const both = await Promise.all([liveConnection(), liveConnection()])
      const runs = await Promise.all(both.map(queued))
      const ends = await Promise.allSettled(
        runs.map((runId, n) =>
          attempt(
            runId,
            saying(scope, () => robots(`of ${n}`, 'a', 'b')),
            { lastAttempt: false },
          ),
        ),
      )
      const rows = await db.run.findMany({ where: { id: { in: runs } }, orderBy: { observedAt: 'asc' } })
      for (const row of rows) {
        expect(['complete', 'failed', 'queued']).toContain(row.state)
        if (row.state === 'failed') expect(row.error).toMatch(/^A newer look, of .* is already held/)
        if (row.state === 'queued')
          expect(row.phase).toMatch(/Starts over soon: (Another run has changed|A newer look)/)
      }
      expect(rows.at(-1)?.state).not.toBe('failed')
      if (ends.every(({ status }) => status === 'fulfilled')) {
        const last = rows.filter(({ state }) => state === 'complete').at(-1)
        const n = runs.indexOf(last?.id ?? '')
        expect(await identitiesOf(scope)).toEqual({ a: `a of ${n}`, b: `b of ${n}` })
      }
    },
  )
})
