// Whether anybody has written the rows of a scope since an instant.
import type { Tx } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'
import { PROJECTIONS } from './projections'

const TABLES = Object.values(PROJECTIONS).map(({ table }) => Prisma.raw(table))

/** Whoever writes rows of a scope leaves a newer look at it: only then the rows themselves are asked. */
export async function changedSince(tx: Tx, scopeId: string, at: Date): Promise<boolean> {
  const newer = (table: Prisma.Sql) =>
    Prisma.sql`EXISTS (SELECT 1 FROM ${table} WHERE scope_id = ${scopeId}::uuid AND known_from > ${at}::timestamptz)`
  const [look] = await tx.$queryRaw<{ any: boolean }[]>`SELECT ${newer(Prisma.raw('look'))} AS any`
  if (!look?.any) return false
  const [rows] = await tx.$queryRaw<
    { any: boolean }[]
  >`SELECT ${Prisma.join(TABLES.map(newer), ' OR ')} AS any`
  return rows?.any ?? false
}
