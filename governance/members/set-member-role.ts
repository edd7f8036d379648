// Gives a member another role. It holds from their next request on, for their tokens too.
import { z } from 'zod'
import { ensure } from '@/core/errors'
import { ROLES } from '@/core/permissions'
import { command } from '../command'
import { ensureAnotherAdministrator, memberToChange } from './last-administrator'

export const setMemberRole = command({
  name: 'member.set-role',
  permission: 'member:manage',
  input: z.strictObject({ userId: z.string().min(1).max(100), role: z.enum(ROLES) }),
  async run({ input: { userId, role }, tx }) {
    const user = await memberToChange(tx, userId)
    if (user.role === 'administrator' && role !== 'administrator')
      await ensureAnotherAdministrator(tx, userId)
    ensure(
      role === 'auditor' || !user.isLimited,
      'conflict',
      `${user.name} is limited to some scopes, as only an auditor can be. Take that limit away first: with another role they see all that it may see.`,
    )
    await tx.user.update({ where: { id: userId }, data: { role } })
    return { id: userId, role, before: user.role }
  },
  activity: ({ userId, role }, { before }) => ({ object: `user:${userId}`, detail: { role, before } }),
})
