// An installation without an administrator could not be helped from inside: the last one stays.
import { ensure } from '@/core/errors'
import type { Tx } from '@/prisma/client'
import { lockMembers } from '../auth/first-administrator'

/** The account, locked against changes by others. @throws RollcallError `not-found` */
export async function memberToChange(tx: Tx, userId: string) {
  await lockMembers(tx)
  const user = await tx.user.findUnique({ where: { id: userId } })
  ensure(user, 'not-found', 'There is no such member.')
  return user
}

/** @throws RollcallError `conflict` when nobody else could administer for good */
export async function ensureAnotherAdministrator(tx: Tx, userId: string): Promise<void> {
  const others = await tx.user.count({
    // One whose access ends would leave nobody in the end.
    where: {
      id: { not: userId },
      role: 'administrator',
      accessUntil: null,
      OR: [{ banned: false }, { banned: null }],
    },
  })
  ensure(
    others > 0,
    'conflict',
    'This is the last active administrator. Make someone else an administrator first.',
  )
}
