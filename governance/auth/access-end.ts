// Until when a member has access. The clock decides at each request: neither a session nor a token is trusted with it.
import { db } from '@/prisma/client'
import { invalid } from '../command'
import { endOfDay, lastDay } from '../exceptions/last-day'

const words = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
})

type Until = { accessUntil: Date | null }

/** From the instant itself on. */
export const hasEnded = ({ accessUntil }: Until, now = new Date()): boolean =>
  accessUntil !== null && accessUntil.getTime() <= now.getTime()

/** Members who are not shut out by the clock. */
export const notEnded = (now = new Date()) => ({
  OR: [{ accessUntil: null }, { accessUntil: { gt: now } }],
})

/** Accounts that can be acted with: neither deactivated nor shut out by the clock. */
export const inUse = (now = new Date()) => ({
  AND: [{ OR: [{ banned: null }, { banned: false }] }, notEnded(now)],
})

/** The last day (UTC) on which they had access. */
export const lastDayOf = (accessUntil: Date): string => words.format(accessUntil.getTime() - 1)

/** The code with which signing in is refused, and its words. */
export const ACCESS_ENDED = 'ACCESS_ENDED'
export const endedWords = (accessUntil: Date): string =>
  `Your access ended on ${lastDayOf(accessUntil)}. Ask an administrator for more time.`

/** What is said to whoever is shut out; undefined to everybody else. */
export async function whyShutOut(userId: string, now = new Date()): Promise<string | undefined> {
  const user = await db.user.findUnique({ where: { id: userId }, select: { accessUntil: true } })
  return user?.accessUntil && hasEnded(user, now) ? endedWords(user.accessUntil) : undefined
}

/**
 * The instant at which access ends that lasts through the day given.
 * @throws RollcallError `invalid` at `until`
 */
export function endOfAccess(until: string | null | undefined, now: Date): Date | null {
  if (!until) return null
  const wrong = lastDay(until, now)
  if (wrong) throw invalid([{ path: 'until', message: wrong }])
  return endOfDay(until)
}
