// Gives a member a new password when they have lost theirs. Their sessions end.
import { z } from 'zod'
import { Password, replacePassword } from '../auth/password'
import { command } from '../command'
import { memberToChange } from './last-administrator'

export const setMemberPassword = command({
  name: 'member.set-password',
  permission: 'member:manage',
  input: z.strictObject({ userId: z.string().min(1).max(100), password: Password }),
  async run({ input: { userId, password }, tx }) {
    await memberToChange(tx, userId)
    await replacePassword(tx, userId, password)
    return { id: userId }
  },
  activity: ({ userId }) => ({ object: `user:${userId}` }),
})
