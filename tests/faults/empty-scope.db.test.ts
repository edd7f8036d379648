// Nothing seen is two things: a complete look that saw nothing says that everything is gone, one that was refused says
// nothing. The same holds for the list of scopes.
import { describe, expect, test } from 'vitest'
import { unknown } from '@/core/fact'
import { KINDS } from '@/core/observation'
import { db } from '@/prisma/client'
import {
  connection,
  credential,
  grant,
  identity,
  refused,
  takeLook,
  type Script,
} from '@/tests/scripted-source'
import { freshScope, historyOfScope, identitiesOf, scopeId } from './history-of-scope'

const T = (n: number) => `2026-10-${String(n).padStart(2, '0')}T00:00:00.000Z`
const FULL = [identity('a'), identity('b'), credential('k', 'a'), grant('g', 'a')]
const EMPTY: Script = { observations: [] }

async function filled() {
  const to = await connection()
  const scope = freshScope()
  await takeLook(to, { at: T(1), scopes: [scope], streams: { all: { observations: FULL } } })
  return {
    to,
    scope,
    look: (n: number, script: Script) =>
      takeLook(to, { at: T(n), scopes: [scope], streams: { all: script } }),
  }
}
const activeRows = async (scope: string) => {
  const where = { scopeId: scopeId(scope), retiredAt: null }
  return [
    await db.identity.count({ where }),
    await db.credential.count({ where }),
    await db.grant.count({ where }),
  ]
}
/** All but the looks, which say that somebody has looked. */
const inventoryOf = async (scope: string) => ({ ...(await historyOfScope(scope)), look: [] })

describe('a look that saw nothing', () => {
  test('retires everything when it was complete', async () => {
    const { scope, look } = await filled()
    const { state, changes } = await look(2, EMPTY)
    expect(state).toBe('complete')
    expect([changes.identity?.retired, changes.credential?.retired, changes.grant?.retired]).toEqual([
      2, 1, 1,
    ])
    expect(await activeRows(scope)).toEqual([0, 0, 0])
    expect(await identitiesOf(scope)).toEqual({ a: 'a, gone', b: 'b, gone' })
  })

  test.each<[string, Script]>([
    ['was refused', { observations: [], fails: refused() }],
    ['was slowed down', { observations: [], fails: refused('throttled') }],
    [
      'said that it lacks every kind',
      {
        observations: [],
        lacking: {
          kinds: KINDS.filter((kind) => kind !== 'secret' && kind !== 'issuer'),
          why: unknown('denied', 'demo:List', 'no'),
        },
      },
    ],
  ])('changes nothing when it %s', async (_, script) => {
    const { scope, look } = await filled()
    const before = await inventoryOf(scope)
    const { state, changes } = await look(2, script)
    expect(state).toBe('partial')
    expect(changes).toEqual({})
    expect(await inventoryOf(scope)).toEqual(before)
    // Neither does a second one, and a complete one afterwards still knows what is gone.
    await look(3, script)
    expect(await inventoryOf(scope)).toEqual(before)
    await look(4, EMPTY)
    expect(await activeRows(scope)).toEqual([0, 0, 0])
  })

  test('retires only what the complete one of its streams would have shown', async () => {
    const to = await connection()
    const scope = freshScope()
    const streams = { one: { observations: [identity('a')] }, two: { observations: [identity('b')] } }
    await takeLook(to, { at: T(1), scopes: [scope], streams })
    await takeLook(to, {
      at: T(2),
      scopes: [scope],
      streams: { one: EMPTY, two: { observations: [], fails: refused() } },
    })
    expect(await identitiesOf(scope)).toEqual({ a: 'a, gone', b: 'b' })
  })
})

describe('a list of scopes', () => {
  const streams = { all: { observations: FULL } }
  const goneOf = async (connectionId: string) =>
    (await db.connectionScope.findMany({ where: { connectionId }, include: { scope: true } }))
      .filter(({ goneAt }) => goneAt)
      .map(({ scope }) => scope.nativeId)

  async function two() {
    const to = await connection()
    const [kept, missing] = [freshScope(), freshScope()]
    await takeLook(to, { at: T(1), scopes: [kept, missing], streams })
    return { to, kept, missing, before: await historyOfScope(missing) }
  }

  test('that is complete and lacks one says that it is gone; its rows stay as they were last seen', async () => {
    const { to, kept, missing, before } = await two()
    await takeLook(to, { at: T(2), scopes: [kept], streams })
    expect(await goneOf(to.id)).toEqual([missing])
    expect(await historyOfScope(missing)).toEqual(before)
  })
  test('that is partial and lacks one says nothing about it', async () => {
    const { to, kept, missing, before } = await two()
    await takeLook(to, { at: T(2), scopes: [kept], scopesFail: refused(), streams })
    expect(await goneOf(to.id)).toEqual([])
    expect(await historyOfScope(missing)).toEqual(before)
  })
  test('that is complete and empty says that all are gone; a refused one that none is', async () => {
    const { to, kept, missing } = await two()
    await takeLook(to, { at: T(2), scopes: [], scopesFail: refused(), streams })
    expect(await goneOf(to.id)).toEqual([])
    await takeLook(to, { at: T(3), scopes: [], streams })
    expect((await goneOf(to.id)).sort()).toEqual([kept, missing].sort())
  })
  test('of one connection says nothing about what another one reads', async () => {
    const { to, kept, missing } = await two()
    const other = await connection()
    await takeLook(other, { at: T(2), scopes: [missing], streams })
    await takeLook(to, { at: T(3), scopes: [kept], streams })
    expect(await goneOf(other.id)).toEqual([])
    expect(await goneOf(to.id)).toEqual([missing])
  })
})
