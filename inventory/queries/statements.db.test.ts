// How many statements a page takes: each is a way to the database and back, and as of an earlier instant a plan over all versions.
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { FindingFilter, IdentityFilter } from '@/core/list'
import { askMoment } from '@/inventory/moment/ask-moment'
import { atMoment } from '@/inventory/moment/at-moment'
import { closeMomentClient } from '@/inventory/moment/moment-client'
import { db } from '@/prisma/client'
import { analyst, estate, look } from '@/tests/queried-estate'
import { connection } from '@/tests/scripted-source'
import { getIdentity } from './get-identity'
import { identitiesAndFacets } from './identities-and-facets'
import { listFindings } from './list-findings'

type Asks = (this: pg.Client, ...args: unknown[]) => unknown
let texts: string[] = []

/** Everything that is sent: transactions begin, end and are pinned by statements, too. */
async function sent(work: () => Promise<unknown>): Promise<string[]> {
  texts = []
  await work()
  return texts
}

beforeAll(async () => {
  const prototype = pg.Client.prototype as unknown as { query: Asks }
  const ask = prototype.query
  prototype.query = function (...args) {
    const [first] = args as [string | { text?: string } | undefined]
    texts.push((typeof first === 'string' ? first : (first?.text ?? '')).trim())
    return ask.apply(this, args)
  }
  const to = await connection()
  await look(to, { at: new Date(Date.now() - 3_600_000).toISOString(), streams: estate(40) })
}, 60_000)
afterAll(closeMomentClient)

const atNow = async <T>(work: () => Promise<T>) => {
  const [row] = await db.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`
  const moment = await askMoment({ asOf: row?.now.toISOString() })
  return () => atMoment(moment, work)
}

const page = (words: Record<string, string>) => () =>
  identitiesAndFacets(analyst, IdentityFilter.parse(words))
const LISTS: [string, Record<string, string>][] = [
  ['without a filter', {}],
  ['with a search', { q: 'same' }],
  ['of a scope, by last use', { scope: 's1', sort: '-lastUsed' }],
]

test.each(LISTS)('the list of identities %s', async (_, words) => {
  const now = await sent(page(words))
  expect(now.length, now.join('\n')).toBeLessThanOrEqual(7)
  const then = await sent(await atNow(page(words)))
  // And what opens, pins and closes the two transactions they are read in.
  const reads = then.filter(
    (text) => !/^(BEGIN|COMMIT|SELECT set_config|SELECT (clock|knowledge)|.*"setting")/s.test(text),
  )
  expect(reads.length, reads.join('\n')).toBeLessThanOrEqual(7)
  expect(then.filter((text) => /^BEGIN/.test(text)).length).toBeLessThanOrEqual(2)
})

test('the list of findings', async () => {
  const now = await sent(() => listFindings(analyst, FindingFilter.parse({})))
  expect(now.length, now.join('\n')).toBeLessThanOrEqual(5)
})

test('the page of one identity', async () => {
  const rows = await db.$queryRaw<{ id: string }[]>`SELECT identity_id AS id FROM credential LIMIT 1`
  const id = rows[0]?.id ?? ''
  const now = await sent(() => getIdentity(analyst, id))
  expect(now.length, now.join('\n')).toBeLessThanOrEqual(20)
  const then = await sent(await atNow(() => getIdentity(analyst, id)))
  expect(then.filter((text) => /^BEGIN/.test(text)).length).toBeLessThanOrEqual(2)
})
