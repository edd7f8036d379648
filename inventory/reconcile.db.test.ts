// The law, in the database: retired only by a complete look, and nothing known is ever erased.
import { expect, test } from 'vitest'
import { known, unknown, type Fact } from '@/core/fact'
import { db } from '@/prisma/client'
import {
  connection,
  LOOKED,
  credential,
  identity,
  observeLook,
  refused,
  takeLook,
  type Script,
} from '@/tests/scripted-source'
import { applyRun } from './apply'
import { dropStaged } from './staging/drop-staged'
import { dropStaging } from './staging/table'
import { scopeIdOf } from './scopes'

const T = (n: number) => `2026-10-${String(n).padStart(2, '0')}T00:00:00.000Z`
const fresh = () => `s-${Math.random().toString(36).slice(2)}`
const send = () => Promise.resolve()
const active = async (scope: string) =>
  (
    await db.identity.findMany({
      where: { scopeId: scopeIdOf('demo', false, scope), retiredAt: null },
      orderBy: { nativeId: 'asc' },
    })
  ).map((row) => row.nativeId)
const versions = (id: string) =>
  db.$queryRaw<{ from: Date; to: Date; retired: boolean }[]>`
    SELECT valid_from AS from, valid_to AS to, retired_at IS NOT NULL AS retired FROM past.identity
    WHERE id = ${id}::uuid ORDER BY valid_from`
const held = (scope: string, nativeId: string) =>
  db.identity.findFirstOrThrow({ where: { scopeId: scopeIdOf('demo', false, scope), nativeId } })

test('a complete look creates, a second equal look writes nothing, a third without one thing retires it', async () => {
  const to = await connection()
  const scope = fresh()
  const both = [identity('a'), identity('b'), credential('k', 'a')]
  const first = await takeLook(to, { at: T(1), scopes: [scope], streams: { all: { observations: both } } })
  expect(first.state).toBe('complete')
  expect(first.changes.identity).toEqual({ created: 2, updated: 0, retired: 0, restored: 0, unchanged: 0 })
  expect(first.jobs).toEqual(['evaluate-scope'])
  const second = await takeLook(to, { at: T(2), scopes: [scope], streams: { all: { observations: both } } })
  expect(second.changes.identity).toEqual({ created: 0, updated: 0, retired: 0, restored: 0, unchanged: 2 })
  expect((await held(scope, 'a')).validFrom.toISOString()).toBe(T(1))
  const third = await takeLook(to, {
    at: T(3),
    scopes: [scope],
    streams: { all: { observations: [identity('a')] } },
  })
  expect(third.changes.identity?.retired).toBe(1)
  expect(third.changes.credential?.retired).toBe(1)
  expect(await active(scope)).toEqual(['a'])
  expect((await held(scope, 'b')).retiredAt?.toISOString()).toBe(T(3))
})

test.each([
  ['refused at once', { observations: [], fails: refused() }],
  ['cut short', { observations: [identity('a')], fails: refused('throttled') }],
])('a look that was %s retires nothing', async (_, script) => {
  const to = await connection()
  const scope = fresh()
  await takeLook(to, {
    at: T(1),
    scopes: [scope],
    streams: { all: { observations: [identity('a'), identity('b')] } },
  })
  const partial = await takeLook(to, { at: T(2), scopes: [scope], streams: { all: script } })
  expect(partial.state).toBe('partial')
  expect(await active(scope)).toEqual(['a', 'b'])
  const look = await db.look.findFirstOrThrow({
    where: { scopeId: scopeIdOf('demo', false, scope), kind: 'identity' },
  })
  expect([look.state, look.permission, look.completeAt?.toISOString()]).toEqual([
    'partial',
    'demo:List',
    T(1),
  ])
})

test('a part that could not be looked at keeps what is held of it, and costs nothing where nothing is', async () => {
  const to = await connection()
  const scope = fresh()
  const unlooked = { kinds: LOOKED, beginnings: ['off%_:', 'gone:'] }
  const look = (at: number, ...ids: string[]) =>
    takeLook(to, {
      at: T(at),
      scopes: [scope],
      streams: { all: { observations: ids.map((id) => identity(id)), unlooked } },
    })
  expect((await look(1, 'a', 'offices:b')).state).toBe('complete')
  const without = await look(2, 'a')
  expect(without.state).toBe('complete')
  expect(without.changes.identity?.retired).toBe(1)
  await look(3, 'a', 'b', 'off%_:c')
  const last = await look(4, 'a')
  expect(last.state).toBe('partial')
  expect(last.changes.identity?.retired ?? 0).toBe(0)
  expect(await active(scope)).toEqual(['a', 'b', 'off%_:c'])
  const coverage = await db.runCoverage.findMany({ where: { runId: last.runId, state: 'partial' } })
  expect(coverage.map(({ kind, why }) => [kind, why])).toEqual([['identity', 'unreachable']])
})

test('a kind that was declared lacking retires nothing; the others do', async () => {
  const to = await connection()
  const scope = fresh()
  const all = [identity('a'), identity('b'), credential('k', 'a')]
  await takeLook(to, { at: T(1), scopes: [scope], streams: { all: { observations: all } } })
  const lacking = { kinds: ['credential' as const], why: unknown('denied', 'demo:ListKeys', 'no') }
  await takeLook(to, {
    at: T(2),
    scopes: [scope],
    streams: { all: { observations: [identity('a')], lacking } },
  })
  expect(await active(scope)).toEqual(['a'])
  expect(
    await db.credential.count({ where: { scopeId: scopeIdOf('demo', false, scope), retiredAt: null } }),
  ).toBe(1)
})

test('an unknown keeps the known answer with its age; the next known answer replaces it', async () => {
  const to = await connection()
  const scope = fresh()
  const seen = (lastUsedAt: Fact<string>) => ({ observations: [identity('a', { lastUsedAt })] })
  await takeLook(to, { at: T(1), scopes: [scope], streams: { all: seen(known(T(1), 'demo:Use')) } })
  await takeLook(to, { at: T(2), scopes: [scope], streams: { all: seen(known(T(1), 'demo:Use')) } })
  await takeLook(to, { at: T(3), scopes: [scope], streams: { all: seen(unknown('denied', 'demo:Use')) } })
  const kept = (await held(scope, 'a')).doc as { lastUsedAt: unknown }
  expect(kept.lastUsedAt).toEqual({
    state: 'known',
    value: T(1),
    source: 'demo:Use',
    at: T(2),
    unconfirmed: { why: 'denied', since: T(3) },
  })
  const again = await takeLook(to, {
    at: T(4),
    scopes: [scope],
    streams: { all: seen(unknown('denied', 'demo:Use')) },
  })
  expect(again.changes.identity?.unchanged).toBe(1)
  await takeLook(to, { at: T(5), scopes: [scope], streams: { all: seen(known(T(5), 'demo:Use')) } })
  const row = await held(scope, 'a')
  expect((row.doc as typeof kept).lastUsedAt).toEqual({ state: 'known', value: T(5), source: 'demo:Use' })
  const ended = await versions(row.id)
  expect(ended.map((v) => [v.from.toISOString(), v.to.toISOString()])).toEqual([
    [T(1), T(3)],
    [T(3), T(5)],
  ])
})

test('what returns is restored, and the gap stays in its history', async () => {
  const to = await connection()
  const scope = fresh()
  const streams = (ids: string[]) => ({ all: { observations: ids.map((id) => identity(id)) } })
  await takeLook(to, { at: T(1), scopes: [scope], streams: streams(['a', 'b']) })
  await takeLook(to, { at: T(2), scopes: [scope], streams: streams(['a']) })
  const back = await takeLook(to, { at: T(3), scopes: [scope], streams: streams(['a', 'b']) })
  expect(back.changes.identity).toMatchObject({ restored: 1, created: 0, updated: 0, unchanged: 1 })
  const row = await held(scope, 'b')
  expect([row.firstSeenAt.toISOString(), row.validFrom.toISOString(), row.retiredAt]).toEqual([
    T(1),
    T(3),
    null,
  ])
  expect((await versions(row.id)).map((v) => [v.from.toISOString(), v.to.toISOString(), v.retired])).toEqual([
    [T(1), T(2), false],
    [T(2), T(3), true],
  ])
})

test('a thing that returns with an unknown brings its last answer back', async () => {
  const to = await connection()
  const scope = fresh()
  const seen = (lastUsedAt: Fact<string>) => ({ all: { observations: [identity('a', { lastUsedAt })] } })
  const vague = seen(unknown('denied', 'demo:Use'))
  await takeLook(to, { at: T(1), scopes: [scope], streams: seen(known(T(1), 'demo:Use')) })
  await takeLook(to, { at: T(2), scopes: [scope], streams: vague })
  await takeLook(to, { at: T(3), scopes: [scope], streams: { all: { observations: [] } } })
  await takeLook(to, { at: T(4), scopes: [scope], streams: vague })
  const { doc } = await held(scope, 'a')
  expect(doc).toMatchObject({ lastUsedAt: { state: 'known', value: T(1), unconfirmed: { why: 'denied' } } })
})

test('a class that could not be decided this time leaves the one that was', async () => {
  const to = await connection()
  const scope = fresh()
  const person = identity('a', { class: 'human', classReason: 'It has a password.' })
  const unseen = identity('a', {
    class: 'unclear',
    classReason: 'The report was refused.',
    classUnseen: true,
  })
  await takeLook(to, { at: T(1), scopes: [scope], streams: { all: { observations: [person] } } })
  const later = await takeLook(to, {
    at: T(2),
    scopes: [scope],
    streams: { all: { observations: [unseen] } },
  })
  expect(later.changes.identity?.updated).toBe(0)
  expect((await held(scope, 'a')).class).toBe('human')
})

test('the same id with different content makes the look partial', async () => {
  const to = await connection()
  const scope = fresh()
  await takeLook(to, {
    at: T(1),
    scopes: [scope],
    streams: { all: { observations: [identity('a'), identity('b')] } },
  })
  const twice = [identity('a'), identity('a', { name: 'other' })]
  const look = await takeLook(to, { at: T(2), scopes: [scope], streams: { all: { observations: twice } } })
  expect(look.state).toBe('partial')
  expect(await active(scope)).toEqual(['a', 'b'])
})

test('an older look changes nothing and says why', async () => {
  const to = await connection()
  const scope = fresh()
  await takeLook(to, { at: T(5), scopes: [scope], streams: { all: { observations: [identity('a')] } } })
  const older = takeLook(to, { at: T(4), scopes: [scope], streams: { all: { observations: [] } } })
  await expect(older).rejects.toThrow(/newer look, of 2026-10-05T00:00:00.000Z/)
  expect(await active(scope)).toEqual(['a'])
})

test('a run applied twice, and a run whose staged rows were lost, retire nothing', async () => {
  const to = await connection()
  const scope = fresh()
  const streams = { all: { observations: [identity('a')] } }
  const done = await takeLook(to, { at: T(1), scopes: [scope], streams })
  await applyRun({ runId: done.runId, send })
  expect(await active(scope)).toEqual(['a'])
  const lost = await observeLook(to, { at: T(2), scopes: [scope], streams })
  await dropStaging(db, [lost])
  await expect(applyRun({ runId: lost, send })).rejects.toThrow(/was lost before it could be applied/)
  expect(await active(scope)).toEqual(['a'])
  await dropStaged(lost, { looks: true })
  await applyRun({ runId: lost, send })
  expect(await active(scope)).toEqual(['a'])
})

test('what another run has written meanwhile is noticed, also where that run left no newer look', async () => {
  const to = await connection()
  const scope = fresh()
  const all = (name: string): Script => ({ observations: [identity('a', { name })] })
  await takeLook(to, { at: T(1), scopes: [scope], streams: { all: all('first') } })
  const read = await observeLook(to, { at: T(5), scopes: [scope], streams: { all: all('first') } })
  const why = unknown('not-offered', 'demo:List')
  const other: Script = { ...all('other'), lacking: { kinds: LOOKED, why } }
  await takeLook(to, { at: T(4), scopes: [scope], streams: { all: other } })
  await expect(applyRun({ runId: read, send })).rejects.toThrow(/Another run has changed this scope/)
  expect((await held(scope, 'a')).name).toBe('other')
})

test('a scope missing from a partial list is not gone; from a complete list it is', async () => {
  const to = await connection()
  const [one, two] = [fresh(), fresh()]
  const streams = { all: { observations: [identity('a')] } }
  const gone = () => db.connectionScope.count({ where: { connectionId: to.id, goneAt: { not: null } } })
  await takeLook(to, { at: T(1), scopes: [one, two], streams })
  await takeLook(to, { at: T(2), scopes: [one], scopesFail: refused(), streams })
  expect(await gone()).toBe(0)
  await takeLook(to, { at: T(3), scopes: [one], streams })
  expect(await gone()).toBe(1)
  expect(await active(two)).toEqual(['a'])
})

test('an identity known by its alias and by its unique id is one, in either order', async () => {
  const to = await connection('import')
  const alias = 'arn:demo:robot/a'
  const strong = identity('U1', { aliases: [alias] })
  const weak = [identity(alias), credential('k', alias)]
  for (const order of ['strong first', 'weak first']) {
    const scope = fresh()
    const looks: Record<string, Script>[] = [
      { details: { observations: [strong] } },
      { report: { observations: weak } },
    ]
    if (order === 'weak first') looks.reverse()
    await takeLook(to, { at: T(1), scopes: [scope], streams: looks[0] ?? {} })
    await takeLook(to, { at: T(2), scopes: [scope], streams: looks[1] ?? {} })
    expect(await active(scope), order).toEqual(['U1'])
    const key = await db.credential.findFirstOrThrow({ where: { scopeId: scopeIdOf('demo', false, scope) } })
    expect(key.identityId, order).toBe((await held(scope, 'U1')).id)
  }
})
