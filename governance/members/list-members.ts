// Everyone who has an account, active or not.
import type { Instant } from '@/core/fact'
import type { Actor, Role } from '@/core/permissions'
import { db } from '@/prisma/client'
import { hasEnded } from '../auth/access-end'
import { authorise } from '../authorise'

export type MemberView = {
  id: string
  name: string
  email: string
  role: Role
  active: boolean
  /** The instant at which their access ends, or ended; left out where it does not. */
  until?: Instant
  ended: boolean
  /** The scopes that they are limited to; left out where it is everything. Empty where none of them is left. */
  scopes?: { id: string; name: string }[]
  createdAt: Instant
  /** When their newest session began; left out when they have none. */
  lastSignInAt?: Instant
  /** Whether this is the one who asks. */
  you: boolean
}

export async function listMembers(actor: Actor | null, now = new Date()): Promise<MemberView[]> {
  authorise(actor, 'member:manage')
  const users = await db.user.findMany({
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    select: {
      id: true,
      name: true,
      email: true,
      role: true,
      banned: true,
      createdAt: true,
      accessUntil: true,
      isLimited: true,
      scopes: {
        select: { scope: { select: { id: true, name: true } } },
        orderBy: [{ scope: { name: 'asc' } }, { scopeId: 'asc' }],
      },
      sessions: { select: { createdAt: true }, orderBy: { createdAt: 'desc' }, take: 1 },
    },
  })
  return users.map(({ id, name, email, role, banned, createdAt, sessions, ...limits }) => ({
    ...{ id, name, email },
    role: role as Role,
    active: !banned,
    ...(limits.accessUntil && { until: limits.accessUntil.toISOString() }),
    ended: hasEnded(limits, now),
    ...(limits.isLimited && { scopes: limits.scopes.map(({ scope }) => scope) }),
    createdAt: createdAt.toISOString(),
    ...(sessions[0] && { lastSignInAt: sessions[0].createdAt.toISOString() }),
    you: id === actor.id,
  }))
}
