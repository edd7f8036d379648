// An answer about a moment never changes again. While changes are being written that may still belong to the moment it is
// refused; everything else is answered, by the same bytes for ever.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import pg from 'pg'
import { RollcallError } from '@/core/errors'
import { IdentityFilter } from '@/core/list'
import type { Moment } from '@/core/moment'
import { applyRun } from '@/inventory/apply'
import { askMoment } from '@/inventory/moment/ask-moment'
import { atMoment, reader } from '@/inventory/moment/at-moment'
import { closeMomentClient } from '@/inventory/moment/moment-client'
import { settledNow } from '@/inventory/moment/settled-now'
import { homeSummary } from '@/inventory/queries/home-summary'
import { identityFacets } from '@/inventory/queries/identity-facets'
import { listIdentities } from '@/inventory/queries/list-identities'
import { db } from '@/prisma/client'
import { actorAs } from '@/tests/actors'
import { connection, credential, identity, observeLook, takeLook } from '@/tests/scripted-source'
import { freshScope, scopeId } from './history-of-scope'
import { gate } from './waiting'

const administrator = actorAs('administrator')
const scope = freshScope()
const seen = (version: string) => ({
  all: {
    observations: ['a', 'b', 'c', 'd'].flatMap((id) => [
      identity(id, { name: `${id} ${version}` }),
      credential(`key ${id} ${version}`, id),
    ]),
  },
})
const hoursAgo = (n: number) => new Date(Date.now() - n * 3_600_000).toISOString()
let to: Awaited<ReturnType<typeof connection>>

beforeAll(async () => {
  to = await connection()
  await takeLook(to, { at: hoursAgo(2), scopes: [scope], streams: seen('first') })
})
afterAll(closeMomentClient)

async function clock(): Promise<string> {
  const [row] = await db.$queryRaw<
    { now: Date }[]
  >`SELECT date_trunc('milliseconds', clock_timestamp()) AS now`
  return row?.now.toISOString() ?? ''
}
const momentAt = async (asOf: string): Promise<Moment> => {
  const moment = await askMoment({ asOf })
  if (!moment) throw new Error('no moment')
  return moment
}
const refusal = (asOf: string): Promise<string> =>
  momentAt(asOf).then(
    () => 'answered',
    (error: unknown) => (error instanceof RollcallError ? `${error.code}: ${error.message}` : String(error)),
  )
const answersAt = (moment: Moment): Promise<string> =>
  atMoment(moment, async () =>
    JSON.stringify([
      await listIdentities(administrator, IdentityFilter.parse({ state: 'any' })),
      await identityFacets(administrator, IdentityFilter.parse({})),
      await homeSummary(administrator),
    ]),
  )

test(
  'while a look is being applied, moments from its beginning on are refused and earlier ones are not',
  { timeout: 120_000 },
  async () => {
    const runId = await observeLook(to, { at: hoursAgo(1), scopes: [scope], streams: seen('second') })
    const earlier = await clock()
    let before = ''
    const [reached, release] = [gate(), gate()]
    const applied = applyRun({
      runId,
      send: async () => {
        reached.open()
        await release.opened
      },
    })
    try {
      await reached.opened
      const during = await clock()
      expect(await refusal(during)).toMatch(/^conflict: Changes that began at .* are still being written/)
      const [{ since } = { since: new Date(0) }] = await db.$queryRaw<{ since: Date }[]>`
    SELECT knowledge_unsettled(${during}::timestamptz) AS since`
      // Its very first millisecond is refused, the one before is answered.
      expect(await refusal(since.toISOString())).toMatch(/^conflict/)
      expect(await refusal(new Date(since.getTime() - 1).toISOString())).toBe('answered')
      expect((await settledNow()) < since.toISOString()).toBe(true)
      before = await answersAt(await momentAt(earlier))
      expect(before).toContain('a first')
    } finally {
      release.open()
      await applied
    }
    expect(await answersAt(await momentAt(earlier))).toBe(before)
    expect(await answersAt(await momentAt(await clock()))).toContain('a second')
  },
)

test(
  'a change that is stamped in the millisecond in which its transaction began is not missed',
  { timeout: 120_000 },
  async () => {
    const writer = new pg.Client({ connectionString: process.env.DATABASE_URL })
    await writer.connect()
    const statement = `SELECT knowledge_now() AS stamp, now() > knowledge_now() AS sooner`
    try {
      for (let found = false; !found;) {
        // Every stamp is a millisecond later than the one before: asked for faster than that, they would run ahead of the clock.
        await writer.query('SELECT pg_sleep(0.003)')
        await writer.query('BEGIN')
        const { rows } = await writer.query<{ stamp: Date; sooner: boolean }>(statement)
        const stamp = rows[0]?.stamp.toISOString() ?? ''
        found = rows[0]?.sooner === true
        if (found)
          expect(await refusal(stamp), `the transaction stamped ${stamp} is still open`).toMatch(/^conflict/)
        await writer.query('ROLLBACK')
      }
    } finally {
      await writer.end()
    }
  },
)

describe('while four write without a pause', () => {
  const WRITERS = 4
  const ANSWERS = 150
  const rows = (moment: Moment): Promise<string> =>
    atMoment(moment, async () =>
      JSON.stringify(
        await reader.$queryRaw`SELECT id, name, valid_from, known_from FROM identity WHERE scope_id = ${scopeId(scope)}::uuid ORDER BY id`,
      ),
    )

  async function write(nativeId: string, stopped: () => boolean): Promise<number> {
    const client = new pg.Client({ connectionString: process.env.DATABASE_URL })
    await client.connect()
    let n = 0
    for (; !stopped(); n++) {
      await client.query('BEGIN')
      await client.query(`UPDATE identity SET name = $1 WHERE native_id = $2 AND scope_id = $3`, [
        `${nativeId} ${n}`,
        nativeId,
        scopeId(scope),
      ])
      // A transaction takes its time.
      await client.query('SELECT pg_sleep($1)', [(n % 4) / 1000])
      await client.query('COMMIT')
    }
    await client.end()
    return n
  }

  test('what was answered is answered the same at once and in the end', { timeout: 240_000 }, async () => {
    let stop = false
    const writers = Promise.all(['a', 'b', 'c', 'd'].slice(0, WRITERS).map((id) => write(id, () => stop)))
    const answered: { moment: Moment; answer: string }[] = []
    let refused = 0
    try {
      for (let n = 0; answered.length < ANSWERS; n++) {
        const asOf = new Date(Date.parse(await clock()) - (n % 5)).toISOString()
        const told = await refusal(asOf)
        if (told !== 'answered') {
          expect(told).toMatch(/^conflict/)
          refused++
          // Nobody has to wait: there always is a settled moment close by, and its answer is as final.
          const settled = await settledNow()
          const moment = { valid: settled, known: settled }
          answered.push({ moment, answer: await rows(moment) })
          continue
        }
        const moment = { valid: asOf, known: asOf }
        const answer = await rows(moment)
        expect(await rows(moment)).toBe(answer)
        answered.push({ moment, answer })
      }
    } finally {
      stop = true
    }
    const written = await writers
    for (const count of written) expect(count).toBeGreaterThan(10)
    expect(refused).toBeGreaterThan(0)
    expect(new Set(answered.map(({ answer }) => answer)).size).toBeGreaterThan(20)
    for (const { moment, answer } of answered) expect(await rows(moment), JSON.stringify(moment)).toBe(answer)
  })
})
