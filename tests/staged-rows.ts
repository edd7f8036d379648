// How many observations wait in staging tables: of one run, or of all.
import { db } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'

export async function stagedRows(runId?: string): Promise<number> {
  const tables = await db.$queryRaw<{ name: string }[]>`
    SELECT tablename AS name FROM pg_tables WHERE schemaname = 'staging'
      AND starts_with(tablename, ${runId ? `r${runId.replaceAll('-', '')}_` : 'r'})`
  let count = 0
  for (const { name } of tables) {
    const [row] = await db.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM ${Prisma.raw(`staging.${name}`)}`
    count += row?.count ?? 0
  }
  return count
}
