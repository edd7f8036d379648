// Adds someone with a role and a first password, which an administrator hands to them.
import { z } from 'zod'
import { ensure } from '@/core/errors'
import { ROLES } from '@/core/permissions'
import { addUser, Email, Password, PersonName } from '../auth/password'
import { command } from '../command'

export const createMember = command({
  name: 'member.create',
  permission: 'member:manage',
  input: z.strictObject({ name: PersonName, email: Email, role: z.enum(ROLES), password: Password }),
  async run({ input, tx, now }) {
    const held = await tx.user.findUnique({ where: { email: input.email }, select: { id: true } })
    ensure(!held, 'conflict', `There is an account for ${input.email} already.`)
    const { id } = await addUser(tx, input, now)
    return { id }
  },
  activity: ({ email, role }, { id }) => ({ object: `user:${id}`, detail: { email, role } }),
})
