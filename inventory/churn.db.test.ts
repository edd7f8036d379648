// Names come back, unique ids do not: what is deleted and made anew is another one, and nothing observed is lost.
import { expect, test } from 'vitest'
import { known } from '@/core/fact'
import { db } from '@/prisma/client'
import { connection, ended, grant, identity, takeLook } from '@/tests/scripted-source'
import { askMoment } from './moment/ask-moment'
import { atMoment, reader } from './moment/at-moment'
import { scopeIdOf } from './scopes'

const NAME = 'shop/checkout'
const hour = (n: number) => new Date(Date.UTC(2026, 8, 1, n)).toISOString()
const fresh = () => `s-${Math.random().toString(36).slice(2)}`
const born = (nativeId: string, at: string) =>
  identity(nativeId, { name: 'checkout', aliases: [NAME], createdAt: known(at, 'demo:List') })
const all = (scope: string) =>
  db.identity.findMany({ where: { scopeId: scopeIdOf('demo', false, scope) }, orderBy: { createdAt: 'asc' } })

test('made anew between two looks: another identity, linked with the one before it', async () => {
  const to = await connection()
  const scope = fresh()
  const look = (at: string, uid: string) =>
    takeLook(to, { at, scopes: [scope], streams: { all: { observations: [born(uid, at)] } } })
  await look(hour(1), 'uid-1')
  await look(hour(5), 'uid-2')
  const [first, second] = await all(scope)
  expect(first).toMatchObject({ nativeId: 'uid-1', predecessorId: null })
  expect(first?.retiredAt?.toISOString()).toBe(hour(5))
  expect(second).toMatchObject({ nativeId: 'uid-2', predecessorId: first?.id, retiredAt: null })
})

test('a name that two bear at once makes neither of them a predecessor', async () => {
  const to = await connection()
  const scope = fresh()
  const both = [born('uid-1', hour(1)), born('uid-2', hour(2))]
  await takeLook(to, { at: hour(3), scopes: [scope], streams: { all: { observations: both } } })
  expect((await all(scope)).map((row) => row.predecessorId)).toEqual([null, null])
})

test('ten times made and deleted between two looks: every one of them is kept, in its order and its time', async () => {
  const to = await connection()
  const scope = fresh()
  await takeLook(to, {
    at: hour(0),
    scopes: [scope],
    streams: { all: { observations: [born('uid-0', hour(0))] } },
  })
  const cycles = Array.from({ length: 10 }, (_, n) => n + 1)
  const told = [
    ended('identity', 'uid-0', hour(1)),
    ...cycles.flatMap((n) => [born(`uid-${n}`, hour(n)), ended('identity', `uid-${n}`, hour(n + 1))]),
    born('uid-11', hour(11)),
  ]
  const { changes } = await takeLook(to, {
    at: hour(20),
    scopes: [scope],
    streams: { all: { observations: told } },
  })
  expect(changes.identity).toMatchObject({ created: 11, retired: 11 })
  const rows = await all(scope)
  expect(rows.map((row) => row.nativeId)).toEqual(Array.from({ length: 12 }, (_, n) => `uid-${n}`))
  expect(rows.map((row) => row.retiredAt?.toISOString())).toEqual([
    ...Array.from({ length: 11 }, (_, n) => hour(n + 1)),
    undefined,
  ])
  expect(rows.map((row) => row.predecessorId)).toEqual([null, ...rows.slice(0, -1).map((row) => row.id)])
  // What lived at half past four is known now, although nobody looked then.
  const at = '2026-09-01T04:30:00.000Z'
  const alive = (known?: string) =>
    askMoment({ asOf: at, known }).then((moment) =>
      atMoment(moment, () =>
        reader.identity.findMany({ where: { scopeId: scopeIdOf('demo', false, scope), retiredAt: null } }),
      ),
    )
  expect((await alive('now')).map((row) => row.nativeId)).toEqual(['uid-4'])
  expect(await alive()).toEqual([])
})

test('that a source says something ended retires it in a partial look, too, and nothing else', async () => {
  const to = await connection()
  const scope = fresh()
  const { refused } = await import('@/tests/scripted-source')
  const two = [born('uid-1', hour(1)), identity('other')]
  await takeLook(to, { at: hour(1), scopes: [scope], streams: { all: { observations: two } } })
  await takeLook(to, {
    at: hour(3),
    scopes: [scope],
    streams: { all: { observations: [ended('identity', 'uid-1', hour(2))], fails: refused() } },
  })
  const rows = await all(scope)
  expect(rows.map((row) => [row.nativeId, row.retiredAt?.toISOString()])).toEqual([
    ['other', undefined],
    ['uid-1', hour(2)],
  ])
})

test('a grant that names a name belongs to whoever bears it, and its history says to whom it belonged', async () => {
  const to = await connection()
  const scope = fresh()
  const look = (
    at: string,
    observations: Parameters<typeof takeLook>[1]['streams'][string]['observations'],
  ) => takeLook(to, { at, scopes: [scope], streams: { all: { observations } } })
  const bearer = async () =>
    (await db.grant.findFirstOrThrow({ where: { scopeId: scopeIdOf('demo', false, scope) } })).identityId
  const byName = grant('g', NAME)
  await look(hour(1), [byName])
  const waiting = await bearer()
  await look(hour(2), [byName, born('uid-1', hour(2))])
  const [first] = await all(scope)
  expect(await bearer()).toBe(first?.id)
  await look(hour(3), [byName])
  expect(await bearer()).toBe(first?.id)
  await look(hour(4), [byName, born('uid-2', hour(4))])
  const [, second] = await all(scope)
  expect(await bearer()).toBe(second?.id)
  await look(hour(5), [byName, born('uid-2', hour(4))])
  const was = await db.$queryRaw<{ identityId: string; from: Date }[]>`
    SELECT identity_id AS "identityId", valid_from AS from FROM past."grant"
    WHERE scope_id = ${scopeIdOf('demo', false, scope)}::uuid ORDER BY valid_from`
  expect(was.map((v) => [v.identityId, v.from.toISOString()])).toEqual([
    [waiting, hour(1)],
    [first?.id, hour(2)],
  ])
})

test.each([
  ['told again while its list is refused', true, true],
  ['told again beside its list', false, true],
  ['told before it is seen in the same stream', false, false],
])('an older end %s does not retire what was seen after it', async (_, refuse, apart) => {
  const to = await connection()
  const scope = fresh()
  const { refused } = await import('@/tests/scripted-source')
  const seen = [born('uid-1', hour(1)), grant('g', 'uid-1')]
  const end = ended('grant', 'g', hour(2))
  await takeLook(to, { at: hour(3), scopes: [scope], streams: { list: { observations: seen } } })
  const list = refuse
    ? { observations: [], fails: refused() }
    : { observations: apart ? seen : [end, ...seen] }
  await takeLook(to, {
    at: hour(4),
    scopes: [scope],
    streams: { list, ...(apart && { log: { observations: [end] } }) },
  })
  const scopeId = scopeIdOf('demo', false, scope)
  expect(await db.grant.count({ where: { scopeId, retiredAt: null } })).toBe(1)
})
