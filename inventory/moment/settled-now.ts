// The newest instant about which every answer is final.
import type { Instant } from '@/core/fact'
import { db } from '@/prisma/client'

/** Now, or the instant before the oldest changes that are still being written. */
export async function settledNow(): Promise<Instant> {
  const [row] = await db.$queryRaw<{ now: Date; since: Date | null }[]>`
    SELECT asked.now, knowledge_unsettled(asked.now) AS since
    FROM (SELECT date_trunc('milliseconds', clock_timestamp()) AS now) asked`
  const now = row?.now ?? new Date()
  return row?.since ? new Date(row.since.getTime() - 1).toISOString() : now.toISOString()
}
