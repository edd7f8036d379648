// Connections to the database are cut in the middle of a sync: nothing is half-written, the run says what happened, and
// the next attempt is right.
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Observed } from '@/core/observation'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { credential, identity } from '@/tests/scripted-source'
import { stagedRows } from '@/tests/staged-rows'
import pg from 'pg'
import { freshScope, historyOfScope, identitiesOf, scopeId } from './history-of-scope'
import { attempt, evaluate, liveConnection, queued, saying, sync } from './syncing'
import { blockedAt } from './waiting'

const BEFORE = ['a', 'b'].flatMap((id) => [identity(id), credential(`key ${id}`, id)])
const AFTER = [identity('a', { name: 'renamed' }), identity('c'), credential('key c', 'c')]
const HELD = { a: 'a', b: 'b' }
const IN_THE_END = { a: 'renamed', b: 'b, gone', c: 'c' }
const TIMEOUT = { timeout: 120_000 }

/** Is not cut itself: it belongs to the test. */
const hand = new pg.Client({ connectionString: process.env.DATABASE_URL })
let to: string
let scope: string

beforeEach(async () => {
  to = await liveConnection()
  scope = freshScope()
  await sync(
    to,
    saying(scope, () => BEFORE),
  )
})
afterAll(async () => {
  await hand.end()
  await closeSender()
})
await hand.connect()

/** Resolves when the connection is gone, and what it held with it. */
const cut = (pid: number) => hand.query('SELECT pg_terminate_backend($1, 60000)', [pid])
const cutAll = () =>
  hand.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`)

/** A statement that is sent in the very moment of the cut fails; none does once the pool has heard of it. */
const noticed = () =>
  vi.waitFor(() => Promise.all(Array.from({ length: 10 }, () => db.$queryRaw`SELECT 1`)), { timeout: 60_000 })

/** What is locked meanwhile is let go when the work lets go of it, or is done. */
async function holding<T>(work: (letGo: () => Promise<unknown>) => Promise<T>): Promise<T> {
  await hand.query('BEGIN')
  const letGo = () => hand.query('ROLLBACK')
  try {
    return await work(letGo)
  } finally {
    await letGo()
  }
}
const lock = (table: string, mode: string) => hand.query(`LOCK TABLE ${table} IN ${mode} MODE`)

const settled = (work: Promise<void>): Promise<string> =>
  work.then(
    () => 'ended well',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  )
const runOf = (id: string) => db.run.findUniqueOrThrow({ where: { id } })

/** The table this run stages into. */
async function stagingTable(): Promise<string> {
  const { rows } = await hand.query<{ name: string }>(
    `SELECT format('staging.%I', tablename) AS name FROM pg_tables WHERE schemaname = 'staging'`,
  )
  return rows[0]?.name ?? 'nothing staged'
}

/** How an attempt is stopped while its source is read, and the statement at which it then waits. */
type Place = { stop: () => Promise<unknown>; statement: string }
const PLACES: Record<string, Place> = {
  'that applies, before it has written anything': {
    stop: () => lock('identity', 'EXCLUSIVE'),
    statement: 'identity',
  },
  'that applies, when rows were written and the looks were not': {
    stop: () => lock('look', 'EXCLUSIVE'),
    statement: 'INSERT INTO look',
  },
  'that applies, when all was written': {
    stop: async () => lock(await stagingTable(), 'ACCESS SHARE'),
    statement: 'DROP TABLE IF EXISTS staging',
  },
  'that copies': {
    stop: async () => lock(await stagingTable(), 'EXCLUSIVE'),
    statement: 'COPY staging',
  },
}

/** An attempt that is cut at the place. Returns what the queue was told. */
const cutAt = ({ stop, statement }: Place, runId: string, lastAttempt: boolean) =>
  holding(async (letGo) => {
    const source = saying(scope, async function* () {
      await stop()
      yield* AFTER
    })
    const ended = settled(attempt(runId, source, { lastAttempt }))
    await cut((await blockedAt(statement)).pid)
    await letGo()
    return await ended
  })

describe.each(Object.entries(PLACES))('the connection is cut %s', (_, place) => {
  test('and the run is tried again', TIMEOUT, async () => {
    const before = await historyOfScope(scope)
    const runId = await queued(to)
    expect(await cutAt(place, runId, false)).not.toBe('ended well')
    expect(await historyOfScope(scope)).toEqual(before)
    const run = await runOf(runId)
    expect(run).toMatchObject({ state: 'queued', endedAt: null })
    expect(run.phase).toMatch(/^Starts over soon: \S/)
    await attempt(
      runId,
      saying(scope, () => AFTER),
    )
    expect(await runOf(runId)).toMatchObject({ state: 'complete', error: null })
    expect(await identitiesOf(scope)).toEqual(IN_THE_END)
    expect(await stagedRows()).toBe(0)
  })

  test('for the last time: the run has failed and says so, and the next one is right', TIMEOUT, async () => {
    const runId = await queued(to)
    await cutAt(place, runId, true)
    const run = await runOf(runId)
    expect(run).toMatchObject({ state: 'failed', phase: 'Failed' })
    expect(run.error).toMatch(/\S.*It was tried several times; try again later\.$/)
    expect(await identitiesOf(scope)).toEqual(HELD)
    expect(await stagedRows()).toBe(0)
    expect(
      await sync(
        to,
        saying(scope, () => AFTER),
      ),
    ).toMatchObject({ state: 'complete' })
    expect(await identitiesOf(scope)).toEqual(IN_THE_END)
  })
})

test(
  'every connection is cut while the source is read: the run is put back, and the next attempt is right',
  TIMEOUT,
  async () => {
    const before = await historyOfScope(scope)
    const runId = await queued(to)
    const source = saying(scope, async function* (): AsyncGenerator<Observed> {
      yield AFTER[0] as Observed
      await cutAll()
      yield* AFTER.slice(1)
    })
    const told = await settled(attempt(runId, source, { lastAttempt: false }))
    await noticed()
    // Whichever is heard of first: the connection that holds the run, or one that was writing.
    expect(told).toMatch(/^The worker lost touch with the database|^The connection to the database was lost/)
    expect(await runOf(runId)).toMatchObject({ state: 'queued', phase: `Starts over soon: ${told}` })
    expect(await historyOfScope(scope)).toEqual(before)
    await attempt(
      runId,
      saying(scope, () => AFTER),
    )
    expect(await identitiesOf(scope)).toEqual(IN_THE_END)
  },
)

test('every connection is cut while nobody uses one: the next sync does not notice', TIMEOUT, async () => {
  await cutAll()
  await noticed()
  expect(
    await sync(
      to,
      saying(scope, () => AFTER),
    ),
  ).toMatchObject({ state: 'complete' })
  expect(await identitiesOf(scope)).toEqual(IN_THE_END)
})

test(
  'every connection is cut while the rules are asked: asked again, they answer as if nothing had happened',
  TIMEOUT,
  async () => {
    await sync(
      to,
      saying(scope, () => AFTER),
    )
    const asked = await holding(async () => {
      await lock('posture', 'EXCLUSIVE')
      const answered = settled(evaluate(scopeId(scope)))
      await blockedAt('INSERT INTO posture')
      await cutAll()
      return await answered
    })
    await noticed()
    expect(asked).not.toBe('ended well')
    expect(await db.posture.count({ where: { scopeId: scopeId(scope) } })).toBe(0)
    await evaluate(scopeId(scope))
    expect(await db.posture.count({ where: { scopeId: scopeId(scope) } })).toBe(2)
  },
)
