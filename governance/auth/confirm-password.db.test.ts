// Asking for the password again: who is let on, who is not, and how often one may guess.
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { Actor } from '@/core/permissions'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { createMember } from '../members/create-member'
import { deactivateMember } from '../members/deactivate-member'
import { requireActor } from './actor-from'
import { auth } from './auth'
import { confirmPassword } from './confirm-password'
import { createFirstAdministrator } from './first-administrator'
import { forgetActivity, unguarded } from '@/tests/unguarded-activity'

const BASE = 'http://localhost:3000'
const ADA = { name: 'Ada', email: 'ada@example.com', password: 'correct horse battery' }
const BOB = { name: 'Bob', email: 'bob@example.com', password: 'staple of the twelve' }
const WHAT = 'review.sign-off'
let address = 0

async function signIn({ email, password }: { email: string; password: string }) {
  const response = await auth.handler(
    new Request(`${BASE}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: {
        origin: BASE,
        'content-type': 'application/json',
        'x-forwarded-for': `10.1.0.${++address}`,
      },
      body: JSON.stringify({ email, password }),
    }),
  )
  const cookie = response.headers.getSetCookie().map((one) => one.split(';')[0])
  return { status: response.status, headers: new Headers({ cookie: cookie.join('; ') }) }
}
async function signedIn(who: typeof ADA): Promise<{ actor: Actor; headers: Headers }> {
  const { headers } = await signIn(who)
  return { headers, actor: await requireActor(headers) }
}
const asked = ({ actor, headers }: { actor: Actor | null; headers: Headers }, password: string) =>
  confirmPassword(actor, headers, { password, what: WHAT })
const acts = (action: string) => db.activity.findMany({ where: { action }, orderBy: { at: 'desc' } })

beforeAll(async () => {
  vi.stubEnv('BASE_URL', BASE)
  await createFirstAdministrator(ADA)
  await createMember((await signedIn(ADA)).actor, { ...BOB, role: 'owner' })
})
beforeEach(async () => {
  await forgetActivity()
})
afterAll(async () => {
  await closeSender()
  await db.$disconnect()
})

test('the right password is taken, and that it was asked for is noted with what for', async () => {
  const bob = await signedIn(BOB)
  await expect(asked(bob, BOB.password)).resolves.toBeUndefined()
  expect(await acts('session.confirm')).toMatchObject([
    { actorName: 'Bob', object: `user:${bob.actor.id}`, detail: { for: WHAT } },
  ])
})
test.each([
  ['a wrong one', 'staple of the eleven'],
  ['the one of somebody else', ADA.password],
  ['none', ''],
])('%s is refused at its field', async (_, password) => {
  const bob = await signedIn(BOB)
  await expect(asked(bob, password)).rejects.toMatchObject({
    code: 'invalid',
    issues: [{ path: 'password' }],
  })
  expect(await acts('session.confirm')).toEqual([])
  const noted = await acts('session.confirm-failed')
  expect(noted).toHaveLength(password ? 1 : 0)
  expect(JSON.stringify(noted.map(({ detail }) => detail))).not.toContain(password || 'staple')
})
test('it is the one of the session, whoever the actor is said to be', async () => {
  const [ada, bob] = [await signedIn(ADA), await signedIn(BOB)]
  await expect(asked({ actor: ada.actor, headers: bob.headers }, BOB.password)).rejects.toMatchObject({
    code: 'unauthenticated',
  })
})
test('nobody, a token, and who was deactivated meanwhile are not asked', async () => {
  const [ada, bob] = [await signedIn(ADA), await signedIn(BOB)]
  await expect(asked({ actor: null, headers: bob.headers }, BOB.password)).rejects.toMatchObject({
    code: 'unauthenticated',
  })
  const token = { ...bob.actor, kind: 'token' as const }
  await expect(asked({ ...bob, actor: token }, BOB.password)).rejects.toMatchObject({ code: 'forbidden' })
  await createMember(ada.actor, { ...BOB, email: 'gone@example.com', role: 'owner' })
  const gone = await signedIn({ ...BOB, email: 'gone@example.com' })
  await deactivateMember(ada.actor, { userId: gone.actor.id })
  await expect(asked(gone, BOB.password)).rejects.toMatchObject({ code: 'unauthenticated' })
})
test('who has no password is told what to do', async () => {
  const ada = await signedIn(ADA)
  await createMember(ada.actor, { ...BOB, email: 'sso@example.com', role: 'owner' })
  const one = await signedIn({ ...BOB, email: 'sso@example.com' })
  await db.account.deleteMany({ where: { userId: one.actor.id } })
  await expect(asked(one, BOB.password)).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringMatching(/no password.*administrator.*Settings, Members/),
  })
})
test('ten wrong ones in a minute are the most, however many are sent at once; then the right one waits too', async () => {
  const bob = await signedIn(BOB)
  const guesses = Array.from({ length: 14 }, (_, n) => asked(bob, `a wrong guess ${n}`))
  const codes = (await Promise.allSettled(guesses)).map((one) =>
    one.status === 'rejected' ? (one.reason as { code: string }).code : 'let on',
  )
  expect(codes.filter((code) => code === 'invalid')).toHaveLength(10)
  expect(codes.filter((code) => code === 'limited')).toHaveLength(4)
  await expect(asked(bob, BOB.password)).rejects.toMatchObject({ code: 'limited', retryAfterSeconds: 60 })
  const past = new Date(Date.now() - 2 * 60_000)
  await unguarded((tx) =>
    tx.activity.updateMany({ where: { action: 'session.confirm-failed' }, data: { at: past } }),
  )
  await expect(asked(bob, BOB.password)).resolves.toBeUndefined()
})
test('they count with those of signing in: twenty in a quarter of an hour close the account to both', async () => {
  const bob = await signedIn(BOB)
  const row = (action: string) => ({
    at: new Date(Date.now() - 5 * 60_000),
    actorKind: 'user',
    actorId: bob.actor.id,
    actorName: 'Bob',
    action,
    object: `user:${bob.actor.id}`,
    detail: {},
  })
  await db.activity.createMany({
    data: Array.from({ length: 20 }, (_, n) =>
      row(n % 2 ? 'session.sign-in-failed' : 'session.confirm-failed'),
    ),
  })
  await expect(asked(bob, BOB.password)).rejects.toMatchObject({ code: 'limited', retryAfterSeconds: 900 })
  expect((await signIn(BOB)).status).toBe(429)
  expect((await signIn(ADA)).status).toBe(200)
})
test('over HTTP nobody is asked', async () => {
  const { headers } = await signedIn(BOB)
  headers.set('origin', BASE)
  headers.set('content-type', 'application/json')
  const body = JSON.stringify({ password: BOB.password })
  const request = new Request(`${BASE}/api/auth/verify-password`, { method: 'POST', headers, body })
  expect((await auth.handler(request)).status).toBe(404)
})
