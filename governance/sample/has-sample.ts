// Whether the sample organisation is there: pages offer to add or to remove it, and say that it is not real.
import type { Actor } from '@/core/permissions'
import { db } from '@/prisma/client'
import { authorise } from '../authorise'

export async function hasSample(actor: Actor | null): Promise<boolean> {
  authorise(actor, 'identity:read')
  return (await db.connection.count({ where: { mode: 'sample' } })) > 0
}
