// Whether anybody has written the rows of a scope since an instant.
import type { Tx } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'
import { PROJECTIONS } from './projections'

const TABLES = Object.values(PROJECTIONS).map(({ table }) => Prisma.raw(table))

/** Whoever writes rows of a scope says that the look was applied: only then the rows themselves are asked. */
export async function changedSince(tx: Tx, scopeId: string, at: Date): Promise<boolean> {
  const [applied] = await tx.$queryRaw<{ any: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM run_coverage WHERE scope_id = ${scopeId}::uuid AND applied_at > ${at}::timestamptz)
      OR EXISTS (SELECT 1 FROM look WHERE scope_id = ${scopeId}::uuid AND known_from > ${at}::timestamptz) AS any`
  if (!applied?.any) return false
  const newer = (table: Prisma.Sql) =>
    Prisma.sql`EXISTS (SELECT 1 FROM ${table} WHERE scope_id = ${scopeId}::uuid AND known_from > ${at}::timestamptz)`
  const [rows] = await tx.$queryRaw<
    { any: boolean }[]
  >`SELECT ${Prisma.join(TABLES.map(newer), ' OR ')} AS any`
  return rows?.any ?? false
}
