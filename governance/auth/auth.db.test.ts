// Signing in and out, tokens and members, through the door a browser uses.
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { RollcallError } from '@/core/errors'
import { may, PERMISSIONS, type Actor, type Permission } from '@/core/permissions'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { createMember } from '../members/create-member'
import { deactivateMember } from '../members/deactivate-member'
import { listMembers } from '../members/list-members'
import { reactivateMember } from '../members/reactivate-member'
import { setMemberPassword } from '../members/set-member-password'
import { setMemberRole } from '../members/set-member-role'
import { createToken } from '../tokens/create-token'
import { listTokens } from '../tokens/list-tokens'
import { revokeToken } from '../tokens/revoke-token'
import { actorFrom, requireActor } from './actor-from'
import { auth } from './auth'
import { createFirstAdministrator, firstRunNeeded } from './first-administrator'
import { forgetActivity, unguarded } from '@/tests/unguarded-activity'

const BASE = 'http://localhost:3000'
const ADA = { name: 'Ada', email: 'ada@example.com', password: 'correct horse battery' }
const BOB = { name: 'Bob', email: 'bob@example.com', password: 'staple of the twelve' }
let address = 0

beforeAll(() => vi.stubEnv('BASE_URL', BASE))
afterAll(async () => {
  await closeSender()
  await db.$disconnect()
})

/** A request as a browser sends it, from an address of its own unless told. */
function request(
  path: string,
  body?: unknown,
  { cookie, from = `10.0.0.${++address}` }: { cookie?: string; from?: string } = {},
) {
  const headers = new Headers({ origin: BASE, 'x-forwarded-for': from })
  if (cookie) headers.set('cookie', cookie)
  if (body !== undefined) headers.set('content-type', 'application/json')
  const init = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) }
  return auth.handler(new Request(`${BASE}/api/auth${path}`, init))
}
const cookieOf = (response: Response) =>
  response.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
async function signIn({ email, password }: { email: string; password: string }) {
  const response = await request('/sign-in/email', { email, password })
  return { status: response.status, cookie: cookieOf(response), response }
}
const headers = (entries: Record<string, string>) => new Headers(entries)
async function actorOf(person: typeof ADA): Promise<Actor> {
  const { cookie } = await signIn(person)
  return requireActor(headers({ cookie }))
}

describe('the first administrator', () => {
  test('is asked for while there is nobody', async () => expect(await firstRunNeeded()).toBe(true))
  test('must have a usable name, address and password', async () => {
    const failure = createFirstAdministrator({ name: ' ', email: 'nowhere', password: 'short' })
    await expect(failure).rejects.toMatchObject({
      code: 'invalid',
      issues: [{ path: 'name' }, { path: 'email' }, { path: 'password' }],
    })
  })
  test('is one, however many browsers try at the same moment', async () => {
    const tries = [ADA, BOB, { ...ADA, email: 'third@example.com' }, { ...ADA, email: 'fourth@example.com' }]
    const results = await Promise.allSettled(tries.map((one) => createFirstAdministrator(one)))
    const refused = results.filter((one) => one.status === 'rejected')
    expect(refused).toHaveLength(tries.length - 1)
    for (const { reason } of refused) expect(reason).toMatchObject({ code: 'conflict' })
    expect(await db.user.count()).toBe(1)
    await db.user.updateMany({ data: { email: ADA.email, name: ADA.name } })
    await setPassword(ADA)
  })
  test('is not asked for any more', async () => expect(await firstRunNeeded()).toBe(false))
})

async function setPassword({ email, password }: { email: string; password: string }) {
  const user = await db.user.findUniqueOrThrow({ where: { email } })
  const actor = { kind: 'user', id: user.id, name: user.name, role: 'administrator' } as const
  await setMemberPassword(actor, { userId: user.id, password })
}

describe('signing in', () => {
  test('gives a session that names the person and their role', async () => {
    const { status, cookie } = await signIn(ADA)
    expect(status).toBe(200)
    const actor = await actorFrom(headers({ cookie }))
    expect(actor).toMatchObject({ kind: 'user', name: 'Ada', email: ADA.email, role: 'administrator' })
  })
  test('does not matter how the address is written', async () => {
    expect((await signIn({ ...ADA, email: 'ADA@Example.com' })).status).toBe(200)
  })
  test('with a wrong password or an unknown address is refused with the same words', async () => {
    const wrong = await signIn({ ...ADA, password: 'wrong horse battery' })
    const unknown = await signIn({ ...ADA, email: 'nobody@example.com' })
    expect([wrong.status, unknown.status]).toEqual([401, 401])
    expect(await wrong.response.json()).toEqual(await unknown.response.json())
  })
  test('from another site is refused', async () => {
    const response = await auth.handler(
      new Request(`${BASE}/api/auth/sign-in/email`, {
        method: 'POST',
        headers: { origin: 'https://elsewhere.example', 'content-type': 'application/json', cookie: 'a=b' },
        body: JSON.stringify(ADA),
      }),
    )
    expect(response.status).toBe(403)
  })
  test('keeps its cookie from scripts and other sites', async () => {
    const { response } = await signIn(ADA)
    const cookie = response.headers.getSetCookie().find((one) => one.includes('session_token'))
    expect(cookie).toMatch(/HttpOnly/i)
    expect(cookie).toMatch(/SameSite=Lax/i)
  })
  test('is over after signing out', async () => {
    const { cookie } = await signIn(ADA)
    expect((await request('/sign-out', {}, { cookie })).status).toBe(200)
    expect(await actorFrom(headers({ cookie }))).toBeNull()
  })
  test('nobody is nobody', async () => {
    expect(await actorFrom(new Headers())).toBeNull()
    await expect(requireActor(new Headers())).rejects.toMatchObject({ code: 'unauthenticated' })
    expect(await actorFrom(headers({ cookie: 'rollcall.session_token=made.up' }))).toBeNull()
  })
  test('too often from one address is refused', async () => {
    const statuses: number[] = []
    for (let attempt = 0; attempt < 12; attempt++)
      statuses.push(
        (await request('/sign-in/email', { email: 'x@example.com', password: 'y' }, { from: '10.9.9.9' }))
          .status,
      )
    expect(statuses.slice(0, 10)).not.toContain(429)
    expect(statuses.slice(10)).toEqual([429, 429])
  })
})

describe('over HTTP', () => {
  const closed: [string, unknown?][] = [
    ['/sign-up/email', { ...BOB }],
    ['/admin/create-user', { ...BOB, role: 'administrator' }],
    ['/admin/set-role', { userId: 'x', role: 'administrator' }],
    ['/admin/list-users'],
    ['/admin/impersonate-user', { userId: 'x' }],
    ['/api-key/create', { name: 'x' }],
    ['/api-key/list'],
    ['/update-user', { name: 'x' }],
    ['/delete-user', {}],
    ['/request-password-reset', { email: ADA.email }],
    ['/sign-in/email/', { ...ADA }],
    ['/get-session/../admin/list-users'],
  ]
  test.each(closed)('%s is closed, even to an administrator', async (path, body) => {
    const { cookie } = await signIn(ADA)
    expect((await request(path, body, { cookie })).status).toBe(404)
  })
  test('a password is changed only with the old one, and must be long enough', async () => {
    const { cookie } = await signIn(ADA)
    const change = (currentPassword: string, newPassword: string) =>
      request('/change-password', { currentPassword, newPassword }, { cookie })
    expect((await change('wrong horse battery', 'another long password')).status).toBe(400)
    expect((await change(ADA.password, 'short')).status).toBe(400)
    expect((await change(ADA.password, 'another long password')).status).toBe(200)
    expect((await signIn(ADA)).status).toBe(401)
    await setPassword(ADA)
    expect((await signIn(ADA)).status).toBe(200)
  })
})

describe('members', () => {
  test('are added with a role, once per address', async () => {
    const ada = await actorOf(ADA)
    await createMember(ada, { ...BOB, role: 'analyst' })
    await expect(createMember(ada, { ...BOB, role: 'auditor' })).rejects.toMatchObject({ code: 'conflict' })
    expect(await actorOf(BOB)).toMatchObject({ role: 'analyst', name: 'Bob' })
    expect(
      (await listMembers(ada)).map(({ name, role, active, you }) => ({ name, role, active, you })),
    ).toEqual([
      { name: 'Ada', role: 'administrator', active: true, you: true },
      { name: 'Bob', role: 'analyst', active: true, you: false },
    ])
  })
  test('never include a password or its hash', async () => {
    const shown = JSON.stringify(await listMembers(await actorOf(ADA)))
    const [account] = await db.account.findMany()
    expect(account?.password).toBeTruthy()
    expect(shown).not.toContain(account?.password)
  })
  test('the last administrator stays, in role and in person', async () => {
    const ada = await actorOf(ADA)
    const alone = { code: 'conflict', message: expect.stringContaining('last active administrator') }
    await expect(setMemberRole(ada, { userId: ada.id, role: 'auditor' })).rejects.toMatchObject(alone)
    await expect(deactivateMember(ada, { userId: ada.id })).rejects.toMatchObject(alone)
  })
  test('two administrators cannot both leave at the same moment', async () => {
    const ada = await actorOf(ADA)
    const bob = await actorOf(BOB)
    await setMemberRole(ada, { userId: bob.id, role: 'administrator' })
    const asAdmin = { ...bob, role: 'administrator' } as const
    const results = await Promise.allSettled([
      setMemberRole(asAdmin, { userId: ada.id, role: 'auditor' }),
      setMemberRole(ada, { userId: bob.id, role: 'auditor' }),
    ])
    expect(results.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await db.user.count({ where: { role: 'administrator' } })).toBe(1)
    await db.user.update({ where: { email: ADA.email }, data: { role: 'administrator' } })
    await db.user.update({ where: { email: BOB.email }, data: { role: 'analyst' } })
  })
  test('who is deactivated is out at once and comes back when reactivated', async () => {
    const ada = await actorOf(ADA)
    const { cookie } = await signIn(BOB)
    const bob = await requireActor(headers({ cookie }))
    await deactivateMember(ada, { userId: bob.id })
    expect(await actorFrom(headers({ cookie }))).toBeNull()
    const refused = await signIn(BOB)
    expect(refused.status).toBe(403)
    expect(await refused.response.json()).toMatchObject({ message: expect.stringContaining('deactivated') })
    await expect(deactivateMember(ada, { userId: bob.id })).rejects.toMatchObject({ code: 'conflict' })
    await reactivateMember(ada, { userId: bob.id })
    expect((await signIn(BOB)).status).toBe(200)
  })
  test('a new password ends the sessions of the old one', async () => {
    const ada = await actorOf(ADA)
    const { cookie } = await signIn(BOB)
    const bob = await requireActor(headers({ cookie }))
    await setMemberPassword(ada, { userId: bob.id, password: BOB.password })
    expect(await actorFrom(headers({ cookie }))).toBeNull()
  })
})

describe('tokens', () => {
  const bearer = (token: string) => headers({ authorization: `Bearer ${token}` })

  test('act as their owner, with the role the owner has now', async () => {
    const ada = await actorOf(ADA)
    const bob = await actorOf(BOB)
    const { token } = await createToken(bob, { name: 'nightly' })
    expect(token).toMatch(/^rc_[\w-]{40,}$/)
    expect(await actorFrom(bearer(token))).toEqual({
      kind: 'token',
      id: bob.id,
      name: 'Bob (token nightly)',
      email: BOB.email,
      role: 'analyst',
    })
    await setMemberRole(ada, { userId: bob.id, role: 'auditor' })
    expect(await actorFrom(bearer(token))).toMatchObject({ role: 'auditor' })
    await setMemberRole(ada, { userId: bob.id, role: 'analyst' })
  })
  test('may be limited to sending events, by those who may send them', async () => {
    const bob = await actorOf(BOB)
    const { token, id } = await createToken(bob, { name: 'cluster', only: 'source:receive' })
    const actor = await requireActor(bearer(token))
    expect(actor).toMatchObject({ role: 'analyst', only: 'source:receive' })
    const held = Object.keys(PERMISSIONS).filter((permission) => may(actor, permission as Permission))
    expect(held).toEqual(['source:receive'])
    expect((await listTokens(bob)).find((one) => one.id === id)).toMatchObject({ only: 'source:receive' })
    await db.apikey.update({ where: { id }, data: { permissions: 'something:else' } })
    expect(await actorFrom(bearer(token))).toBeNull()
    const made = createToken({ ...bob, role: 'auditor' }, { name: 'idle', only: 'source:receive' })
    await expect(made).rejects.toMatchObject({ code: 'forbidden' })
  })
  test('are refused while their owner is deactivated', async () => {
    const ada = await actorOf(ADA)
    const bob = await actorOf(BOB)
    const { token } = await createToken(bob, { name: 'shut out' })
    await deactivateMember(ada, { userId: bob.id })
    expect(await actorFrom(bearer(token))).toBeNull()
    await reactivateMember(ada, { userId: bob.id })
    expect(await actorFrom(bearer(token))).not.toBeNull()
  })
  test('are shown once and kept as a hash', async () => {
    const bob = await actorOf(BOB)
    const { token, id } = await createToken(bob, { name: 'hashed' })
    const row = await db.apikey.findUniqueOrThrow({ where: { id } })
    expect(JSON.stringify(row)).not.toContain(token)
    const listed = await listTokens(bob)
    expect(listed.find((one) => one.id === id)).toMatchObject({ name: 'hashed', start: token.slice(0, 8) })
    expect(JSON.stringify(listed)).not.toContain(row.key)
  })
  test('last 90 days unless told, and never more than a year', async () => {
    const bob = await actorOf(BOB)
    const now = new Date('2026-01-01T00:00:00Z')
    expect((await createToken(bob, { name: 'default' }, { now })).expiresAt).toBe('2026-04-01T00:00:00.000Z')
    for (const expiresInDays of [0, 366, 1.5])
      await expect(createToken(bob, { name: 'odd', expiresInDays })).rejects.toMatchObject({
        code: 'invalid',
        issues: [{ path: 'expiresInDays' }],
      })
  })
  test('end when they expire', async () => {
    const bob = await actorOf(BOB)
    const now = new Date(Date.now() - 2 * 24 * 3600_000)
    const { token } = await createToken(bob, { name: 'old', expiresInDays: 1 }, { now })
    expect(await actorFrom(bearer(token))).toBeNull()
  })
  test('answer more often than a handful of times', async () => {
    const { token } = await createToken(await actorOf(BOB), { name: 'busy' })
    for (let call = 0; call < 15; call++) expect(await actorFrom(bearer(token))).not.toBeNull()
  })
  test('remember when they were last used', async () => {
    const bob = await actorOf(BOB)
    const { token, id } = await createToken(bob, { name: 'used' })
    const find = async () => (await listTokens(bob)).find((one) => one.id === id)
    expect(await find()).not.toHaveProperty('lastUsedAt')
    await actorFrom(bearer(token))
    expect(Date.now() - new Date((await find())?.lastUsedAt ?? 0).getTime()).toBeLessThan(60_000)
  })
  test('do not make tokens', async () => {
    const bob = await actorOf(BOB)
    const { token } = await createToken(bob, { name: 'parent' })
    const actor = await requireActor(bearer(token))
    await expect(createToken(actor, { name: 'child' })).rejects.toMatchObject({ code: 'forbidden' })
  })
  test('are revoked by their owner or an administrator, and by nobody else', async () => {
    const ada = await actorOf(ADA)
    const bob = await actorOf(BOB)
    const own = await createToken(bob, { name: 'own' })
    const other = await createToken(ada, { name: 'of ada' })
    await expect(revokeToken(bob, { tokenId: other.id })).rejects.toMatchObject({ code: 'not-found' })
    expect((await listTokens(bob)).map((one) => one.id)).not.toContain(other.id)
    expect((await listTokens(ada)).map((one) => one.id)).toContain(own.id)
    await revokeToken(ada, { tokenId: own.id })
    expect(await actorFrom(bearer(own.token))).toBeNull()
    expect(await actorFrom(bearer(other.token))).not.toBeNull()
  })
  test('made up, cut short or in another scheme are nobody, even beside a good cookie', async () => {
    const { cookie } = await signIn(ADA)
    const { token } = await createToken(await actorOf(ADA), { name: 'good' })
    for (const authorization of [
      'Bearer rc_nonsense',
      `Bearer ${token.slice(0, -1)}`,
      `Basic ${token}`,
      'Bearer',
      '',
    ])
      expect(await actorFrom(headers({ authorization, cookie })), authorization).toBeNull()
  })
})

describe('the activity log', () => {
  const acts = async (action: string) => db.activity.findMany({ where: { action }, orderBy: { id: 'desc' } })

  test('has sign-ins, sign-outs and failures, by person', async () => {
    const { cookie } = await signIn(ADA)
    await request('/sign-out', {}, { cookie })
    await signIn({ ...ADA, password: 'wrong horse battery' })
    const ada = await db.user.findUniqueOrThrow({ where: { email: ADA.email } })
    for (const action of [
      'session.sign-in',
      'session.sign-out',
      'session.sign-in-failed',
      'session.change-password',
    ])
      expect(await acts(action), action).toContainEqual(
        expect.objectContaining({ object: `user:${ada.id}`, actorName: 'Ada' }),
      )
  })
  test('does not keep what was typed into the address field', async () => {
    await forgetActivity()
    const typed = 'my-password-in-the-wrong-field@example.com'
    await signIn({ email: typed, password: 'x' })
    await signIn({ email: typed, password: 'x' })
    expect(await acts('session.sign-in-failed')).toContainEqual(
      expect.objectContaining({ object: 'user:nobody' }),
    )
    expect(await db.activity.count({ where: { object: 'user:nobody' } })).toBe(1)
    expect(JSON.stringify(await allActivity())).not.toContain('my-password')
  })
  test('has no password, token or hash', async () => {
    const { token } = await createToken(await actorOf(ADA), { name: 'logged' })
    const text = JSON.stringify(await allActivity())
    const accounts = await db.account.findMany()
    const secrets = [ADA.password, BOB.password, token, ...accounts.map((one) => one.password ?? '-')]
    for (const secret of secrets) expect(text.includes(secret), secret.slice(0, 6)).toBe(false)
  })
  test('closes an account that takes too many wrong passwords, and opens it again', async () => {
    await forgetActivity()
    const attempt = (password: string) => signIn({ ...BOB, password })
    for (let count = 0; count < 20; count++)
      expect((await attempt(`wrong password ${count}`)).status).toBe(401)
    expect((await attempt(BOB.password)).status).toBe(429)
    expect((await signIn(ADA)).status).toBe(200)
    const at = new Date(Date.now() - 16 * 60_000)
    const where = { action: 'session.sign-in-failed' }
    await unguarded((tx) => tx.activity.updateMany({ where, data: { at } }))
    expect((await attempt(BOB.password)).status).toBe(200)
  })
})

const allActivity = async () =>
  (await db.activity.findMany()).map(({ id, ...row }) => ({ ...row, id: String(id) }))

test('what is refused is refused with a closed set of codes', async () => {
  const failure = await createToken(null, { name: 'x' }).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(RollcallError)
})
