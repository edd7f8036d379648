// Whether what a database has on disk is whole: every row can be read, and every index agrees with its table.
import type pg from 'pg'

const INDEXES = `SELECT i.indexrelid::regclass::text AS index, i.indrelid::regclass::text AS of, a.amname AS method
  FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname IN ('public', 'past', 'version', 'pg_catalog') AND c.relpersistence = 'p' AND i.indisvalid`
const TABLES = `SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname IN ('public', 'past', 'version', 'pg_catalog') AND c.relkind = 'r' AND c.relpersistence = 'p'`

const hasAmcheck = async (client: pg.Client): Promise<boolean> => {
  const { rowCount } = await client.query(`SELECT 1 FROM pg_available_extensions WHERE name = 'amcheck'`)
  if (rowCount) await client.query('CREATE EXTENSION IF NOT EXISTS amcheck')
  return Boolean(rowCount)
}

/** One line for each damage. */
export async function storageProblems(client: pg.Client): Promise<string[]> {
  const problems: string[] = []
  const tell = (what: string) => (error: unknown) =>
    void problems.push(`${what}: ${error instanceof Error ? error.message : String(error)}`)
  const tables = (await client.query<{ name: string }>(TABLES)).rows
  const indexes = (await client.query<{ index: string; of: string; method: string }>(INDEXES)).rows
  const amcheck = await hasAmcheck(client)
  for (const { name } of tables) {
    await client.query(`SELECT count(t::text) FROM ONLY ${name} t`).catch(tell(name))
    if (!amcheck) continue
    const { rows } = await client.query<{ msg: string }>('SELECT msg FROM verify_heapam($1)', [name])
    for (const { msg } of rows) problems.push(`${name}: ${msg}`)
  }
  for (const { index, of, method } of indexes) {
    if (method === 'btree' && amcheck)
      await client.query('SELECT bt_index_check($1, true)', [index]).catch(tell(index))
    else if (method === 'btree') await sameCount(client, of).catch(tell(index))
  }
  return tables.length > 20 && indexes.length > 40 ? problems : ['there is nothing to check']
}

async function sameCount(client: pg.Client, table: string): Promise<void> {
  const count = async (...off: string[]) => {
    await client.query('BEGIN')
    for (const way of off) await client.query(`SET LOCAL enable_${way} = off`)
    const { rows } = await client.query<{ count: string }>(`SELECT count(*) FROM ONLY ${table}`)
    await client.query('ROLLBACK')
    return rows[0]?.count
  }
  const [bySeq, byIndex] = [await count('indexscan', 'indexonlyscan', 'bitmapscan'), await count('seqscan')]
  if (bySeq !== byIndex) throw new Error(`holds ${bySeq} rows, and by index ${byIndex}`)
}
