// With many rows, a page of the merged list is read from indexes of both tables, on the first page as on a late one, now and earlier.
import { beforeAll, describe, expect, test } from 'vitest'
import { CREDENTIAL_SORTS, CredentialFilter } from '@/core/list'
import type { Moment } from '@/core/moment'
import { outline, planOf, readWhole } from '@/bench/queries/plans'
import { listen, recorded } from '@/bench/queries/recorder'
import { withServer } from '@/bench/sync/server'
import { atMoment } from '@/inventory/moment/at-moment'
import { db } from '@/prisma/client'
import { actorOf, analyst } from '@/tests/queried-estate'
import { askedScopes } from './asked-scopes'
import { credentialFacets } from './credential-facets'
import { credentialSlice, FEW_MAX } from './credential-slice'
import { credentialConditions } from './credential-where'
import { listCredentials } from './list-credentials'

const COUNT = 40_000
const SIZE = 25
const SCOPE = '00000000-0000-4000-8000-000000000001'
const SMALL = '00000000-0000-4000-8000-000000000002'
/** When the rows were there and none of them had changed. */
let before: Moment
const filter = (given: Record<string, string> = {}) => CredentialFilter.parse({ size: `${SIZE}`, ...given })

async function afterThis(): Promise<Moment> {
  const [row] = await db.$queryRaw<{ at: Date }[]>`
    SELECT to_timestamp((last_value + 1) / 1000.0) AS at FROM knowledge_clock`
  const at = row?.at.toISOString() ?? ''
  await db.$executeRaw`SELECT knowledge_unsettled(${at}::timestamptz)`
  return { valid: at, known: at }
}

const DOC = {
  rotatedAt: { state: 'absent', source: 'x' },
  createdAt: { state: 'unknown', source: 'x', why: 'denied' },
  expiresAt: { state: 'absent', source: 'x' },
  lastUsedAt: { state: 'absent', source: 'x' },
  lastReadAt: { state: 'absent', source: 'x' },
  identity: { state: 'absent', source: 'x' },
  enabled: { state: 'absent', source: 'x' },
  rotates: { state: 'absent', source: 'x' },
}

beforeAll(async () => {
  listen()
  await db.$executeRaw`INSERT INTO scope (id, connector_id, native_id, name, type, sample, first_seen_at)
    VALUES (${SCOPE}::uuid, 'demo', 's1', 's1', 'demo.account', false, now()),
      (${SMALL}::uuid, 'demo', 's2', 's2', 'demo.account', false, now())`
  // One of each few: a type, an end that nobody knows, a use that nobody knows, a name.
  for (const [table, used, own] of [
    ['credential', 'last_used', true],
    ['secret', 'last_read', false],
  ] as const) {
    const columns = own ? ', form, identity_id' : ''
    const values = own ? `, 'static-key', md5('of' || n % 9000)::uuid` : ''
    await db.$executeRawUnsafe(
      `INSERT INTO ${table} (id, scope_id, stream, native_id, type, name, value_made_at, expires_at, expires_state,
        ${used}_at, ${used}_state, doc, fingerprint, first_seen_at, valid_from, run_id${columns})
      SELECT md5('${table}' || n)::uuid, (CASE WHEN n % 99 = 0 THEN '${SMALL}' ELSE '${SCOPE}' END)::uuid, 'main', 'at/${table}/' || n,
        CASE WHEN n = 7 THEN 'demo.rare' ELSE 'demo.${table}' END,
        CASE WHEN n = 8 THEN 'Joanna' ELSE '${table}-' || md5(n::text) END,
        CASE WHEN n % 3 > 0 THEN now() - make_interval(mins => n) END,
        CASE WHEN n % 5 > 1 THEN now() + make_interval(days => 60, mins => n) END,
        CASE WHEN n % 5 > 1 THEN 'known' WHEN n = 10 THEN 'unknown' ELSE 'absent' END,
        CASE WHEN n % 2 > 0 THEN now() - make_interval(mins => n) END,
        CASE WHEN n % 2 > 0 THEN 'known' WHEN n = 10 THEN 'unknown' ELSE 'absent' END,
        jsonb_set($1::jsonb, '{kind}', to_jsonb('${table}'::text)), md5(n::text)::uuid, now(), now(), '${SCOPE}'${values}
      FROM generate_series(1, ${COUNT}) n`,
      JSON.stringify(DOC),
    )
  }
  await db.$executeRaw`
    INSERT INTO posture (identity_id, scope_id, type, class, owner, privilege, owner_state, owner_name, privilege_class,
      credentials, failing, unknowns, worst, evaluated_at)
    SELECT md5('of' || n)::uuid, ${SCOPE}::uuid, 'demo.robot', 'machine', '{}', '{}', 'known',
      CASE n WHEN 1 THEN 'Ann@Example.com' ELSE 'someone-' || n END, 'limited', 1, 0, 0, 9, now() FROM generate_series(0, 8999) n`
  before = await afterThis()
  for (const table of ['credential', 'secret'])
    await db.$executeRawUnsafe(
      `UPDATE ${table} SET name = 'renamed-' || name, value_made_at = value_made_at - interval '1 year' WHERE hashtext(name) % 10 = 0`,
    )
  for (const table of ['credential', 'secret', 'posture', 'owner_hint', 'scope'])
    for (const name of [table, `past.${table}`, `version.${table}`])
      // As autovacuum leaves them: which plan is best depends on it, and it comes when it likes.
      await db.$executeRawUnsafe(`VACUUM ANALYZE ${name}`)
}, 120_000)

/** Plans of all that a piece of work sends, and the tables that any of it reads from end to end. */
async function plansOf(work: () => Promise<unknown>): Promise<{ text: string; whole: string[] }> {
  const sent = await recorded(work)
  return withServer(async (client) => {
    const [text, whole]: [string[], string[]] = [[], []]
    for (const one of sent) {
      const plan = await planOf(client, one)
      text.push(...outline(plan))
      whole.push(...readWhole(plan, 5000).map(({ table, rows }) => `${table} ${rows}`))
    }
    return { text: text.join('\n'), whole }
  })
}
const rowsRead = (text: string) =>
  Math.max(...[...text.matchAll(/ on \S+ .*?\((\d+) rows/g)].map(([, n]) => Number(n)))

const leftOut = (text: string) =>
  Math.max(0, ...[...text.matchAll(/(\d+) left out/g)].map(([, n]) => Number(n)))

describe.each([
  ['now', false],
  ['as of an earlier instant', true],
])('%s', (_, earlier) => {
  const at = <T>(work: () => Promise<T>) => atMoment(earlier ? before : undefined, work)

  test.each(CREDENTIAL_SORTS)(
    'sorted by %s, a page reads no more than it shows, wherever it is',
    async (sort) => {
      await at(async () => {
        const conditions = await credentialConditions(analyst, filter())
        const slice = (after?: string) => credentialSlice(conditions, { sort, after, size: SIZE })
        const { rows, next } = await slice()
        expect(rows).toHaveLength(SIZE)
        let late = next
        for (let page = 0; page < 4; page++) late = (await slice(late)).next
        for (const after of [undefined, next, late]) {
          const { text, whole } = await plansOf(() => slice(after))
          expect(whole, text).toEqual([])
          // Of each table one page, and in the past what changed among it.
          expect(rowsRead(text), text).toBeLessThan(20 * SIZE)
        }
      })
    },
  )

  test.each([
    ['a type few have', { type: 'demo.rare' }, 2],
    ['a name few have', { q: 'joanna' }, 2],
    ['two letters', { q: 'jo' }, 2],
    ['a whole native id', { q: 'at/secret/77' }, 1],
    ['an end nobody knows', { expiry: 'unknown' }, 2],
    ['a use nobody knows', { unused: 'unknown' }, 2],
    ['an end that is near', { expiry: '7' }, 0],
    ['what is gone', { state: 'gone' }, 0],
  ])('few rows are found by what makes them few: %s', async (_, words, total) => {
    await at(async () => {
      expect((await listCredentials(analyst, filter(words as Record<string, string>))).total).toBe(total)
      const { whole, text } = await plansOf(() =>
        listCredentials(analyst, filter(words as Record<string, string>)),
      )
      expect(whole, text).toEqual([])
    })
  })

  // Nobody knows how old the values of the small scope are, so all of it comes last in that order.
  test.each(['age', '-age'])('of a small scope no more is read than it holds: %s', async (sort) => {
    await at(async () => {
      const words = filter({ scope: SMALL, sort })
      expect((await listCredentials(analyst, words)).rows).toHaveLength(SIZE)
      const { text, whole } = await plansOf(() => listCredentials(analyst, words))
      expect(Math.max(rowsRead(text), leftOut(text)), text).toBeLessThanOrEqual((2 * COUNT) / 99)
      expect(whole, text).toEqual([])
    })
  })

  test('an owner reads what is theirs', async () => {
    await at(async () => {
      const ann = actorOf('owner', { email: 'ann@example.com' })
      const page = await listCredentials(ann, filter())
      expect([page.total, page.rows.length]).toEqual([5, 5])
      const { text, whole } = await plansOf(() => listCredentials(ann, filter()))
      expect(text).toMatch(/posture_(owner_)?lower/)
      expect(whole, text).toEqual([])
    })
  })

  test('types are found by stepping through an index', async () => {
    await at(async () => {
      const asked = await askedScopes(undefined)
      const { text, whole } = await plansOf(() => credentialFacets(analyst, filter(), asked))
      expect(whole, text).toEqual([])
      expect((await credentialFacets(analyst, filter(), asked)).type.rows).toHaveLength(3)
    })
  })
})

test('the total is bounded', async () => {
  expect(await listCredentials(analyst, filter())).toMatchObject({ total: FEW_MAX, totalIsMore: true })
})
test('as of an earlier instant a row has the name it had then', async () => {
  const total = (moment?: Moment) =>
    atMoment(moment, async () => (await listCredentials(analyst, filter({ q: 'renamed-' }))).total)
  expect(await total()).toBeGreaterThan(1000)
  expect(await total(before)).toBe(0)
})
