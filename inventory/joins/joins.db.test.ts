// Joins of two sources: what is matched, what is dangling and what cannot be told, and who inherits a name.
import { describe, expect, test } from 'vitest'
import { bearer, edgesOf, link, look, lookAndJoin, namer, rowIdOf, scope } from '@/tests/joined-world'
import { db } from '@/prisma/client'
import { joinChanges } from './join-changes'
import { noteJoinChanges } from './note-changes'

const T = (n: number) => `2026-10-${String(n).padStart(2, '0')}T00:00:00.000Z`
/** Later than anything was joined. */
const LATER = '2099-10-03T00:00:00.000Z'
/** A source that names, and one that is named and known to others as `demo:<name>`. */
async function pair() {
  const [a, b] = [await scope(), await scope()]
  const authority = `demo:${b.name}`
  return { a, b, authority, to: (name: string, more = {}) => link(name, { authority, ...more }) }
}

const newLook = (scopeId: string) => ({
  scopeId,
  stream: 'tokens',
  kind: 'identity',
  at: T(1),
  runId: scopeId,
  state: 'partial',
  why: 'left-out',
  permission: 'demo:Tokens',
  gaps: [],
})

describe('states', () => {
  test('matched where somebody bears the name', async () => {
    const { a, b, authority, to } = await pair()
    await lookAndJoin(b, { at: T(1), authorities: [authority], things: [bearer('sa', 'n1')] })
    await lookAndJoin(a, { at: T(1), things: [namer('role', to('n1'))] })
    expect(await edgesOf(a)).toMatchObject([
      { from: 'role', to: 'sa', state: 'matched', why: '', lookalike: false },
    ])
  })

  test('a name of another type means nobody', async () => {
    const { a, b, authority, to } = await pair()
    await lookAndJoin(b, { at: T(1), authorities: [authority], things: [bearer('sa', 'type')] })
    await lookAndJoin(a, { at: T(1), things: [namer('role', to('type', { to: 'other.name' }))] })
    expect(await edgesOf(a)).toMatchObject([{ state: 'dangling' }])
  })

  test('dangling where nobody does and all who would know were read', async () => {
    const { a, b, authority, to } = await pair()
    await lookAndJoin(b, { at: T(1), authorities: [authority], things: [] })
    await lookAndJoin(a, { at: T(1), things: [namer('role', to('n2'))] })
    expect(await edgesOf(a)).toMatchObject([
      { to: undefined, state: 'dangling', why: `There is none, and all of ${b.name} was read.` },
    ])
  })

  test('unknown while no source speaks for it, and where nothing says which would', async () => {
    const { a, to } = await pair()
    await lookAndJoin(a, { at: T(1), things: [namer('role', to('n3'), to('n4', { authority: undefined }))] })
    expect((await edgesOf(a)).map((e) => [e.state, e.why])).toEqual([
      ['unknown', expect.stringMatching(/^No connected source speaks for demo:scope-/)],
      ['unknown', 'It is not known which source would know of it.'],
    ])
  })

  test('unknown where the source was read only in part, and dangling once it was read', async () => {
    const { a, b, authority, to } = await pair()
    await lookAndJoin(a, { at: T(1), things: [namer('role', to('n5'))] })
    await lookAndJoin(b, { at: T(1), authorities: [authority], things: [], partial: true })
    expect(await edgesOf(a)).toMatchObject([
      { state: 'unknown', why: `${b.name} was read only in part (demo:List: denied).` },
    ])
    await lookAndJoin(b, { at: T(2), things: [] })
    expect(await edgesOf(a)).toMatchObject([{ state: 'dangling' }])
    await lookAndJoin(b, { at: T(3), things: [], partial: true })
    expect(await edgesOf(a)).toMatchObject([{ state: 'unknown' }])
  })

  test('dangling where only what cannot bear such a name was not read, and unknown where it can', async () => {
    const { a, b, authority, to } = await pair()
    await lookAndJoin(a, { at: T(1), things: [namer('role', to('n7'))] })
    await lookAndJoin(b, { at: T(1), authorities: [authority], things: [] })
    const { type } = bearer('any', 'any').keys?.[0] ?? { type: 'demo.name' }
    const unread = async (bears: string[]) => {
      await db.look.upsert({
        where: { scopeId_stream_kind: { scopeId: b.id, stream: 'tokens', kind: 'identity' } },
        create: { ...newLook(b.id), bears },
        update: { bears },
      })
      await db.$transaction((tx) => noteJoinChanges(tx, { scopeId: b.id, rows: true }))
      await joinChanges()
      return (await edgesOf(a)).map(({ state }) => state)
    }
    expect(await unread(['*'])).toEqual(['unknown'])
    expect(await unread([])).toEqual(['dangling'])
    expect(await unread([type])).toEqual(['unknown'])
  })

  test('of two sources that speak for it, both have to be whole', async () => {
    const { a, b, authority, to } = await pair()
    const other = await scope()
    await lookAndJoin(a, { at: T(1), things: [namer('role', to('n6'))] })
    await lookAndJoin(b, { at: T(1), authorities: [authority], things: [] })
    await lookAndJoin(other, { at: T(1), authorities: [authority], things: [], partial: true })
    expect(await edgesOf(a)).toMatchObject([{ state: 'unknown' }])
  })

  test('a look in part never makes what was matched dangling', async () => {
    const { a, b, authority, to } = await pair()
    await lookAndJoin(b, { at: T(1), authorities: [authority], things: [bearer('sa', 'n7')] })
    await lookAndJoin(a, { at: T(1), things: [namer('role', to('n7'))] })
    await lookAndJoin(b, { at: T(2), things: [], partial: true })
    expect(await edgesOf(a)).toMatchObject([{ to: 'sa', state: 'matched' }])
  })

  test('what arrives later is matched, and what was noted of it before is gone', async () => {
    const { a, b, authority, to } = await pair()
    await lookAndJoin(a, { at: T(1), things: [namer('role', to('n8'))] })
    await lookAndJoin(b, { at: T(2), authorities: [authority], things: [bearer('sa', 'n8')] })
    expect(await edgesOf(a)).toMatchObject([{ to: 'sa', state: 'matched' }])
  })

  test('what is deleted is dangling since then, and matched again when it comes back', async () => {
    const { a, b, authority, to } = await pair()
    await lookAndJoin(b, { at: T(1), authorities: [authority], things: [bearer('sa', 'n9')] })
    await lookAndJoin(a, { at: T(1), things: [namer('role', to('n9'))] })
    await lookAndJoin(b, { at: LATER, things: [] })
    expect(await edgesOf(a)).toMatchObject([
      { to: 'sa', state: 'dangling', why: 'It is gone since 2099-10-03.' },
    ])
    const edge = await db.edge.findFirstOrThrow({ where: { fromScopeId: a.id } })
    expect(edge.validFrom.toISOString()).toBe(LATER)
    await lookAndJoin(b, { at: T(5), things: [bearer('sa', 'n9')] })
    expect(await edgesOf(a)).toMatchObject([{ to: 'sa', state: 'matched', lookalike: false }])
  })

  test('what is called otherwise now is told so', async () => {
    const { a, b, authority, to } = await pair()
    await lookAndJoin(b, { at: T(1), authorities: [authority], things: [bearer('sa', 'old')] })
    await lookAndJoin(a, { at: T(1), things: [namer('role', to('old'))] })
    await lookAndJoin(b, { at: T(2), things: [bearer('sa', 'new')] })
    expect(await edgesOf(a)).toMatchObject([
      { to: 'sa', state: 'dangling', why: 'What was called so has another name since 2026-10-02.' },
    ])
  })

  test('a link that is said no longer has no edge, and its past is kept', async () => {
    const { a, b, authority, to } = await pair()
    await lookAndJoin(b, { at: T(1), authorities: [authority], things: [bearer('sa', 'n10')] })
    await lookAndJoin(a, { at: T(1), things: [namer('role', to('n10'), to('n11'))] })
    await lookAndJoin(a, { at: T(2), things: [namer('role', to('n11'))] })
    expect((await edgesOf(a)).map((e) => e.asked)).toEqual(['n11'])
    await lookAndJoin(a, { at: T(3), things: [] })
    expect(await edgesOf(a)).toEqual([])
    expect(await db.joinLink.count({ where: { scopeId: a.id } })).toBe(0)
    const past = await db.$queryRaw<unknown[]>`SELECT 1 FROM past.edge WHERE from_scope_id = ${a.id}::uuid`
    expect(past).toHaveLength(2)
  })

  test('the sample organisation never meets real sources', async () => {
    const [a, b] = [await scope(), await scope(undefined, { sample: true })]
    await lookAndJoin(b, { at: T(1), authorities: ['demo:mixed'], things: [bearer('sa', 'n12')] })
    await lookAndJoin(a, { at: T(1), things: [namer('role', link('n12', { authority: 'demo:mixed' }))] })
    expect(await edgesOf(a)).toMatchObject([{ state: 'unknown', to: undefined }])
  })

  test('a thing never means itself', async () => {
    const { a, b, authority, to } = await pair()
    await lookAndJoin(b, { at: T(1), authorities: [authority], things: [] })
    await lookAndJoin(a, { at: T(1), things: [{ ...bearer('self', 'n13'), links: [to('n13')] }] })
    expect(await edgesOf(a)).toMatchObject([{ state: 'dangling', to: undefined }])
  })

  test('a source that is removed leaves what named it unknown', async () => {
    const { a, b, authority, to } = await pair()
    await lookAndJoin(b, { at: T(1), authorities: [authority], things: [bearer('sa', `${b.name}.`)] })
    await lookAndJoin(a, {
      at: T(1),
      things: [namer('role', to(`${b.name}.`), to(`${b.name}.*`, { match: 'pattern' }))],
    })
    expect((await edgesOf(a)).map((e) => e.state)).toEqual(['matched', 'matched'])
    await db.scope.delete({ where: { id: b.id } })
    await joinChanges()
    expect((await edgesOf(a)).map((e) => [e.state, e.why])).toEqual([
      ['unknown', `No connected source speaks for ${authority}.`],
      ['unknown', `No connected source speaks for ${authority}.`],
    ])
    await db.scope.delete({ where: { id: a.id } })
    expect(await db.edge.count({ where: { fromScopeId: a.id } })).toBe(0)
  })
})

describe('patterns', () => {
  test('mean all that fit, as they come and go', async () => {
    const { a, b, authority, to } = await pair()
    await lookAndJoin(a, { at: T(1), things: [namer('role', to(`${b.name}:pay:*`, { match: 'pattern' }))] })
    const things = [
      bearer('x', `${b.name}:pay:x`),
      bearer('y', `${b.name}:pay:y`),
      bearer('z', `${b.name}:shop:z`),
    ]
    await lookAndJoin(b, { at: T(1), authorities: [authority], things })
    expect((await edgesOf(a)).map((e) => e.to)).toEqual(['x', 'y'])
    await lookAndJoin(b, { at: T(2), things: things.slice(1) })
    expect((await edgesOf(a)).map((e) => e.to)).toEqual(['y'])
    await lookAndJoin(b, { at: T(3), things: things.slice(1), partial: true })
    expect(await edgesOf(a)).toMatchObject([
      { to: 'y', state: 'matched', why: expect.stringContaining('in part') },
    ])
    await lookAndJoin(b, { at: T(4), things: things.slice(2) })
    expect(await edgesOf(a)).toMatchObject([{ to: undefined, state: 'dangling' }])
  })

  test.each([
    ['a%c', 'abc', false],
    ['a%*', 'a%z', true],
    ['a_c', 'abc', false],
    ['a\\*', 'a\\z', true],
    ['a?c', 'añc', true],
    ['*', 'anything', true],
  ])('%s fits %s: %s', async (pattern, name, fits) => {
    const { a, b, authority, to } = await pair()
    await lookAndJoin(b, { at: T(1), authorities: [authority], things: [bearer('only', `${b.name}${name}`)] })
    await lookAndJoin(a, { at: T(1), things: [namer('r', to(`${b.name}${pattern}`, { match: 'pattern' }))] })
    expect((await edgesOf(a))[0]?.state).toBe(fits ? 'matched' : 'dangling')
  })

  test('one that means more than a thousand says so, and lists them once there are fewer', async () => {
    const { a, b, authority, to } = await pair()
    const things = Array.from({ length: 1001 }, (_, n) => bearer(`sa-${n}`, `${b.name}/${n}`))
    await look(b, { at: T(1), authorities: [authority], things })
    await lookAndJoin(a, { at: T(1), things: [namer('role', to(`${b.name}/*`, { match: 'pattern' }))] })
    expect(await edgesOf(a)).toMatchObject([
      { state: 'matched', broad: true, to: undefined, why: expect.stringContaining('more than 1,000') },
    ])
    await lookAndJoin(b, { at: T(2), things: things.slice(1) })
    expect(await db.edge.count({ where: { fromScopeId: a.id, broad: false, state: 'matched' } })).toBe(1000)
    expect(await db.edge.count({ where: { fromScopeId: a.id } })).toBe(1000)
  })
})

describe('who inherits a name', () => {
  test('a new bearer of a name that a link meant before is a lookalike of the one that is gone', async () => {
    const { a, b, authority, to } = await pair()
    await lookAndJoin(b, { at: T(1), authorities: [authority], things: [bearer('uid-1', 'n20')] })
    await lookAndJoin(a, { at: T(2), things: [namer('role', to('n20'))] })
    await lookAndJoin(b, { at: T(3), things: [bearer('uid-2', 'n20')] })
    expect(await edgesOf(a)).toMatchObject([
      { to: 'uid-2', state: 'matched', lookalike: true, predecessor: 'uid-1' },
    ])
    const edge = await db.edge.findFirstOrThrow({ where: { fromScopeId: a.id } })
    expect(edge.predecessorId).toBe(rowIdOf(b, 'uid-1'))
    expect(edge.predecessorGoneAt?.toISOString()).toBe(T(3))
  })

  test('a link made for the new one is no inheritance', async () => {
    const { a, b, authority, to } = await pair()
    await lookAndJoin(b, { at: T(1), authorities: [authority], things: [bearer('uid-1', 'n21')] })
    await lookAndJoin(b, { at: T(3), things: [bearer('uid-2', 'n21')] })
    await lookAndJoin(a, { at: T(4), things: [namer('role', to('n21'))] })
    expect(await edgesOf(a)).toMatchObject([{ to: 'uid-2', lookalike: false }])
  })

  test('one that the source holds by id inherits nothing', async () => {
    const { a, b, authority, to } = await pair()
    await lookAndJoin(b, { at: T(1), authorities: [authority], things: [bearer('uid-1', 'n22')] })
    await lookAndJoin(a, { at: T(1), things: [namer('role', to('n22', { bound: true }))] })
    await lookAndJoin(b, { at: T(3), things: [bearer('uid-2', 'n22')] })
    expect(await edgesOf(a)).toMatchObject([{ to: 'uid-2', lookalike: false }])
  })

  test('seen in part first, the old one is told only when it is known to be gone', async () => {
    const { a, b, authority, to } = await pair()
    await lookAndJoin(b, { at: T(1), authorities: [authority], things: [bearer('uid-1', 'n23')] })
    await lookAndJoin(a, { at: T(1), things: [namer('role', to('n23'))] })
    await lookAndJoin(b, { at: T(3), things: [bearer('uid-2', 'n23')], partial: true })
    expect(await edgesOf(a)).toMatchObject([
      { to: 'uid-1', lookalike: false },
      { to: 'uid-2', lookalike: false },
    ])
    await lookAndJoin(b, { at: T(4), things: [bearer('uid-2', 'n23')] })
    expect(await edgesOf(a)).toMatchObject([{ to: 'uid-2', lookalike: true, predecessor: 'uid-1' }])
  })

  test('one known by its name alone is the same once its id is seen', async () => {
    const { a, b, authority, to } = await pair()
    await lookAndJoin(b, { at: T(1), authorities: [authority], things: [bearer('n24', 'n24')] })
    await lookAndJoin(a, { at: T(1), things: [namer('role', to('n24'))] })
    await lookAndJoin(b, { at: T(3), things: [{ ...bearer('uid-2', 'n24'), aliases: ['n24'] }] })
    expect(await edgesOf(a)).toMatchObject([{ to: 'uid-2', lookalike: false }])
  })
})

describe('only neighbours are touched', () => {
  test('one change among many rewrites its own edges', async () => {
    const { a, b, authority, to } = await pair()
    const names = Array.from({ length: 60 }, (_, n) => `${b.name}-${n}`)
    const things = names.map((name) => bearer(`sa ${name}`, name))
    await look(b, { at: T(1), authorities: [authority], things })
    await lookAndJoin(a, { at: T(1), things: names.map((name) => namer(`role ${name}`, to(name))) })
    const before = await db.edge.findMany({ where: { fromScopeId: a.id } })
    expect(before).toHaveLength(60)
    expect(await lookAndJoin(b, { at: T(2), things: things.slice(1) })).toEqual({ written: 1, removed: 0 })
    const after = await db.edge.findMany({ where: { fromScopeId: a.id } })
    const touched = after.filter(
      (e) => before.find((was) => was.id === e.id)?.knownFrom.getTime() !== e.knownFrom.getTime(),
    )
    expect(touched.map((e) => e.keyValue)).toEqual([names[0]])
  })

  test('a look that finds all as it was joins nothing and asks for no job', async () => {
    const { a, b, authority, to } = await pair()
    await lookAndJoin(b, { at: T(1), authorities: [authority], things: [bearer('sa', 'n30')] })
    await lookAndJoin(a, { at: T(1), things: [namer('role', to('n30'))] })
    expect(await look(b, { at: T(2), things: [bearer('sa', 'n30')] })).toBe(false)
    expect(await look(a, { at: T(2), things: [namer('role', to('n30'))] })).toBe(false)
  })

  test('a change that has nothing to do with names asks for no job', async () => {
    const { b, authority } = await pair()
    await lookAndJoin(b, { at: T(1), authorities: [authority], things: [bearer('sa', 'n31')] })
    const renamed = {
      ...bearer('sa', 'n31'),
      description: { state: 'known', value: 'new', source: 's' } as const,
    }
    expect(await look(b, { at: T(2), things: [renamed] })).toBe(false)
  })
})

describe('at the same time', () => {
  test('two looks that do not see each other are joined all the same', async () => {
    const { a, b, authority, to } = await pair()
    const bearing = { at: T(1), authorities: [authority], things: [bearer('sa', 'n40')] }
    // The one that names is written and joined while the one that is named is not committed yet.
    const naming = () => lookAndJoin(a, { at: T(1), things: [namer('role', to('n40'))] })
    await look(b, bearing, naming)
    expect(await edgesOf(a)).toMatchObject([{ state: 'unknown' }])
    await joinChanges()
    expect(await edgesOf(a)).toMatchObject([{ to: 'sa', state: 'matched' }])
  })

  test('a look that fails leaves nothing to join', async () => {
    const { a, to } = await pair()
    const failing = look(a, { at: T(1), things: [namer('role', to('n41'))] }, () =>
      Promise.reject(new Error('lost')),
    )
    await expect(failing).rejects.toThrow('lost')
    expect(await joinChanges()).toEqual({ written: 0, removed: 0 })
    expect(await edgesOf(a)).toEqual([])
  })

  test('several workers join each link once', async () => {
    const { a, b, authority, to } = await pair()
    const names = Array.from({ length: 1200 }, (_, n) => `${b.name}-${n}`)
    await look(b, {
      at: T(1),
      authorities: [authority],
      things: names.map((name) => bearer(`sa ${name}`, name)),
    })
    await look(a, { at: T(1), things: names.map((name) => namer(`role ${name}`, to(name))) })
    const done = await Promise.all([joinChanges(), joinChanges(), joinChanges()])
    expect(done.reduce((sum, { written }) => sum + written, 0)).toBe(1200)
    expect(await db.edge.count({ where: { fromScopeId: a.id, state: 'matched' } })).toBe(1200)
    expect(await db.joinTodo.count()).toBe(0)
  })

  test('asked to stop, it leaves the rest for the next time', async () => {
    const { a, to } = await pair()
    await look(a, { at: T(1), things: [namer('role', to('n42'))] })
    await expect(joinChanges({ signal: AbortSignal.abort() })).rejects.toThrow()
    await joinChanges()
    expect(await edgesOf(a)).toHaveLength(1)
  })
})
