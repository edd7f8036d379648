// A source that names the same id twice in one look: with equal content it is one thing, with different content nobody
// can say which of the two is true, so nothing may be concluded from what is missing.
import { describe, expect, test } from 'vitest'
import type { Observed } from '@/core/observation'
import { db } from '@/prisma/client'
import { connection, credential, ended, identity, takeLook, type Look } from '@/tests/scripted-source'
import { freshScope, historyOfScope, identitiesOf, scopeId } from './history-of-scope'

const T = (n: number) => `2026-10-${String(n).padStart(2, '0')}T00:00:00.000Z`
const [A, OTHER] = [identity('a', { name: 'first' }), identity('a', { name: 'second' })]
/** More than one batch. */
const between = Array.from({ length: 1500 }, (_, n) => credential(`key-${n}`, 'a'))
const streamsOf = (...streams: Observed[][]): Look['streams'] =>
  Object.fromEntries(streams.map((observations, n) => [`stream ${n + 1}`, { observations }]))

const CLASHES: Record<string, Look['streams']> = {
  'in one batch': streamsOf([A, OTHER]),
  'in two batches': streamsOf([A, ...between, OTHER]),
  'in two streams': streamsOf([A], [OTHER]),
  'in two streams and three times': streamsOf([A, OTHER], [OTHER]),
}
const lookAt = async (scope: string, kind: string) =>
  db.look.findMany({ where: { scopeId: scopeId(scope), kind, state: 'partial' }, orderBy: { stream: 'asc' } })

describe.each(Object.entries(CLASHES))('different content %s', (_, streams) => {
  test.each([
    ['of which the first is held already', 'first'],
    ['of which the second is held already', 'second'],
    ['of which neither is held', undefined],
  ])('%s', async (_, heldName) => {
    const to = await connection()
    const scope = freshScope()
    const before = heldName ? [identity('a', { name: heldName }), identity('b')] : [identity('b')]
    await takeLook(to, { at: T(1), scopes: [scope], streams: streamsOf(before) })
    const look = await takeLook(to, { at: T(2), scopes: [scope], streams })
    expect(look.state).toBe('partial')
    expect(look.changes.identity?.retired ?? 0).toBe(0)
    // The one that came first, whatever was held.
    expect(await identitiesOf(scope)).toEqual({ a: 'first', b: 'b' })
    const [partial] = await lookAt(scope, 'identity')
    expect(partial).toMatchObject({
      why: 'malformed',
      detail: 'identity a came twice with different content',
    })
    expect(await lookAt(scope, 'credential')).toEqual([])
  })

  test('says the same again when it is taken again', async () => {
    const to = await connection()
    const scope = freshScope()
    await takeLook(to, { at: T(1), scopes: [scope], streams })
    const held = await db.identity.findMany({ where: { scopeId: scopeId(scope) } })
    const again = await takeLook(to, { at: T(2), scopes: [scope], streams })
    expect(again.changes.identity).toMatchObject({ updated: 0, retired: 0, restored: 0 })
    expect(await db.identity.findMany({ where: { scopeId: scopeId(scope) } })).toEqual(held)
  })
})

test.each([
  ['in one batch', streamsOf([A, A])],
  ['in two batches', streamsOf([A, ...between, A])],
  ['in two streams', streamsOf([A], [A])],
])('equal content %s is one thing, and the look is complete', async (_, streams) => {
  const to = await connection()
  const scope = freshScope()
  const both = { 'stream 1': { observations: [A, identity('b')] } }
  await takeLook(to, { at: T(1), scopes: [scope], streams: both })
  const look = await takeLook(to, { at: T(2), scopes: [scope], streams })
  expect(look.state).toBe('complete')
  expect(look.changes.identity).toEqual({ created: 0, updated: 0, retired: 1, restored: 0, unchanged: 1 })
  expect(await identitiesOf(scope)).toEqual({ a: 'first', b: 'b, gone' })
})

describe('an id that is seen and said to have ended', () => {
  const seenAndEnded = streamsOf([identity('b'), A, ended('identity', 'a', T(3))])

  test('has ended when the source says so, and the look stays complete', async () => {
    const to = await connection()
    const scope = freshScope()
    await takeLook(to, { at: T(1), scopes: [scope], streams: streamsOf([A, identity('b')]) })
    const look = await takeLook(to, { at: T(4), scopes: [scope], streams: seenAndEnded })
    expect(look.state).toBe('complete')
    expect(await identitiesOf(scope)).toEqual({ a: 'first, gone', b: 'b' })
    const gone = await db.identity.findFirstOrThrow({ where: { scopeId: scopeId(scope), nativeId: 'a' } })
    expect(gone.retiredAt?.toISOString()).toBe(T(3))
  })

  test('with different content: the look is partial, and only what the source says has ended does', async () => {
    const to = await connection()
    const scope = freshScope()
    await takeLook(to, { at: T(1), scopes: [scope], streams: streamsOf([A, identity('b'), identity('c')]) })
    const streams = streamsOf([A, ended('identity', 'a', T(3)), OTHER])
    const look = await takeLook(to, { at: T(4), scopes: [scope], streams })
    expect(look.state).toBe('partial')
    expect(await identitiesOf(scope)).toEqual({ a: 'first, gone', b: 'b', c: 'c' })
  })

  test('and is told the same way again: nothing is written a second time', async () => {
    const to = await connection()
    const scope = freshScope()
    await takeLook(to, { at: T(4), scopes: [scope], streams: seenAndEnded })
    const { identity: before } = await historyOfScope(scope)
    const again = await takeLook(to, { at: T(5), scopes: [scope], streams: seenAndEnded })
    expect(again.changes.identity).toMatchObject({ created: 0, updated: 0, retired: 0, restored: 0 })
    expect((await historyOfScope(scope)).identity).toEqual(before)
  })
})
