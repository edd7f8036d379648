// Adds someone with a role and a first password, which an administrator hands to them; from the start within their limits.
import { z } from 'zod'
import { ensure } from '@/core/errors'
import { ROLES } from '@/core/permissions'
import { endOfAccess } from '../auth/access-end'
import { addUser, Email, Password, PersonName } from '../auth/password'
import { command } from '../command'
import { ensureScopes, Limits, writeScopes } from './limit-member'

export const createMember = command({
  name: 'member.create',
  permission: 'member:manage',
  input: Limits.extend({ name: PersonName, email: Email, role: z.enum(ROLES), password: Password }),
  async run({ input: { until, scopes, ...person }, tx, now }) {
    const held = await tx.user.findUnique({ where: { email: person.email }, select: { id: true } })
    ensure(!held, 'conflict', `There is an account for ${person.email} already.`)
    const accessUntil = endOfAccess(until, now)
    const within = await ensureScopes(tx, person.role, { scopes })
    const { id } = await addUser(tx, { ...person, accessUntil, isLimited: within !== null }, now)
    await writeScopes(tx, id, within)
    return { id, until: accessUntil?.toISOString(), scopes: within }
  },
  activity: ({ email, role }, { id, until, scopes }) => ({
    object: `user:${id}`,
    detail: { email, role, ...(until && { until }), ...(scopes && { scopes }) },
  }),
})
