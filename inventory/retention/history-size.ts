// What keeping history costs: how many versions, how much room, and how far back it reaches.
import type { Instant } from '@/core/fact'
import { historySetting } from '@/inventory/moment/history-begins'
import { db } from '@/prisma/client'
import { lastCompaction, type Compaction } from './last-compaction'

export type HistorySize = {
  days: number
  /** The earliest instant that can be asked about: what was let go of ended before, or nothing was known earlier. */
  begins?: Instant
  /** Ended versions held, as the database estimates them. */
  versions: number
  bytes: number
  lastCompaction?: Compaction
}

export async function historySize(): Promise<HistorySize> {
  const { days, from } = await historySetting()
  const [held] = await db.$queryRaw<{ versions: number; bytes: number }[]>`
    SELECT coalesce(sum(coalesce(nullif(s.n_live_tup, 0), greatest(c.reltuples, 0))), 0)::float8 AS versions,
      coalesce(sum(pg_total_relation_size(c.oid)), 0)::float8 AS bytes
    FROM pg_class c LEFT JOIN pg_stat_all_tables s ON s.relid = c.oid
    WHERE c.relnamespace = 'past'::regnamespace AND c.relkind = 'r'`
  const [first] = await db.$queryRaw<{ at: Date | null }[]>`SELECT min(known_from) AS at FROM version.scope`
  const begins = from ?? first?.at?.toISOString()
  const last = await lastCompaction()
  return {
    days,
    versions: Math.round(held?.versions ?? 0),
    bytes: held?.bytes ?? 0,
    ...(begins && { begins }),
    ...(last && { lastCompaction: last }),
  }
}
