// Whom a notice is for: people with an account that is in use.
import { mayWithin, PERMISSIONS, type Permission } from '@/core/permissions'
import type { Tx } from '@/prisma/client'
import { inUse } from '../auth/access-end'
import { isZone } from './local-time'

export type Person = {
  /** Left out for somebody who has no account. */
  userId?: string
  /** Empty for whoever has none, and is reached by a channel of their own. */
  email: string
  name: string
  /** Of somebody of the directory who has no account: their time zone, where it is known. */
  zone?: string
  /** And the channel that is theirs alone, which goes before mail. */
  channelId?: string
}

const SELECT = { id: true, email: true, name: true } as const
const toPerson = ({ id, email, name }: { id: string; email: string; name: string }): Person => ({
  userId: id,
  email,
  name,
})

/** Members whose role holds the permission. @param but whom it does not concern */
export async function membersWho(
  tx: Tx,
  permission: Permission,
  but: readonly string[] = [],
): Promise<Person[]> {
  // Who is limited to some scopes is told of nothing else.
  const unlimited = mayWithin(permission) ? {} : { isLimited: false }
  const users = await tx.user.findMany({
    where: { role: { in: [...PERMISSIONS[permission]] }, ...unlimited, id: { notIn: [...but] }, ...inUse() },
    select: SELECT,
    orderBy: { id: 'asc' },
  })
  return users.map(toPerson)
}

/** Those of the accounts that are in use. */
export async function membersNamed(tx: Tx, ids: readonly (string | null)[]): Promise<Person[]> {
  const wanted = ids.filter((id) => id !== null)
  const users = await tx.user.findMany({
    where: { id: { in: wanted }, ...inUse() },
    select: SELECT,
    orderBy: { id: 'asc' },
  })
  return users.map(toPerson)
}

/**
 * People of the directory, by id: those who have an account in use, at that; the others at their address. Who has left, and
 * who has neither an address nor a channel of their own, cannot be told.
 */
export async function peopleOfDirectory(
  tx: Pick<Tx, '$queryRaw'>,
  ids: readonly string[],
): Promise<Map<string, Person>> {
  const rows = await tx.$queryRaw<
    {
      id: string
      name: string
      email: string | null
      zone: string | null
      channelId: string | null
      userId: string | null
      userEmail: string | null
    }[]
  >`
    SELECT p.id, p.name, p.email, p.time_zone AS zone, ch.id AS "channelId", u.id AS "userId", u.email AS "userEmail"
    FROM person p LEFT JOIN "user" u ON lower(u.email) = p.email AND u.banned IS NOT TRUE
      LEFT JOIN channel ch ON ch.person_id = p.id AND ch.enabled
    WHERE p.id = ANY(${[...new Set(ids)]}::uuid[]) AND p.standing = 'here'
      -- Whose access has ended is not let back in by a link.
      AND NOT EXISTS (SELECT 1 FROM "user" e WHERE lower(e.email) = p.email AND e.access_until <= ${new Date()}::timestamptz)
      AND (p.email IS NOT NULL OR ch.id IS NOT NULL)`
  return new Map(
    rows.map(({ id, name, email, zone, channelId, userId, userEmail }) => [
      id,
      userId && userEmail
        ? { userId, email: userEmail, name }
        : {
            email: email ?? '',
            name,
            ...(zone !== null && isZone(zone) && { zone }),
            ...(channelId !== null && { channelId }),
          },
    ]),
  )
}
