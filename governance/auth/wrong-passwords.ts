// How many wrong passwords one account takes, at signing in and where it is asked again. The address of the caller can be
// made up, an account cannot.
import { RollcallError } from '@/core/errors'
import { db } from '@/prisma/client'

export const FAILED = 'session.sign-in-failed'
export const FAILED_AGAIN = 'session.confirm-failed'
const MINUTE_MS = 60_000
const WINDOW_MINUTES = 15
const FAILURES_MAX = 20
/** In a minute, of somebody who is signed in: as many as one address may send. */
const AGAIN_MAX = 10

const since = (minutes: number) => ({ gt: new Date(Date.now() - minutes * MINUTE_MS) })

export const hasTooMany = async (userId: string): Promise<boolean> =>
  (await db.activity.count({
    where: {
      object: `user:${userId}`,
      action: { in: [FAILED, FAILED_AGAIN] },
      at: since(WINDOW_MINUTES),
    },
  })) >= FAILURES_MAX

/** @throws RollcallError `limited` */
export async function ensureNotTooMany(userId: string): Promise<void> {
  if (await hasTooMany(userId))
    throw new RollcallError(
      'limited',
      `Too many wrong passwords for this account. Wait ${WINDOW_MINUTES} minutes, or ask an administrator for a new one.`,
      [],
      WINDOW_MINUTES * 60,
    )
  const lately = await db.activity.count({
    where: { object: `user:${userId}`, action: FAILED_AGAIN, at: since(1) },
  })
  if (lately >= AGAIN_MAX)
    throw new RollcallError(
      'limited',
      'Too many wrong passwords in a minute. Wait a minute, then try again: nothing you typed is lost.',
      [],
      60,
    )
}
