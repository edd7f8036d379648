// Everything the record answers about a moment, as text: equal texts are equal answers, to the byte.
import type { Instant } from '@/core/fact'
import { db } from '@/prisma/client'

/** Tables as they stood at the moment. What happened to one thing is as long as history is kept, and left out. */
async function momentTables(): Promise<string[]> {
  const rows = await db.$queryRaw<{ name: string }[]>`
    SELECT viewname::text AS name FROM pg_views WHERE schemaname = 'moment' AND viewname NOT LIKE '%\_version' ORDER BY viewname`
  return rows.map(({ name }) => name)
}

/** Table → its rows as JSON, in one order. */
export async function pastAnswers(valid: Instant, known: Instant = valid): Promise<Record<string, string[]>> {
  const tables = await momentTables()
  return db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT set_config('transaction_read_only', 'on', true),
      set_config('rollcall.valid', ${valid}, true), set_config('rollcall.known', ${known}, true)`
    const answers: Record<string, string[]> = {}
    for (const table of tables) {
      const rows = await tx.$queryRawUnsafe<{ row: string }[]>(
        `SELECT to_jsonb(t)::text AS row FROM moment."${table}" t ORDER BY 1`,
      )
      answers[table] = rows.map(({ row }) => row)
    }
    return answers
  })
}
