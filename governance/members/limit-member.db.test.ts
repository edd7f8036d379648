// Access that ends, and access to some scopes: decided at each request, whatever a session or a token remembers.
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Actor, Role } from '@/core/permissions'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { insertScope } from '@/tests/inserted-scope'
import { lastDayOf } from '../auth/access-end'
import { actorFrom, requireActor } from '../auth/actor-from'
import { auth } from '../auth/auth'
import { createFirstAdministrator } from '../auth/first-administrator'
import { membersNamed, membersWho } from '../notices/recipients'
import { createToken } from '../tokens/create-token'
import { createMember } from './create-member'
import { deactivateMember } from './deactivate-member'
import { limitMember } from './limit-member'
import { listMembers } from './list-members'
import { setMemberRole } from './set-member-role'

const BASE = 'http://localhost:3000'
const PASSWORD = 'a long enough password'
const ADA = { name: 'Ada', email: 'ada@example.com', password: PASSWORD }
const DAY_MS = 24 * 3600_000
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10)

let address = 0
let ada: Actor
beforeAll(async () => {
  vi.stubEnv('BASE_URL', BASE)
  await createFirstAdministrator(ADA)
  ada = await requireActor(await session(ADA.email))
})
afterAll(async () => {
  await closeSender()
  await db.$disconnect()
})

const door = (path: string, body?: unknown, cookie?: string) =>
  auth.handler(
    new Request(`${BASE}/api/auth${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        origin: BASE,
        'content-type': 'application/json',
        'x-forwarded-for': `10.1.0.${++address}`,
        ...(cookie && { cookie }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }),
  )
const signIn = (email: string, password = PASSWORD) => door('/sign-in/email', { email, password })
async function session(email: string): Promise<Headers> {
  const response = await signIn(email)
  expect(response.status).toBe(200)
  return new Headers({
    cookie: response.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; '),
  })
}
const bearer = (token: string) => new Headers({ authorization: `Bearer ${token}` })

let made = 0
async function member(role: Role, limits: { until?: string; scopes?: string[] } = {}) {
  const email = `m${++made}@example.com`
  const { id } = await createMember(ada, { name: `M ${made}`, email, role, password: PASSWORD, ...limits })
  return { id, email }
}
/** As the clock would do it. */
const endNow = (id: string) =>
  db.user.update({ where: { id }, data: { accessUntil: new Date(Date.now() - 1) } })
const logged = (id: string, action: string) =>
  db.activity.findFirst({ where: { action, object: `user:${id}` }, orderBy: { id: 'desc' } })

describe('access that ends', () => {
  test('lasts through the day that is said, and is in the activity log', async () => {
    const { id, email } = await member('auditor', { until: inDays(90) })
    const until = new Date(Date.parse(`${inDays(90)}T00:00:00Z`) + DAY_MS).toISOString()
    expect(await requireActor(await session(email))).toMatchObject({ id, until })
    expect((await logged(id, 'member.create'))?.detail).toMatchObject({ role: 'auditor', until })
    await limitMember(ada, { userId: id, until: inDays(30) })
    expect((await logged(id, 'member.limit'))?.detail).toMatchObject({ before: until, scopes: null })
    await limitMember(ada, { userId: id })
    expect(await requireActor(await session(email))).not.toHaveProperty('until')
  })

  test('ends sessions, tokens and signing in at that instant, and at no other place by itself', async () => {
    const { id, email } = await member('auditor', { until: inDays(1) })
    const cookie = await session(email)
    const { token } = await createToken(await requireActor(cookie), { name: 'nightly' })
    const until = new Date(Date.now() + 60_000)
    await db.user.update({ where: { id }, data: { accessUntil: until } })
    expect(await actorFrom(cookie)).not.toBeNull()
    vi.useFakeTimers({ now: until.getTime() - 1, toFake: ['Date'] })
    try {
      expect(await actorFrom(bearer(token))).not.toBeNull()
      vi.setSystemTime(until)
      expect(await actorFrom(bearer(token))).toBeNull()
      expect(await actorFrom(cookie)).toBeNull()
    } finally {
      vi.useRealTimers()
    }
    await endNow(id)
    const refused = await signIn(email)
    expect(refused.status).toBe(403)
    expect(await refused.json()).toMatchObject({
      code: 'ACCESS_ENDED',
      message: `Your access ended on ${lastDayOf(new Date())}. Ask an administrator for more time.`,
    })
    expect(refused.headers.getSetCookie().filter((one) => /session_token=[^;]/.test(one))).toEqual([])
  })

  test('is told to nobody who does not have the password', async () => {
    const { id, email } = await member('auditor', { until: inDays(1) })
    await endNow(id)
    const [wrong, unknown] = await Promise.all([
      signIn(email, 'not the password at all'),
      signIn('nobody@example.com', 'not the password at all'),
    ])
    expect([wrong.status, unknown.status]).toEqual([401, 401])
    expect(await wrong.json()).toEqual(await unknown.json())
  })

  test('leaves a session good for nothing at the door of the login library either', async () => {
    const { id, email } = await member('auditor')
    const cookie = (await session(email)).get('cookie') ?? ''
    expect(await (await door('/get-session', undefined, cookie)).json()).toMatchObject({ user: { id } })
    await endNow(id)
    const body = { currentPassword: PASSWORD, newPassword: 'another long password' }
    for (const response of [
      await door('/get-session', undefined, cookie),
      await door('/change-password', body, cookie),
    ]) {
      expect(response.status).toBe(401)
      expect(await response.json()).toMatchObject({ code: 'ACCESS_ENDED' })
    }
    await limitMember(ada, { userId: id })
    await session(email)
  })

  test('ends being told of things', async () => {
    const { id } = await member('analyst')
    const told = async () => [
      (await membersNamed(db, [id])).length,
      (await membersWho(db, 'exception:decide')).filter(({ userId }) => userId === id).length,
    ]
    expect(await told()).toEqual([1, 1])
    await endNow(id)
    expect(await told()).toEqual([0, 0])
  })

  test('is set to no day that is over, by nobody for themselves', async () => {
    const { id } = await member('auditor')
    for (const until of [inDays(-1), '2999-01-01', 'soon'])
      await expect(limitMember(ada, { userId: id, until })).rejects.toMatchObject({
        code: 'invalid',
        issues: [{ path: 'until' }],
      })
    await expect(limitMember(ada, { userId: ada.id, until: inDays(3) })).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  test('never leaves an installation without an administrator for good', async () => {
    const eve = await member('administrator', { until: inDays(3) })
    const alone = { code: 'conflict', message: expect.stringContaining('last active administrator') }
    await expect(setMemberRole(ada, { userId: ada.id, role: 'auditor' })).rejects.toMatchObject(alone)
    await expect(deactivateMember(ada, { userId: ada.id })).rejects.toMatchObject(alone)
    const asEve: Actor = { kind: 'user', id: eve.id, name: 'Eve', role: 'administrator' }
    await expect(limitMember(asEve, { userId: ada.id, until: inDays(3) })).rejects.toMatchObject(alone)
    await limitMember(ada, { userId: eve.id })
    await limitMember(asEve, { userId: ada.id, until: inDays(3) })
    await limitMember(asEve, { userId: ada.id })
  })
})

describe('access to some scopes', () => {
  test('is read with the account, for sessions and tokens, and told in the list', async () => {
    const [one, two] = [await insertScope(), await insertScope()]
    const { id, email } = await member('auditor', { scopes: [one.id] })
    const cookie = await session(email)
    const actor = await requireActor(cookie)
    const { token } = await createToken(actor, { name: 'reads' })
    expect(actor.within).toEqual([one.id])
    expect((await logged(id, 'member.create'))?.detail).toMatchObject({ scopes: [one.id] })
    await limitMember(ada, { userId: id, scopes: [one.id, two.id, two.id] })
    for (const headers of [cookie, bearer(token)])
      expect((await requireActor(headers)).within).toEqual([one.id, two.id].sort())
    const listed = (await listMembers(ada)).find((row) => row.id === id)
    expect(listed?.scopes?.map((scope) => scope.id).sort()).toEqual([one.id, two.id].sort())
    await limitMember(ada, { userId: id })
    expect(await requireActor(cookie)).not.toHaveProperty('within')
  })

  test('is to nothing, and never to everything, when the last of them is removed', async () => {
    const scope = await insertScope()
    const { id, email } = await member('auditor', { scopes: [scope.id] })
    await db.connection.delete({ where: { id: scope.connectionId } })
    await db.scope.delete({ where: { id: scope.id } })
    expect((await requireActor(await session(email))).within).toEqual([])
    expect((await listMembers(ada)).find((row) => row.id === id)?.scopes).toEqual([])
  })

  test('is for auditors alone, and another role waits until it is taken away', async () => {
    const scope = await insertScope()
    const field = { code: 'invalid', issues: [{ path: 'scopes' }] }
    for (const role of ['administrator', 'analyst', 'owner'] as const) {
      await expect(member(role, { scopes: [scope.id] })).rejects.toMatchObject(field)
      const { id } = await member(role)
      await expect(limitMember(ada, { userId: id, scopes: [scope.id] })).rejects.toMatchObject(field)
    }
    const { id } = await member('auditor', { scopes: [scope.id] })
    await expect(setMemberRole(ada, { userId: id, role: 'analyst' })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('Take that limit away first'),
    })
    await limitMember(ada, { userId: id })
    await setMemberRole(ada, { userId: id, role: 'analyst' })
  })

  test('is to scopes that are there', async () => {
    const { id } = await member('auditor')
    for (const scopes of [[], ['x'], [crypto.randomUUID()]])
      await expect(limitMember(ada, { userId: id, scopes })).rejects.toMatchObject({ code: 'invalid' })
  })

  test('is told of nothing that tells of all of them', async () => {
    const scope = await insertScope()
    const { id } = await member('auditor', { scopes: [scope.id] })
    const told = async (permission: 'notice:read' | 'finding:read') =>
      (await membersWho(db, permission)).some(({ userId }) => userId === id)
    expect([await told('notice:read'), await told('finding:read')]).toEqual([false, true])
  })
})
