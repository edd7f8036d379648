// Shuts a member out: no sign-in, no session, no token. The account stays, so that the activity log keeps its meaning; in the
// directory the person has left, unless a newer source says otherwise.
import { z } from 'zod'
import { ensure } from '@/core/errors'
import { command } from '../command'
import { noteMember } from '../directory/note-member'
import { ensureAnotherAdministrator, memberToChange } from './last-administrator'

export const deactivateMember = command({
  name: 'member.deactivate',
  permission: 'member:manage',
  input: z.strictObject({ userId: z.string().min(1).max(100) }),
  async run({ input: { userId }, tx, now }) {
    const user = await memberToChange(tx, userId)
    ensure(!user.banned, 'conflict', `${user.name} is deactivated already.`)
    if (user.role === 'administrator') await ensureAnotherAdministrator(tx, userId)
    await tx.user.update({ where: { id: userId }, data: { banned: true, banExpires: null } })
    await noteMember(tx, user, false, now)
    const { count } = await tx.session.deleteMany({ where: { userId } })
    return { id: userId, sessionsEnded: count }
  },
  activity: ({ userId }, { sessionsEnded }) => ({ object: `user:${userId}`, detail: { sessionsEnded } }),
})
