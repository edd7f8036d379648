// The connections of one identity from both sides: who is meant, how sure, whose word it is, and who may see it.
import { afterAll, describe, expect, test } from 'vitest'
import { joinChanges } from '@/inventory/joins/join-changes'
import { atMoment } from '@/inventory/moment/at-moment'
import { closeMomentClient } from '@/inventory/moment/moment-client'
import { db } from '@/prisma/client'
import { bearer, link, look, lookAndJoin, namer, rowIdOf, scope } from '@/tests/joined-world'
import type { Actor } from '@/core/permissions'
import { connectionsOf } from './identity-connections'

const analyst: Actor = { kind: 'user', id: 'a', name: 'Ann', role: 'analyst' }
const T = (n: number) => `2026-10-${String(n).padStart(2, '0')}T00:00:00.000Z`
afterAll(closeMomentClient)

async function pair() {
  const [roles, cluster] = [await scope(), await scope()]
  const authority = `demo:${cluster.name}`
  return {
    roles,
    cluster,
    authority,
    to: (name: string, more = {}) => link(name, { authority, ...more }),
    ofRole: (nativeId: string, actor = analyst) =>
      connectionsOf(actor, { id: rowIdOf(roles, nativeId), scopeId: roles.id }),
    ofSa: (nativeId: string, actor = analyst) =>
      connectionsOf(actor, { id: rowIdOf(cluster, nativeId), scopeId: cluster.id }),
  }
}

describe('both sides', () => {
  test('see the same connection, each from its own end', async () => {
    const { roles, cluster, authority, to, ofRole, ofSa } = await pair()
    await look(cluster, { at: T(1), authorities: [authority], things: [bearer('sa', 'q1')] })
    await lookAndJoin(roles, { at: T(2), things: [namer('role', to('q1'))] })
    const own = await ofRole('role')
    expect(own.becomeIt.rows).toMatchObject([
      {
        saidBy: 'this',
        state: 'matched',
        relation: 'permitted',
        reason: 'Its trust names it.',
        asked: { type: 'demo.name', value: 'q1', match: 'exact' },
        other: { identityId: rowIdOf(cluster, 'sa'), name: 'sa', scope: { name: cluster.name } },
        evidence: [
          { scope: roles.name, stream: 'main', at: T(2) },
          { scope: cluster.name, stream: 'main', at: T(1) },
        ],
      },
    ])
    expect(own.itBecomes.rows).toEqual([])
    const far = await ofSa('sa')
    expect(far.itBecomes.rows).toMatchObject([{ saidBy: 'other', other: { name: 'role' }, state: 'matched' }])
    expect(far.becomeIt.rows).toEqual([])
  })

  test('what it says it can become, and what it rests on, are lists of their own', async () => {
    const { roles, cluster, authority, to, ofRole, ofSa } = await pair()
    await look(roles, { at: T(1), authorities: [`demo:${roles.name}`], things: [bearer('role', 'q2')] })
    const says = link('q2', { authority: `demo:${roles.name}`, means: 'this-becomes', relation: 'declared' })
    const things = [namer('sa', says, to('q3', { means: 'relied-on' }))]
    await lookAndJoin(cluster, { at: T(1), authorities: [authority], things })
    const sa = await ofSa('sa')
    expect(sa.itBecomes.rows).toMatchObject([
      { saidBy: 'this', relation: 'declared', other: { name: 'role' } },
    ])
    expect(sa.restsOn.rows).toMatchObject([{ state: 'dangling' }])
    expect((await ofRole('role')).becomeIt.rows).toMatchObject([{ saidBy: 'other', other: { name: 'sa' } }])
  })

  test('who is meant and is gone is still named, what is unknown says what to connect', async () => {
    const { roles, cluster, authority, to, ofRole } = await pair()
    await look(cluster, { at: T(1), authorities: [authority], things: [bearer('sa', 'q4')] })
    await lookAndJoin(roles, {
      at: T(1),
      things: [namer('role', to('q4'), link('q5', { authority: 'demo:far' }))],
    })
    await lookAndJoin(cluster, { at: T(2), things: [] })
    const [gone, far] = (await ofRole('role')).becomeIt.rows
    expect(gone).toMatchObject({ state: 'dangling', other: { name: 'sa', retiredAt: T(2) } })
    expect(far).toMatchObject({ state: 'unknown', why: 'No connected source speaks for demo:far.' })
    expect(far?.other).toBeUndefined()
    expect(far?.evidence).toHaveLength(1)
  })

  test('one pattern that means very many is shown with each of them', async () => {
    const { roles, cluster, authority, to, ofRole, ofSa } = await pair()
    const things = Array.from({ length: 1001 }, (_, n) => bearer(`sa-${n}`, `${cluster.name}/${n}`))
    await look(cluster, {
      at: T(1),
      authorities: [authority],
      things: [...things, bearer('not', 'elsewhere')],
    })
    await lookAndJoin(roles, {
      at: T(1),
      things: [namer('role', to(`${cluster.name}/*`, { match: 'pattern' }))],
    })
    expect((await ofRole('role')).becomeIt.rows).toMatchObject([{ broad: true, state: 'matched' }])
    expect((await ofSa('sa-1000')).itBecomes.rows).toMatchObject([{ broad: true, other: { name: 'role' } }])
    expect((await ofSa('not')).itBecomes.rows).toEqual([])
  })
})

describe('who may see it', () => {
  test('an owner sees that somebody is there, and not who', async () => {
    const { roles, cluster, authority, to, ofRole, ofSa } = await pair()
    await look(cluster, { at: T(1), authorities: [authority], things: [bearer('sa', 'q6')] })
    await lookAndJoin(roles, { at: T(1), things: [namer('role', to('q6'))] })
    const owner: Actor = { kind: 'user', id: 'o', name: 'Olga', role: 'owner' }
    await db.posture.create({ data: postureOf(rowIdOf(roles, 'role'), roles.id, 'Olga') })
    const [seen] = (await ofRole('role', owner)).becomeIt.rows
    expect(seen).toMatchObject({ hidden: true, state: 'matched', evidence: [{ scope: roles.name }] })
    expect(seen?.other).toBeUndefined()
    expect((await ofSa('sa', owner)).itBecomes.rows).toMatchObject([{ other: { name: 'role' } }])
  })
})

describe('the same name again', () => {
  test('a lookalike is marked, and each of the two leads to the other', async () => {
    const { roles, cluster, authority, to, ofRole, ofSa } = await pair()
    const named = (id: string) => ({ ...bearer(id, 'q7'), aliases: ['q7'] })
    await look(cluster, { at: T(1), authorities: [authority], things: [named('uid-1')] })
    await lookAndJoin(roles, { at: T(2), things: [namer('role', to('q7'))] })
    await lookAndJoin(cluster, { at: T(3), things: [named('uid-2')] })
    const [first, second] = [rowIdOf(cluster, 'uid-1'), rowIdOf(cluster, 'uid-2')]
    await db.identity.update({ where: { id: second }, data: { predecessorId: first } })
    await db.grant.create({ data: grantTo(second, cluster.id, T(1)) })
    expect((await ofRole('role')).becomeIt.rows).toMatchObject([
      { lookalike: { predecessorId: first, goneAt: T(3) }, other: { identityId: second } },
    ])
    const now = await ofSa('uid-2')
    expect(now).toMatchObject({
      predecessor: { id: first, retiredAt: T(3) },
      inherited: { rows: [{ kind: 'grant', name: 'Reader', since: T(1) }] },
      itBecomes: { rows: [{ lookalike: { predecessorId: first } }] },
    })
    expect((await ofSa('uid-1')).successors.rows).toMatchObject([{ id: second, nativeId: 'uid-2' }])
  })
})

test('asked about the past, it answers as it was', async () => {
  const { roles, cluster, authority, to, ofRole } = await pair()
  await look(cluster, { at: T(1), authorities: [authority], things: [bearer('sa', 'q8')] })
  await lookAndJoin(roles, { at: T(1), things: [namer('role', to('q8'))] })
  const edge = await db.edge.findFirstOrThrow({ where: { fromScopeId: roles.id } })
  const then = edge.knownFrom.toISOString()
  await lookAndJoin(cluster, { at: '2099-01-01T00:00:00.000Z', things: [] })
  await joinChanges()
  expect((await ofRole('role')).becomeIt.rows).toMatchObject([{ state: 'dangling' }])
  const past = await atMoment({ valid: then, known: then }, () => ofRole('role'))
  expect(past.becomeIt.rows).toMatchObject([{ state: 'matched', other: { name: 'sa' } }])
  expect(past.becomeIt.rows[0]?.other?.retiredAt).toBeUndefined()
})

const postureOf = (identityId: string, scopeId: string, ownerName: string) => ({
  identityId,
  scopeId,
  type: 'demo.role',
  class: 'machine',
  owner: {},
  privilege: {},
  ownerState: 'known',
  ownerName,
  privilegeClass: 'none',
  credentials: 0,
  failing: 0,
  unknowns: 0,
  worst: 9,
  evaluatedAt: T(1),
})
const grantTo = (identityId: string, scopeId: string, at: string) => ({
  id: identityId,
  scopeId,
  stream: 'main',
  nativeId: 'g',
  identityId,
  identityRef: 'q7',
  entitlementId: identityId,
  effect: 'allow',
  via: 'attached',
  doc: { entitlementName: 'Reader' },
  fingerprint: identityId,
  firstSeenAt: at,
  validFrom: at,
  runId: scopeId,
})
