// The database has no room left in the middle of a sync: the run says so, the inventory stays as it was and whole, and
// once there is room again the next sync is right.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type pg from 'pg'
import { known } from '@/core/fact'
import { withClient } from '@/scripts/database/connection.mjs'
import { migrate } from '@/scripts/database/migrate.mjs'
import { quotaServer } from './quota-server'
import { storageProblems } from './storage-problems'

/** Enough that a table of them is larger than anything else in the database. */
const COUNT = 3500
const TIMEOUT = 300_000
/** Room for what is held and for what is staged of one look, and not for a second version of every row. */
const ROOM = 1.4

// There is no `ulimit -f` on Windows, nor another way for a user to limit the size of a server's files.
describe.skipIf(process.platform === 'win32')('a database whose disk is full', () => {
  let server: Awaited<ReturnType<typeof quotaServer>>
  let world: Awaited<ReturnType<typeof made>>
  let limit: number

  /** Imported after the address is known: clients take it when they are loaded. */
  async function made() {
    const { db } = await import('@/prisma/client')
    const { identity } = await import('@/tests/scripted-source')
    const { liveConnection, queued, attempt, sync, saying } = await import('./syncing')
    const { freshScope, historyOfScope, identitiesOf } = await import('./history-of-scope')
    const { stagedRows } = await import('@/tests/staged-rows')
    const { closeSender } = await import('@/jobs/queue')
    const scope = freshScope()
    const source = (version: string, count = COUNT) =>
      saying(scope, () =>
        Array.from({ length: count }, (_, n) =>
          identity(`robot-${n}`, {
            name: version,
            description: known(`${version} `.repeat(40), 'demo:List'),
          }),
        ),
      )
    return {
      db,
      scope,
      source,
      to: await liveConnection(),
      queued,
      attempt,
      sync,
      historyOfScope,
      identitiesOf,
      stagedRows,
      closeSender,
    }
  }

  beforeAll(async () => {
    server = await quotaServer()
    server.start()
    await migrate(server.url)
    const emptyFile = await server.largestFile()
    process.env.DATABASE_URL = server.url
    world = await made()
    expect(await world.sync(world.to, world.source('first'))).toMatchObject({ state: 'complete' })
    const largest = await server.largestFile()
    // Otherwise something else would be what does not fit.
    expect(largest).toBeGreaterThan(2 * emptyFile)
    limit = largest * ROOM
  }, TIMEOUT)
  afterAll(async () => {
    await world?.closeSender()
    await world?.db.$disconnect()
    await server?.remove()
  }, TIMEOUT)

  test.each([
    ['what was read does not fit', () => world.source('more', COUNT * 4)],
    ['what changed does not fit', () => world.source('second')],
  ])(
    '%s: the run fails and says why, nothing has changed, and with more room all is well',
    { timeout: TIMEOUT },
    async (_, source) => {
      const { db, to, scope, historyOfScope } = world
      const before = await historyOfScope(scope)
      await server.stop()
      server.start(limit)
      const runId = await world.queued(to)
      await expect(world.attempt(runId, source())).rejects.toThrow()
      const run = await db.run.findUniqueOrThrow({ where: { id: runId } })
      expect(run).toMatchObject({ state: 'failed', phase: 'Failed', changes: {} })
      expect(run.error).toMatch(/could not (store|extend|write)/)
      expect(await historyOfScope(scope)).toEqual(before)
      expect(await world.stagedRows()).toBe(0)

      await server.stop()
      server.start()
      expect(await withClient(server.url, (client: pg.Client) => storageProblems(client))).toEqual([])
      expect(await historyOfScope(scope)).toEqual(before)
      expect(await world.sync(to, source())).toMatchObject({ state: 'complete', error: null })
      expect(await withClient(server.url, (client: pg.Client) => storageProblems(client))).toEqual([])
      // Back to where the next one begins.
      expect(await world.sync(to, world.source('first'))).toMatchObject({ state: 'complete' })
    },
  )
})
