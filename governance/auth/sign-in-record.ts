// Sign-ins, sign-outs and failed sign-ins in the activity log; too many failures close an account for a while.
import { APIError, createAuthMiddleware, getSessionFromCtx } from 'better-auth/api'
import { ROLES, type Actor, type Role } from '@/core/permissions'
import { db } from '@/prisma/client'
import { recordActivity } from '../activity/record-activity'
import { FAILED, hasTooMany } from './wrong-passwords'

const SIGN_IN = '/sign-in/email'
/** Attempts on addresses nobody has are noted no more often than this. */
const STRANGER_EVERY_MS = 60_000

type Person = { id: string; name: string; email: string; role?: string | null }

const roleOf = (role: string | null | undefined): Role => ROLES.find((known) => known === role) ?? 'auditor'
const actorOf = ({ id, name, email, role }: Person): Actor => ({
  kind: 'user',
  id,
  name,
  email,
  role: roleOf(role),
})
const note = (action: string, person: Person) =>
  recordActivity(db, actorOf(person), { action, object: `user:${person.id}` }, new Date())

async function personBehind(body: unknown): Promise<Person | null> {
  const email = typeof body === 'object' && body !== null && 'email' in body ? body.email : undefined
  if (typeof email !== 'string') return null
  return db.user.findUnique({ where: { email: email.trim().toLowerCase() } })
}

export const beforeSignIn = createAuthMiddleware(async (ctx) => {
  if (ctx.path === '/sign-out') {
    const session = await getSessionFromCtx(ctx).catch(() => null)
    if (session) await note('session.sign-out', session.user)
  }
  if (ctx.path !== SIGN_IN) return
  const person = await personBehind(ctx.body)
  if (!person) return
  if (await hasTooMany(person.id))
    throw new APIError('TOO_MANY_REQUESTS', {
      code: 'ACCOUNT_CLOSED_FOR_NOW',
      message:
        'Too many wrong passwords for this account. Wait 15 minutes, or ask an administrator for a new one.',
    })
})

export const afterSignIn = createAuthMiddleware(async (ctx) => {
  const failed = ctx.context.returned instanceof APIError
  if (ctx.path === '/change-password' && !failed && ctx.context.session)
    await note('session.change-password', ctx.context.session.user)
  if (ctx.path !== SIGN_IN) return
  if (!failed && ctx.context.newSession) return note('session.sign-in', ctx.context.newSession.user)
  if (!failed) return
  const person = await personBehind(ctx.body)
  if (person) return note(FAILED, person)
  return noteStranger()
})

/** What was typed is not kept: people type passwords into the wrong field. */
async function noteStranger(): Promise<void> {
  const since = new Date(Date.now() - STRANGER_EVERY_MS)
  const recent = await db.activity.count({
    where: { object: 'user:nobody', action: FAILED, at: { gt: since } },
  })
  if (recent) return
  const actor: Actor = { kind: 'system', id: 'sign-in', name: 'Someone', role: 'auditor' }
  await recordActivity(db, actor, { action: FAILED, object: 'user:nobody' }, new Date())
}
