// Ways through a small made-up graph: who reaches what, in how many steps, and what is said where a bound is met.
import { v4 as newId } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { db } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'
import { identityIdOf, insertIdentity, insertScope } from '@/tests/inserted-scope'
import { findPaths } from './find-paths'
import { stepsFrom, stepsInto, type Places } from './held-steps'
import { traceEscalation } from './trace-escalation'
import { reachFrom, reachInto, type Node } from './walk'

const BOUNDS = { hops: 8, nodes: 1000, open: true }
const ids: Record<string, string> = {}
const scopes: Record<string, string> = {}
const nameOf = (id: string | null) => Object.keys(ids).find((name) => ids[name] === id) ?? '?'
const node = (name: string): Node => ({ id: ids[name] ?? '', kind: 'identity' })

async function step(scope: string, from: string, to: string, certainty = 'possible'): Promise<void> {
  const isRights = to === 'administrator'
  await db.accessStep.create({
    data: {
      id: newId(),
      scopeId: scopes[scope] ?? '',
      fromId: ids[from] ?? '',
      fromKind: 'identity',
      fromScopeId: scopes[from.slice(0, 1)] ?? '',
      toId: isRights ? null : (ids[to] ?? ''),
      toKind: isRights ? 'administrator' : 'identity',
      toScopeId: isRights ? (scopes[scope] ?? '') : (scopes[to.slice(0, 1)] ?? ''),
      origin: 'platform',
      by: 'test',
      certainty,
      because: [`${from} to ${to}`],
      missing: [],
    },
  })
}
const verdict = (name: string, certain: string, possible = certain) =>
  db.accessVerdict.create({
    data: {
      identityId: ids[name] ?? '',
      scopeId: scopes[name.slice(0, 1)] ?? '',
      platform: 'test',
      certain,
      possible,
      because: [],
      missing: [],
      traced: true,
    },
  })

// a1 → a2 → b1 ⇢ b2 → everything in b; a3 → a3 (alone); b3 is in b; a1 ⇢ b3; a loop a2 → a1.
beforeAll(async () => {
  for (const scope of ['a', 'b', 'c']) scopes[scope] = (await insertScope()).id
  for (const name of ['a1', 'a2', 'a3', 'b1', 'b2', 'b3', 'c1']) {
    const scope = scopes[name.slice(0, 1)] ?? ''
    await insertIdentity(scope, name)
    ids[name] = identityIdOf(scope, name)
  }
  await step('a', 'a1', 'a2')
  await step('a', 'a2', 'a1')
  await step('b', 'a2', 'b1')
  await step('b', 'b1', 'b2', 'depends')
  await step('b', 'b2', 'administrator')
  await step('b', 'a1', 'b3', 'depends')
  await step('c', 'b3', 'c1')
  for (const name of ['a1', 'a2', 'a3', 'b1', 'b3', 'c1']) await verdict(name, 'read')
  await verdict('b2', 'administrator')
})
afterAll(() => db.$disconnect())

const reached = async (name: string, bounds = BOUNDS) => {
  const walk = await reachFrom([node(name)], bounds)
  const hops = [...walk.visited.values()].map(({ id, hops: far }) => [nameOf(id), far])
  return { hops: Object.fromEntries(hops), everything: [...walk.everything.keys()], cut: walk.cut }
}

test('reach goes outwards step by step, through loops, and out of what somebody administers', async () => {
  expect(await reached('a1')).toEqual({
    hops: { a1: 0, a2: 1, b3: 1, b1: 2, c1: 2, b2: 3 },
    everything: [scopes.b],
    cut: undefined,
  })
  expect(await reached('a3')).toEqual({ hops: { a3: 0 }, everything: [], cut: undefined })
})
test('an administrator reaches what anything in the scope reaches outside of it', async () => {
  expect(await reached('b2')).toMatchObject({ hops: { b2: 0, c1: 2 }, everything: [scopes.b] })
})
test('certain steps only', async () => {
  expect(await reached('a1', { ...BOUNDS, open: false })).toMatchObject({ hops: { a1: 0, a2: 1, b1: 2 } })
})
test('a bound that is met is said', async () => {
  expect(await reached('a1', { ...BOUNDS, hops: 1 })).toMatchObject({ hops: { a1: 0, a2: 1 }, cut: 'hops' })
  expect((await reached('a1', { ...BOUNDS, nodes: 3 })).cut).toBe('nodes')
})
test('who can come to it, backwards', async () => {
  const walk = await reachInto([node('b1')], BOUNDS)
  const hops = [...walk.visited.values()].map(({ id, hops: far }) => [nameOf(id), far])
  expect(Object.fromEntries(hops)).toEqual({ b1: 0, a2: 1, a1: 2 })
})

/** The plans of one round, as they would be carried out. */
async function plan(read: typeof stepsFrom, places: Places): Promise<string> {
  let told = ''
  await read(places, {
    open: true,
    ask: async (sql) => {
      const rows = await db.$queryRaw<{ 'QUERY PLAN': string }[]>(
        Prisma.sql`EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) ${sql}`,
      )
      told = rows.map((row) => row['QUERY PLAN']).join('\n')
      return []
    },
  })
  return told
}
describe('among many steps', () => {
  const many = ['d', 'e']
  beforeAll(async () => {
    for (const scope of many) scopes[scope] = (await insertScope()).id
    const [d = '', e = ''] = many.map((scope) => scopes[scope])
    // One of hundred leads from one scope into the other.
    await db.$executeRaw`
      INSERT INTO access_step (id, scope_id, from_id, from_kind, from_scope_id, to_id, to_kind, to_scope_id, origin, by, certainty, because, missing)
      SELECT gen_random_uuid(), ${d}::uuid, md5('d' || n)::uuid, 'identity', ${d}::uuid, md5('d' || n * 7 % 5000)::uuid, 'identity',
        CASE WHEN n % 100 = 0 THEN ${e}::uuid ELSE ${d}::uuid END, 'platform', 'test', 'possible', '{}', '{}'
      FROM generate_series(1, 20000) n`
    await db.$executeRaw`VACUUM ANALYZE access_step`
  }, 60_000)
  afterAll(() => db.scope.deleteMany({ where: { id: { in: many.map((scope) => scopes[scope] ?? '') } } }))
  const one = () => ({ ids: [ids.a1 ?? ''], scopes: [scopes.d ?? ''] })

  test('what leads out of a scope is read by an index alone, and nothing else of the scope is', async () => {
    const told = await plan(stepsFrom, one())
    expect(told).toMatch(/Index Only Scan using access_step_out_of_scope_idx/)
    expect(told).not.toMatch(/Seq Scan/)
    expect(told).not.toMatch(/identity/)
  })
  test('who has everything in a scope is read by an index', async () => {
    expect(await plan(stepsInto, one())).not.toMatch(/Seq Scan/)
  })
})

const ways = async (from: string, to: Parameters<typeof findPaths>[1], open = true, hops = 8) => {
  const { paths, more } = await findPaths([node(from)], to, { hops, paths: 5, open })
  return {
    paths: paths.map((path) => path.map(({ fromId, toId }) => `${nameOf(fromId)}>${nameOf(toId)}`)),
    more,
  }
}
test('the shortest ways, also by who administers the scope of the target', async () => {
  expect(await ways('a1', node('b1'))).toEqual({ paths: [['a1>a2', 'a2>b1']], more: false })
  expect(await ways('b2', node('b3'))).toEqual({ paths: [['b2>?']], more: false })
  expect(await ways('a1', { kind: 'everything', scopeId: scopes.b ?? '' })).toEqual({
    paths: [['a1>a2', 'a2>b1', 'b1>b2', 'b2>?']],
    more: false,
  })
})
test('a way leads on from all that an administrator has', async () => {
  expect(await ways('b2', node('c1'))).toEqual({ paths: [['b2>?', 'b3>c1']], more: false })
  expect(await ways('b1', node('c1'))).toEqual({ paths: [['b1>b2', 'b2>?', 'b3>c1']], more: false })
  expect((await ways('b1', node('c1'), true, 2)).paths).toEqual([])
})
test('no way is no path: none there, too far, or not certain', async () => {
  expect((await ways('a3', node('b1'))).paths).toEqual([])
  expect((await ways('a1', node('b1'), true, 1)).paths).toEqual([])
  expect((await ways('a1', node('b2'), false)).paths).toEqual([])
})

test('distances to an administrator, by certain steps and by all', async () => {
  const first = await db.$transaction((tx) => traceEscalation(tx))
  expect(first.sort()).toEqual([scopes.a, scopes.b].sort())
  const rows = await db.accessVerdict.findMany({ where: { platform: 'test' } })
  const far = rows.map(({ identityId, hops, openHops }) => [nameOf(identityId), [hops, openHops]])
  expect(Object.fromEntries(far)).toEqual({
    a1: [null, 3],
    a2: [null, 2],
    a3: [null, null],
    b1: [null, 1],
    b2: [0, 0],
    b3: [null, null],
    c1: [null, null],
  })
  expect(await db.$transaction((tx) => traceEscalation(tx))).toEqual([])
})
test('a step that is gone takes the distance with it', async () => {
  await db.accessStep.deleteMany({ where: { fromId: ids.b1 ?? '' } })
  expect((await db.$transaction((tx) => traceEscalation(tx))).sort()).toEqual([scopes.a, scopes.b].sort())
  const row = await db.accessVerdict.findUnique({ where: { identityId: ids.a1 ?? '' } })
  expect(row).toMatchObject({ hops: null, openHops: null, openStepId: null })
})
