// Who can be given findings: every active member who does more than read, by name.
import type { Actor } from '@/core/permissions'
import { db } from '@/prisma/client'
import { notEnded } from '../auth/access-end'
import { authorise } from '../authorise'

const SHOWN_MAX = 500

export async function assignees(actor: Actor | null): Promise<{ id: string; name: string }[]> {
  authorise(actor, 'finding:triage')
  return db.user.findMany({
    where: { ...notEnded(), banned: { not: true }, role: { in: ['administrator', 'analyst', 'owner'] } },
    select: { id: true, name: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: SHOWN_MAX,
  })
}
