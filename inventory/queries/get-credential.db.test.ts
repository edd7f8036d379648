// One credential, one stored secret: every fact with its time, who reaches it, what happened to it, and who may see it.
import { beforeAll, describe, expect, test } from 'vitest'
import { known, unknown } from '@/core/fact'
import type { Key, Link } from '@/core/join'
import type { Observation, Of } from '@/core/observation'
import { joinChanges } from '@/inventory/joins/join-changes'
import { atMoment } from '@/inventory/moment/at-moment'
import { db } from '@/prisma/client'
import { actorOf, analyst, look, ownerHint } from '@/tests/queried-estate'
import { secretHint } from '@/tests/queried-secrets'
import { connection, credential, grant, identity, LOOKED, refused, secret } from '@/tests/scripted-source'
import { getCredential, type CredentialDetail } from './get-credential'
import { getIdentity } from './get-identity'

const SOURCE = 'demo:List'
const DAYS = [1, 2, 3].map((day) => `2026-06-0${day}T00:00:00.000Z`) as [string, string, string]
const NOBODY = '00000000-0000-4000-8000-000000000000'
const ann = actorOf('owner', { email: 'ann@example.com' })
const bob = actorOf('owner', { email: 'bob@example.com' })

const key = (value: string): Key => ({ type: 'demo.path', value })
const link = (value: string, more: Partial<Link> = {}): Link => ({
  relation: 'declared',
  means: 'relied-on',
  kind: 'secret',
  to: 'demo.path',
  match: 'exact',
  value,
  reason: 'It says where it is kept.',
  ...more,
})
const policy = (nativeId: string, pattern: string): Of<'entitlement'> => ({
  kind: 'entitlement',
  nativeId,
  aliases: [],
  type: 'demo.policy',
  name: nativeId,
  language: 'demo',
  managedBy: 'customer',
  document: known({}, SOURCE),
  links: [link(pattern, { match: 'pattern', relation: 'permitted', reason: 'It permits to read it.' })],
})
const robots = [identity('robot'), identity('other'), ownerHint('robot', 'ann@example.com')]
const held = [
  policy('reads-all', 'path/*'),
  policy('held-by-nobody', 'path/a*'),
  grant('g', 'robot', { entitlement: 'reads-all', entitlementName: 'reads-all' }),
]
const kept = [
  secret('path/a', { keys: [key('path/a')] }),
  secretHint('path/a', 'Ann@Example.com'),
  secret('copy', { links: [link('path/a')], copiedEverySeconds: known(3600, SOURCE) }),
]
const orphan = credential('orphan', 'robot', { identity: unknown('denied', 'demo:Owner') })

let ids: Record<'key' | 'orphan' | 'path/a' | 'copy' | 'robot' | 'other', string>
let afterFirst = ''
const one = (name: keyof typeof ids, actor = analyst) => getCredential(actor, ids[name])

beforeAll(async () => {
  const to = await connection()
  const at = (day: string, observations: Observation[], fails = false) =>
    look(to, {
      at: day,
      streams: {
        main: { observations, kinds: [...LOOKED, 'secret'], ...(fails && { fails: refused() }) },
      },
    })
  const first = credential('key', 'robot', { lastUsedAt: known(DAYS[0], SOURCE) })
  await at(DAYS[0], [...robots, ...held, ...kept, first, orphan])
  await joinChanges()
  const [clock] = await db.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`
  afterFirst = clock?.now.toISOString() ?? ''
  const second = credential('key', 'robot', {
    lastUsedAt: unknown('denied', 'demo:Use'),
    rotatedAt: known(DAYS[1], SOURCE),
  })
  const rotated = secret('path/a', { keys: [key('path/a')], rotatedAt: known(DAYS[1], SOURCE) })
  await at(DAYS[1], [...robots, ...held, rotated, ...kept.slice(1), second, orphan])
  await at(DAYS[2], robots, true)
  await joinChanges()
  const find = async (nativeId: string) => {
    const where = { nativeId }
    const row =
      (await db.credential.findFirst({ where })) ??
      (await db.secret.findFirst({ where })) ??
      (await db.identity.findFirstOrThrow({ where }))
    return row.id
  }
  ids = {
    key: await find('key'),
    orphan: await find('orphan'),
    'path/a': await find('path/a'),
    copy: await find('copy'),
    robot: await find('robot'),
    other: await find('other'),
  }
})

describe('facts', () => {
  test('of a credential have their source and time, an older answer says why it was not confirmed', async () => {
    const { credential: row, facts, identity: of, looks } = await one('key')
    expect(row).toMatchObject({ kind: 'credential', value: { state: 'known', at: DAYS[1] } })
    expect(facts.rotatedAt).toMatchObject({ state: 'known', value: DAYS[1], source: SOURCE })
    expect(facts.lastUsedAt).toMatchObject({
      state: 'known',
      value: DAYS[0],
      unconfirmed: { why: 'denied' },
    })
    expect(facts.identity).toMatchObject({ state: 'known', value: 'robot' })
    expect(of).toMatchObject({ id: ids.robot, name: 'robot' })
    expect(looks.find(({ kind }) => kind === 'credential')).toMatchObject({
      state: 'partial',
      completeAt: DAYS[1],
    })
  })
  test('of a stored secret are its own: nobody knows who read it', async () => {
    const { credential: row, facts, identity: of, ownerHints } = await one('path/a')
    expect(row).toMatchObject({ kind: 'secret', lastUsed: { state: 'unknown' }, value: { at: DAYS[1] } })
    expect(Object.keys(facts).sort()).toEqual(
      ['createdAt', 'expiresAt', 'lastReadAt', 'rotatedAt', 'rotates'].sort(),
    )
    expect(facts.lastReadAt).toMatchObject({ state: 'unknown', why: 'not-offered' })
    expect(of).toBeUndefined()
    expect(ownerHints.rows).toMatchObject([{ value: 'Ann@Example.com', via: 'metadata owner' }])
  })
  test('nobody answers for a stored secret only where all was read that could say so', async () => {
    expect((await one('path/a')).owner).toEqual({ state: 'known', name: 'Ann@Example.com' })
    expect((await one('copy')).owner).toEqual({ state: 'absent' })
    expect((await one('key')).owner).toEqual({ state: 'known', name: 'ann@example.com' })
    expect((await one('orphan')).owner).toEqual({ state: 'unknown' })
    const looked = { stream: 'main', kind: 'owner-hint' }
    await db.look.updateMany({ where: looked, data: { completeAt: null } })
    expect((await one('copy')).owner).toEqual({ state: 'unknown' })
    await db.look.updateMany({ where: looked, data: { completeAt: DAYS[1] } })
  })
  test('whose a credential is may not be known', async () => {
    const detail = await one('orphan')
    expect(detail.credential.identity).toEqual({ state: 'unknown' })
    expect(detail.identity).toBeUndefined()
  })
  test('a refused look retires nothing, and is said', async () => {
    for (const name of ['key', 'path/a', 'copy'] as const) {
      const { credential: row, completeness } = await one(name)
      expect(row.retiredAt).toBeUndefined()
      expect(completeness.state).toBe('partial')
    }
  })
})

describe('connections', () => {
  const ends = (list: CredentialDetail['connections']['names']) =>
    list.rows.map(({ other, through, state }) => [other?.name, through?.name, state])
  test('who holds permissions that reach it, and the permissions that nobody is known to hold', async () => {
    const { reachedBy } = (await one('path/a')).connections
    expect(ends(reachedBy).sort()).toEqual([
      ['held-by-nobody', 'held-by-nobody', 'matched'],
      ['robot', 'reads-all', 'matched'],
    ])
    expect(reachedBy.rows.find(({ other }) => other?.name === 'robot')?.other?.identityId).toBe(ids.robot)
  })
  test('a copy and where it is copied from lead to each other', async () => {
    const [from, to] = [await one('copy'), await one('path/a')]
    expect(ends(from.connections.names)).toEqual([['path/a', undefined, 'matched']])
    expect(from.connections.names.rows[0]?.other?.credentialId).toBe(ids['path/a'])
    expect(ends(to.connections.namedBy)).toEqual([['copy', undefined, 'matched']])
    expect(to.connections.namedBy.rows[0]?.other?.credentialId).toBe(ids.copy)
  })
  test('one pattern that means very many is told with each of them', async () => {
    await db.edge.updateMany({
      where: { keyValue: 'path/*', fromKind: 'entitlement' },
      data: { broad: true, toRowId: null, toScopeId: null },
    })
    const { reachedBy } = (await one('path/a')).connections
    expect(reachedBy.rows.find(({ other }) => other?.name === 'robot')).toMatchObject({ broad: true })
    expect((await one('copy')).connections.reachedBy.rows).toEqual([])
  })
  test('what an identity reaches leads to the page of it', async () => {
    await db.edge.updateMany({
      where: { keyValue: 'path/*' },
      data: { broad: false, toRowId: ids['path/a'] },
    })
    const { reaches } = (await getIdentity(analyst, ids.robot)).connections
    expect(reaches.rows).toMatchObject([{ other: { kind: 'secret', credentialId: ids['path/a'] } }])
  })
})

describe('timeline', () => {
  test('tells what changed of the one row', async () => {
    const { events } = (await one('path/a')).timeline
    const ofRow = events.filter(({ kind }) => kind === 'secret')
    expect(ofRow.map(({ at, what, kind }) => [at, what, kind])).toEqual([
      [DAYS[1], 'changed', 'secret'],
      [DAYS[0], 'first-seen', 'secret'],
      ['2026-01-01T00:00:00.000Z', 'created', 'secret'],
    ])
    expect(events[0]?.changes).toMatchObject([{ field: 'rotatedAt', from: 'none', to: DAYS[1] }])
  })
})

describe('who may see it', () => {
  const notFound = { code: 'not-found' }
  test('an owner sees what is theirs, and what is not theirs is not found', async () => {
    for (const name of ['key', 'path/a'] as const) {
      expect((await one(name, ann)).credential.id).toBe(ids[name])
      await expect(one(name, bob)).rejects.toMatchObject(notFound)
    }
    for (const name of ['orphan', 'copy'] as const)
      await expect(one(name, ann)).rejects.toMatchObject(notFound)
  })
  test('what they may not see is named without a way to it', async () => {
    const [copy] = (await one('path/a', ann)).connections.namedBy.rows
    expect(copy?.other).toMatchObject({ name: 'copy' })
    expect(copy?.other?.credentialId).toBeUndefined()
  })
  test.each([NOBODY, 'key', "'"])('%s is not found', async (id) => {
    await expect(getCredential(analyst, id)).rejects.toMatchObject(notFound)
  })
  test('a token that may only send sees nothing', async () => {
    const sender = actorOf('administrator', { only: 'source:receive' })
    await expect(one('key', sender)).rejects.toMatchObject({ code: 'forbidden' })
  })
})

test('asked about the past, it answers as it was', async () => {
  const then = await atMoment({ valid: afterFirst, known: afterFirst }, () => one('path/a'))
  expect(then.facts.rotatedAt).toMatchObject({ state: 'absent' })
  expect(then.credential.value).toEqual({ state: 'known', at: '2026-01-01T00:00:00.000Z' })
  const ofRow = then.timeline.events.filter(({ kind }) => kind === 'secret')
  expect(ofRow.map(({ what }) => what)).toEqual(['first-seen', 'created'])
  expect(then.connections.reachedBy.rows).toHaveLength(2)
})
