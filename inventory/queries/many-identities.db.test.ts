// With many rows, a page of the list is read from an index, on the first page as on a late one.
import { beforeAll, expect, test } from 'vitest'
import { IDENTITY_SORTS, IdentityFilter } from '@/core/list'
import { db } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'
import type { Moment } from '@/core/moment'
import { atMoment, reader } from '@/inventory/moment/at-moment'
import { outline, planOf } from '@/bench/queries/plans'
import { listen, recorded } from '@/bench/queries/recorder'
import { withServer } from '@/bench/sync/server'
import { analyst } from '@/tests/queried-estate'
import { recountFacets } from '@/inventory/facets/recount'
import { FEW_MAX, identitySlice } from './identity-slice'
import { identityConditions } from './identity-where'
import { listIdentities } from './list-identities'

const COUNT = 50_000
const SCOPE = '00000000-0000-4000-8000-000000000001'
/** When the rows were there and none of them had changed. */
let before: Moment
/** An instant after all that was written, before all that will be. */
async function afterThis(): Promise<Moment> {
  const [row] = await db.$queryRaw<{ at: Date }[]>`
    SELECT to_timestamp((last_value + 1) / 1000.0) AS at FROM knowledge_clock`
  const at = row?.at.toISOString() ?? ''
  await db.$executeRaw`SELECT knowledge_unsettled(${at}::timestamptz)`
  return { valid: at, known: at }
}

const filter = (given: Record<string, string> = {}) => IdentityFilter.parse({ size: '25', ...given })

beforeAll(async () => {
  listen()
  await db.$executeRaw`INSERT INTO scope (id, connector_id, native_id, name, type, sample, first_seen_at)
    VALUES (${SCOPE}::uuid, 'demo', 's1', 's1', 'demo.account', false, now())`
  await db.$executeRaw`
    INSERT INTO identity (id, scope_id, stream, native_id, type, name, class, aliases, created_at, last_used_at,
      last_used_state, doc, fingerprint, first_seen_at, valid_from, run_id)
    SELECT md5(n::text)::uuid, ${SCOPE}::uuid, 'main', 'id-' || n, 'demo.robot', 'robot-' || md5(n::text), 'machine', '{}',
      CASE WHEN n % 3 > 0 THEN now() - make_interval(mins => n) END, CASE WHEN n % 5 > 0 THEN now() - make_interval(hours => n % 9000) END,
      'known', '{}', md5(n::text)::uuid, now(), now(), ${SCOPE}::uuid
    FROM generate_series(1, ${COUNT}::int) n`
  await db.$executeRaw`
    INSERT INTO posture (identity_id, scope_id, type, class, owner, privilege, owner_state, owner_name, privilege_class, credentials,
      oldest_credential_at, failing, unknowns, worst, evaluated_at)
    SELECT id, scope_id, type, class, '{}', '{}', CASE native_id WHEN 'id-1' THEN 'known' ELSE 'absent' END,
      CASE native_id WHEN 'id-1' THEN 'Joanna' END, CASE native_id WHEN 'id-1' THEN 'administrator' ELSE 'limited' END, 0, created_at, 0, 0, 9 - (hashtext(id::text) & 3), now() FROM identity`
  before = await afterThis()
  await db.$executeRaw`UPDATE identity SET name = 'renamed-' || name WHERE hashtext(name) % 10 = 0`
  for (const table of [
    'identity',
    'posture',
    'scope',
    'past.identity',
    'version.identity',
    'version.posture',
  ])
    await db.$executeRawUnsafe(`ANALYZE ${table}`)
}, 120_000)

/** Plans of the queries that one page takes, as they were carried out. */
async function plans(sort: (typeof IDENTITY_SORTS)[number], after?: string): Promise<string[]> {
  const found: string[] = []
  const conditions = await identityConditions(analyst, filter())
  await identitySlice(conditions, { sort, after, size: 25 }, async (sql) => {
    const explained = Prisma.sql`EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) ${sql}`
    const rows = await reader.$queryRaw<{ 'QUERY PLAN': string }[]>(explained)
    found.push(rows.map((row) => row['QUERY PLAN']).join('\n'))
    return reader.$queryRaw(sql)
  })
  return found
}

test.each(IDENTITY_SORTS)('sorted by %s, no page reads the whole table', async (sort) => {
  const { next } = await listIdentities(analyst, filter({ sort }))
  const read = [...(await plans(sort)), ...(await plans(sort, next))]
  expect(read.length).toBe(2)
  for (const plan of read) {
    expect(plan).not.toMatch(/Seq Scan on (identity|posture)/)
    expect(plan).not.toMatch(/\bSort\b/)
  }
})

/** Scans that read a table with rows: what spans the versions has none of its own. */
const wholeTables = (plan: string) =>
  [...plan.matchAll(/Seq Scan on (?:identity|posture)\b.*\(actual rows=([\d.]+)/g)].filter(
    ([, rows]) => Number(rows) > 100,
  )

test.each(IDENTITY_SORTS)(
  'as of an earlier instant, sorted by %s, no page reads the whole table',
  async (sort) => {
    await atMoment(before, async () => {
      const { rows, next } = await listIdentities(analyst, filter({ sort }))
      expect(rows.length).toBe(25)
      for (const plan of [...(await plans(sort)), ...(await plans(sort, next))])
        expect(wholeTables(plan), plan).toEqual([])
    })
  },
)

test('as of an earlier instant a row has the name it had then', async () => {
  const name = (moment?: Moment) =>
    atMoment(moment, async () => (await listIdentities(analyst, filter({ q: 'renamed-' }))).total)
  expect(await name()).toBe(FEW_MAX)
  expect(await name(before)).toBe(0)
})

/** Plans of all that one page of the list sends. */
async function plansOf(work: () => Promise<unknown>): Promise<string> {
  const sent = await recorded(work)
  return withServer(async (client) => {
    const found: string[] = []
    for (const one of sent) found.push(...outline(await planOf(client, one)))
    return found.join('\n')
  })
}

test.each([
  ['a privilege one has', { privilege: 'administrator' }, 'posture_privilege_class_class_identity_id_idx'],
  ['an owner', { owner: 'ann' }, 'posture_owner_name_trgm'],
  ['a name of two letters', { q: 'Zq' }, 'identity_name_begins_idx'],
  ['a rule nobody fails', { rule: 'identity-ownerless' }, 'finding_failing_idx'],
])('few rows are found by what makes them few: %s', async (_, words, index) => {
  await db.$transaction((tx) => recountFacets(tx, SCOPE))
  const plan = await plansOf(() => listIdentities(analyst, filter(words)))
  expect(plan).toContain(index)
  expect(plan).not.toMatch(/Seq Scan on (identity|posture)/)
})

test.each([
  ['the present', false],
  ['an earlier instant', true],
])('worst first of one type is read in that order, of %s', async (_, earlier) => {
  await atMoment(earlier ? before : undefined, async () => {
    const plan = await plansOf(() => listIdentities(analyst, filter({ type: 'demo.robot', sort: 'worst' })))
    expect(plan).toContain('posture_type_worst_identity_id_idx')
    expect(plan).not.toMatch(/Seq Scan on (identity|posture) \(\d{3,} rows/)
  })
})

test('what becomes something else does so in its posture, and did not before', async () => {
  const [{ id = '' } = {}] = await db.$queryRaw<
    { id: string }[]
  >`SELECT id FROM identity WHERE native_id = 'id-1'`
  await db.$executeRaw`UPDATE identity SET class = 'unclear' WHERE id = ${id}::uuid`
  const total = async (ofClass: string) => {
    const words = filter({ class: ofClass, privilege: 'administrator', q: 'r' })
    return (await listIdentities(analyst, words)).rows.length
  }
  expect([await total('machine'), await total('unclear')]).toEqual([0, 1])
  expect(await atMoment(before, async () => [await total('machine'), await total('unclear')])).toEqual([1, 0])
  const differ = await db.$queryRaw`
    SELECT 1 FROM posture p JOIN identity i ON i.id = p.identity_id WHERE (p.type, p.class) <> (i.type, i.class)`
  expect(differ).toEqual([])
})

test('two letters are what a name begins with, whatever their case', async () => {
  const total = async (q: string) => (await listIdentities(analyst, filter({ q }))).total
  expect(await total('RO')).toBe(FEW_MAX)
  expect(await total('bo')).toBe(0)
  expect(await total('r_')).toBe(0)
  expect(await total('bot')).toBe(FEW_MAX)
})

test('the total is exact where it is kept, and bounded where it is counted', async () => {
  await db.$transaction((tx) => recountFacets(tx, SCOPE))
  expect(await listIdentities(analyst, filter())).toMatchObject({ total: COUNT, totalIsMore: false })
  const many = filter({ q: 'robot' })
  expect(await listIdentities(analyst, many)).toMatchObject({ total: FEW_MAX, totalIsMore: true })
})
