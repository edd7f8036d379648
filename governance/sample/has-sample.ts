// Whether the sample organisation is there: pages offer to add or to remove it, and say that it is not real, or left out.
import type { Actor } from '@/core/permissions'
import { db } from '@/prisma/client'
import { authorise } from '../authorise'

export async function hasSample(actor: Actor | null): Promise<boolean> {
  authorise(actor, 'identity:read')
  return (await db.connection.count({ where: { mode: 'sample' } })) > 0
}

/** Whether lists and counts leave it out by themselves: something real is there. */
export async function isSampleLeftOut(actor: Actor | null): Promise<boolean> {
  authorise(actor, 'identity:read')
  return (await db.scope.findFirst({ where: { sample: false }, select: { id: true } })) !== null
}
