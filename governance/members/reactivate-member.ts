// Lets a deactivated member back in, with the role and the tokens they had.
import { z } from 'zod'
import { ensure } from '@/core/errors'
import { command } from '../command'
import { noteMember } from '../directory/note-member'
import { memberToChange } from './last-administrator'

export const reactivateMember = command({
  name: 'member.reactivate',
  permission: 'member:manage',
  input: z.strictObject({ userId: z.string().min(1).max(100) }),
  async run({ input: { userId }, tx, now }) {
    const user = await memberToChange(tx, userId)
    ensure(user.banned, 'conflict', `${user.name} is active.`)
    await tx.user.update({
      where: { id: userId },
      data: { banned: false, banExpires: null, banReason: null },
    })
    await noteMember(tx, user, true, now)
    return { id: userId }
  },
  activity: ({ userId }) => ({ object: `user:${userId}` }),
})
