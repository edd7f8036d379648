// Removes every ended version of connections and scopes that were never real.
import type { Tx } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'

type Whose = { connectionIds: string[]; scopeIds: string[]; runIds: string[] }

/** Columns of versioned tables that say whose a row is. */
const OF_SCOPE = ['scope_id', 'from_scope_id', 'to_scope_id']

/** Whichever tables keep versions: by the columns they have. */
export async function forgetPast(tx: Tx, { connectionIds, scopeIds, runIds }: Whose): Promise<void> {
  await tx.$executeRaw`DELETE FROM past.run_coverage WHERE run_id = ANY(${runIds}::uuid[])
    OR run_id IN (SELECT id FROM past.run WHERE connection_id = ANY(${connectionIds}::uuid[]))`
  const columns = await tx.$queryRaw<{ table: string; column: string }[]>`
    SELECT c.relname::text AS "table", a.attname::text AS "column" FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'past'::regnamespace AND c.relkind = 'r' AND NOT a.attisdropped
      AND a.attname = ANY(${[...OF_SCOPE, 'connection_id']}::text[])`
  for (const { table, column } of columns) {
    const ids = column === 'connection_id' ? connectionIds : scopeIds
    const [from, of] = [Prisma.raw(`past."${table}"`), Prisma.raw(`"${column}"`)]
    await tx.$executeRaw(Prisma.sql`DELETE FROM ${from} WHERE ${of} = ANY(${ids}::uuid[])`)
  }
  await tx.$executeRaw`DELETE FROM past.connection WHERE id = ANY(${connectionIds}::uuid[])`
  await tx.$executeRaw`DELETE FROM past.scope WHERE id = ANY(${scopeIds}::uuid[])`
}
