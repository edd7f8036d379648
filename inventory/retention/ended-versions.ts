// Deletes versions that ended before an instant, bit by bit, so that nobody waits for it and a crash loses nothing.
import type { Instant } from '@/core/fact'
import { Prisma } from '@/prisma/generated/client'
import { db } from '@/prisma/client'

/** Every table that keeps ended versions. */
export async function pastTables(): Promise<string[]> {
  const rows = await db.$queryRaw<{ name: string }[]>`
    SELECT relname::text AS name FROM pg_class WHERE relnamespace = 'past'::regnamespace AND relkind = 'r' ORDER BY relname`
  return rows.map(({ name }) => name)
}

/** Ended in both times: no question about a later moment is answered from it. */
const endedBy = (before: Instant): Prisma.Sql =>
  Prisma.sql`known_to <= ${before}::timestamptz AND greatest(known_to, valid_to) <= ${before}::timestamptz`

const past = (table: string): Prisma.Sql => Prisma.raw(`past."${table}"`)

export async function hasEnded(table: string, before: Instant): Promise<boolean> {
  const [row] = await db.$queryRaw<{ found: boolean }[]>(
    Prisma.sql`SELECT EXISTS (SELECT 1 FROM ${past(table)} WHERE ${endedBy(before)}) AS found`,
  )
  return row?.found ?? false
}

/** One batch, in a transaction of its own. Returns how many went. */
export const deleteEnded = (table: string, before: Instant, batch: number): Promise<number> =>
  db.$executeRaw(Prisma.sql`
    DELETE FROM ${past(table)} WHERE ctid = ANY(ARRAY(
      SELECT ctid FROM ${past(table)} WHERE ${endedBy(before)} LIMIT ${batch}::int))`)
