// Which scopes a count speaks of: the sample organisation counts only while there is nothing else.
import { db } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'

/** Whether there is a scope that is not a sample. */
export async function hasRealScope(): Promise<boolean> {
  return (await db.scope.findFirst({ where: { sample: false }, select: { id: true } })) !== null
}

/** Condition over `scope s`. */
export const countedScopes = (real: boolean): Prisma.Sql =>
  real ? Prisma.sql`NOT s.sample` : Prisma.sql`TRUE`
