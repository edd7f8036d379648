// Tells the planner what present and past hold together. The server looks after each table by itself, never after several
// that are read as one.
import { db } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'

/** Reads a sample of each table: seconds, whatever they hold. */
export async function analyzePast(): Promise<void> {
  const tables = await db.$queryRaw<{ name: string }[]>`
    SELECT format('version.%I', tablename) AS name FROM pg_tables WHERE schemaname = 'version' ORDER BY 1`
  for (const { name } of tables) await db.$executeRaw`ANALYZE ${Prisma.raw(name)}`
}
