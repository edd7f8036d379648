// Limits a member's access in time, and an auditor's to some scopes. It holds from their next request on, for their tokens too.
import { z } from 'zod'
import { ensure } from '@/core/errors'
import type { Tx } from '@/prisma/client'
import { endOfAccess } from '../auth/access-end'
import { command, invalid } from '../command'
import { ensureAnotherAdministrator, memberToChange } from './last-administrator'

const SCOPES_MAX = 1000

/** What somebody's access can be limited to. */
export const Limits = z.strictObject({
  /** The last day, in UTC; null or left out: no end. */
  until: z.iso.date({ error: 'must be a day, like 2027-02-21' }).nullish(),
  /** Ids; null or left out: everything. */
  scopes: z
    .array(z.guid({ error: 'is not the id of a scope' }))
    .min(1, { error: 'must name a scope' })
    .max(SCOPES_MAX, { error: `must be at most ${SCOPES_MAX}` })
    .nullish(),
})
export type Limits = z.output<typeof Limits>

/** @throws RollcallError `invalid` at `scopes` where the role cannot be limited so, or one is not there */
export async function ensureScopes(
  tx: Tx,
  role: string | null,
  { scopes }: Limits,
): Promise<string[] | null> {
  if (!scopes) return null
  if (role !== 'auditor')
    throw invalid([{ path: 'scopes', message: 'Only an auditor can be limited to scopes.' }])
  const asked = [...new Set(scopes)]
  const held = await tx.scope.count({ where: { id: { in: asked } } })
  if (held !== asked.length)
    throw invalid([{ path: 'scopes', message: 'One of these scopes is not there, or no longer.' }])
  return asked
}

export async function writeScopes(tx: Tx, userId: string, scopes: readonly string[] | null): Promise<void> {
  await tx.userScope.deleteMany({ where: { userId } })
  if (scopes) await tx.userScope.createMany({ data: scopes.map((scopeId) => ({ userId, scopeId })) })
}

export const limitMember = command({
  name: 'member.limit',
  permission: 'member:manage',
  input: Limits.extend({ userId: z.string().min(1).max(100) }),
  async run({ actor, input: { userId, ...limits }, tx, now }) {
    const user = await memberToChange(tx, userId)
    ensure(user.id !== actor.id, 'conflict', 'Nobody limits their own access. Ask another administrator.')
    const accessUntil = endOfAccess(limits.until, now)
    const scopes = await ensureScopes(tx, user.role, limits)
    if (user.role === 'administrator' && accessUntil && !user.banned)
      await ensureAnotherAdministrator(tx, userId)
    await tx.user.update({ where: { id: userId }, data: { accessUntil, isLimited: scopes !== null } })
    await writeScopes(tx, userId, scopes)
    const before = { until: user.accessUntil?.toISOString() ?? null }
    return { id: userId, until: accessUntil?.toISOString() ?? null, scopes, before }
  },
  activity: ({ userId }, { until, scopes, before }) => ({
    object: `user:${userId}`,
    detail: { until, before: before.until, scopes },
  }),
})
