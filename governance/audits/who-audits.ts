// Who can be named as an auditor: members with that role, whose accounts are in use and whose access has not ended.
import type { Actor } from '@/core/permissions'
import { db } from '@/prisma/client'
import type { Prisma } from '@/prisma/generated/client'
import { inUse } from '../auth/access-end'
import { authorise } from '../authorise'

export type PossibleAuditor = { id: string; name: string; email: string }
const SHOWN_MAX = 200

export const canAudit = (now: Date): Prisma.UserWhereInput => ({
  role: 'auditor',
  ...inUse(now),
})

export async function possibleAuditors(actor: Actor | null, now = new Date()): Promise<PossibleAuditor[]> {
  authorise(actor, 'audit:manage')
  return db.user.findMany({
    where: canAudit(now),
    select: { id: true, name: true, email: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: SHOWN_MAX,
  })
}
