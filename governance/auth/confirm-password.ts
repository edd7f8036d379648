// Asks who is signed in for their password again, right before what carries their name. The login library compares.
import { APIError } from 'better-auth/api'
import { RollcallError } from '@/core/errors'
import type { Actor } from '@/core/permissions'
import { db } from '@/prisma/client'
import { recordActivity } from '../activity/record-activity'
import { invalid } from '../command'
import { auth } from './auth'
import { ensureNotTooMany, FAILED_AGAIN } from './wrong-passwords'

/** Of one account, one after the other: of many guesses sent at once, each sees those before it. */
const waiting = new Map<string, Promise<unknown>>()
async function inTurn<T>(userId: string, work: () => Promise<T>): Promise<T> {
  const before = waiting.get(userId) ?? Promise.resolve()
  const mine = before.catch(() => undefined).then(work)
  waiting.set(userId, mine)
  try {
    return await mine
  } finally {
    if (waiting.get(userId) === mine) waiting.delete(userId)
  }
}

const note = (actor: Actor, action: string, what: string): Promise<void> =>
  recordActivity(db, actor, { action, object: `user:${actor.id}`, detail: { for: what } }, new Date())

async function ensureHasPassword({ id }: Actor): Promise<void> {
  const account = await db.account.findFirst({ where: { userId: id, providerId: 'credential' } })
  if (account?.password) return
  throw new RollcallError(
    'conflict',
    'Your account has no password that could be asked for. Ask an administrator to set one for you under Settings, Members; then sign in with it, and do this again.',
  )
}

/** @returns whether it is the password of the session's person; false where the session is somebody else's too */
async function isRight(headers: Headers, { id }: Actor, password: string): Promise<boolean> {
  const session = await auth.api.getSession({ headers })
  if (session?.user.id !== id) throw new RollcallError('unauthenticated', 'Sign in first.')
  try {
    await auth.api.verifyPassword({ headers, body: { password } })
    return true
  } catch (error) {
    if (error instanceof APIError && error.status === 'BAD_REQUEST') return false
    throw error
  }
}

/**
 * @param headers of the request whose session is asked
 * @param what the command that it is asked for, as the activity log names it
 * @throws RollcallError `invalid` at the field `password` where it is wrong or empty, `limited` after too many wrong ones,
 * `conflict` where the account has none, `forbidden` for tokens, `unauthenticated`
 */
export async function confirmPassword(
  actor: Actor | null,
  headers: Headers,
  { password, what }: { password: string; what: string },
): Promise<void> {
  if (!actor) throw new RollcallError('unauthenticated', 'Sign in first.')
  if (actor.kind !== 'user')
    throw new RollcallError(
      'forbidden',
      'A password is asked for in the browser, of somebody who is signed in.',
    )
  if (!password) throw invalid([{ path: 'password', message: 'Type your password again.' }])
  await ensureHasPassword(actor)
  await inTurn(actor.id, async () => {
    await ensureNotTooMany(actor.id)
    const right = await isRight(headers, actor, password)
    await note(actor, right ? 'session.confirm' : FAILED_AGAIN, what)
    if (!right) throw invalid([{ path: 'password', message: 'This is not your password. Type it again.' }])
  })
}
