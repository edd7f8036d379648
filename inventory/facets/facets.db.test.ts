// Counts that are kept say what counting says: for any inventory, any filter, after any order of changes.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { IdentityFilter } from '@/core/list'
import { evaluateScope } from '@/governance/evaluation/evaluate-scope'
import { identityCounts } from '@/inventory/queries/home-counts'
import { identityFacets } from '@/inventory/queries/identity-facets'
import { listIdentities } from '@/inventory/queries/list-identities'
import { db } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'
import { actorOf, analyst } from '@/tests/queried-estate'
import { insertIdentities, insertScope } from '@/tests/inserted-scope'
import { dropFacets, recountFacets } from './recount'

const OWNERS = ['ada', 'Ada Lovelace', 'none', 'x%y', 'x_y'] as const
const one = fc.record({
  type: fc.constantFrom('demo.robot', 'demo.user'),
  class: fc.constantFrom('machine', 'human', 'unclear'),
  owner: fc.option(fc.constantFrom(...OWNERS), { nil: undefined }),
  retired: fc.boolean(),
})
const scopes = fc.array(fc.array(one, { maxLength: 12 }), { minLength: 1, maxLength: 3 })
const words = (...of: string[]) => fc.option(fc.constantFrom(...of), { nil: undefined })
const filters = fc.record({
  type: words('demo.robot', 'demo.robot,demo.user', 'demo.other'),
  class: words('machine', 'human,unclear', 'any'),
  owner: words('none', 'unknown', 'ada', 'x%', '_', 'any'),
  privilege: words('none', 'unknown', 'administrator,none'),
  state: words('active', 'retired', 'any'),
  scope: words('first', 'elsewhere'),
})
const ann = actorOf('owner', { email: 'ada' })
const everything = { scopes: Prisma.sql`TRUE`, owned: Prisma.sql`TRUE` }
const signal = new AbortController().signal
const recount = (scopeId: string) => db.$transaction((tx) => recountFacets(tx, scopeId))

/** Scopes with these identities; every second one is evaluated, as one is right after its first look. */
async function fill(
  given: readonly (readonly Omit<Parameters<typeof insertIdentities>[1][number], 'nativeId'>[])[],
) {
  await db.$executeRaw`TRUNCATE scope, connection, identity, posture, finding CASCADE`
  const ids: string[] = []
  for (const [index, identities] of given.entries()) {
    const { id } = await insertScope()
    ids.push(id)
    await insertIdentities(
      id,
      identities.map((i, at) => ({ ...i, nativeId: `${index}-${at}` })),
    )
    await recount(id)
    if (index % 2 === 0) await evaluateScope({ scopeId: id, signal, now: '2026-06-02T00:00:00.000Z' })
  }
  return ids
}

test('facets, lists and the home page agree with counting, whoever asks', async () => {
  await fc.assert(
    fc.asyncProperty(scopes, fc.array(filters, { minLength: 3, maxLength: 3 }), async (given, asked) => {
      const ids = await fill(given)
      for (const { scope, ...words } of asked) {
        const filter = IdentityFilter.parse({ ...words, scope: scope === 'first' ? ids[0] : scope })
        for (const actor of [analyst, ann]) {
          const kept = await identityFacets(actor, filter)
          expect(kept).toEqual(await identityFacets(actor, filter, { byRow: true }))
          const { total } = await listIdentities(actor, filter)
          for (const { value, count } of kept.class.rows.filter(() => !words.class))
            expect((await listIdentities(actor, { ...filter, class: [value as 'machine'] })).total).toBe(
              count,
            )
          if (!words.class) expect(kept.class.rows.reduce((sum, { count }) => sum + count, 0)).toBe(total)
        }
      }
      expect(await identityCounts(everything)).toEqual(await identityCounts(everything, true))
    }),
    { numRuns: 15 },
  )
}, 120_000)

test('the counts an evaluation moves are those a recount would find; a recount without a change writes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(scopes, async (given) => {
      for (const id of await fill(given)) expect(await recount(id)).toBe(0)
    }),
    { numRuns: 15 },
  )
}, 120_000)

test('while the counts of a scope are taken away rows are counted instead', async () => {
  const [id = ''] = await fill([[{ owner: 'ada' }, { owner: 'ada' }, {}], [{ owner: 'ada' }]])
  const filter = IdentityFilter.parse({})
  const before = await identityFacets(analyst, filter)
  await db.$transaction((tx) => dropFacets(tx, id))
  expect(await db.facetCount.count()).toBe(1)
  expect(await identityFacets(analyst, filter)).toEqual(before)
  expect(await identityCounts(everything)).toMatchObject({ identities: { total: 4 } })
  await evaluateScope({ scopeId: id, signal, now: '2026-06-03T00:00:00.000Z' })
  expect(await recount(id)).toBe(0)
})

test('a wrong count, one too many and one too few are put right', async () => {
  const [id = ''] = await fill([[{ owner: 'ada' }, { owner: 'ada' }, {}]])
  const before = await db.facetCount.findMany({
    orderBy: { count: 'asc' },
    omit: { knownFrom: true, validFrom: true },
  })
  await db.facetCount.updateMany({ where: { ownerName: 'ada' }, data: { count: 7 } })
  await db.facetCount.deleteMany({ where: { ownerState: 'absent' } })
  await db.facetCount.create({
    data: {
      scopeId: id,
      type: 't',
      class: 'c',
      ownerState: 'absent',
      ownerName: '',
      privilegeClass: 'none',
      retired: false,
      count: 1,
    },
  })
  expect(await recount(id)).toBe(3)
  expect(
    await db.facetCount.findMany({ orderBy: { count: 'asc' }, omit: { knownFrom: true, validFrom: true } }),
  ).toEqual(before)
})

test('beyond the bound a count says that it is a lower one, and says the same each time', async () => {
  await fill([Array.from({ length: 30 }, (_, at) => ({ owner: at % 2 ? 'ada' : undefined, name: 'same' }))])
  const filter = IdentityFilter.parse({ q: 'same' })
  const bounded = await identityFacets(analyst, filter, { rowsMax: 20 })
  expect(bounded.atLeast).toBe(true)
  expect(bounded.type.rows).toEqual([{ value: 'demo.robot', count: 20 }])
  expect(await identityFacets(analyst, filter, { rowsMax: 20 })).toEqual(bounded)
  const whole = await identityFacets(analyst, filter, { rowsMax: 30 })
  expect(whole.atLeast).toBeUndefined()
  expect(whole.type.rows).toEqual([{ value: 'demo.robot', count: 30 }])
})

test('somebody called none is not counted as nobody', async () => {
  await fill([[{ owner: 'none' }, {}]])
  const { owner } = await identityFacets(analyst, IdentityFilter.parse({}))
  expect(owner.rows).toEqual([{ value: 'none', count: 1 }])
  expect((await listIdentities(analyst, IdentityFilter.parse({ owner: 'none' }))).total).toBe(1)
})
