// Who can be named as an auditor: members with that role, whose accounts are in use.
import type { Actor } from '@/core/permissions'
import { db } from '@/prisma/client'
import { authorise } from '../authorise'

export type PossibleAuditor = { id: string; name: string; email: string }
const SHOWN_MAX = 200

export async function possibleAuditors(actor: Actor | null): Promise<PossibleAuditor[]> {
  authorise(actor, 'audit:manage')
  return db.user.findMany({
    where: { role: 'auditor', OR: [{ banned: null }, { banned: false }] },
    select: { id: true, name: true, email: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: SHOWN_MAX,
  })
}
