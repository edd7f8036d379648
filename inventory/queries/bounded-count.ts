// Counts up to a bound, so that a large inventory does not make every page wait for an exact number.
import { reader } from '@/inventory/moment/at-moment'
import { Prisma } from '@/prisma/generated/client'
import { COUNT_MAX } from './sql'
import type { BoundedCount } from './types'

export async function boundedCount(from: Prisma.Sql, where: Prisma.Sql): Promise<BoundedCount> {
  const [row] = await reader.$queryRaw<{ count: number }[]>(
    Prisma.sql`SELECT count(*)::int AS count FROM (SELECT 1 FROM ${from} WHERE ${where} LIMIT ${COUNT_MAX + 1}::int) counted`,
  )
  const count = row?.count ?? 0
  return { count: Math.min(count, COUNT_MAX), more: count > COUNT_MAX }
}
