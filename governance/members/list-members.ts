// Everyone who has an account, active or not.
import type { Instant } from '@/core/fact'
import type { Actor, Role } from '@/core/permissions'
import { db } from '@/prisma/client'
import { authorise } from '../authorise'

export type MemberView = {
  id: string
  name: string
  email: string
  role: Role
  active: boolean
  createdAt: Instant
  /** When their newest session began; left out when they have none. */
  lastSignInAt?: Instant
  /** Whether this is the one who asks. */
  you: boolean
}

export async function listMembers(actor: Actor | null): Promise<MemberView[]> {
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
      sessions: { select: { createdAt: true }, orderBy: { createdAt: 'desc' }, take: 1 },
    },
  })
  return users.map(({ role, banned, createdAt, sessions, ...user }) => ({
    ...user,
    role: role as Role,
    active: !banned,
    createdAt: createdAt.toISOString(),
    ...(sessions[0] && { lastSignInAt: sessions[0].createdAt.toISOString() }),
    you: user.id === actor.id,
  }))
}
