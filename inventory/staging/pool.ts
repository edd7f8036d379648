// Connections that copy rows in bulk, which the client of everything else cannot.
import { env } from '@/env'
import pg from 'pg'
import { from } from 'pg-copy-streams'
import { finished } from 'node:stream/promises'

const POOL_MAX = 2
const held = globalThis as unknown as { rollcallCopies?: pg.Pool }

/** A connection that is lost while nobody uses it says so to the next one who asks. */
function pool(): pg.Pool {
  held.rollcallCopies ??= new pg.Pool({
    connectionString: env.databaseUrl,
    max: POOL_MAX,
    allowExitOnIdle: true,
    application_name: 'rollcall staging',
  }).on('error', () => {})
  return held.rollcallCopies
}

/** Appends lines in the text format of COPY to a table, all or none. */
export async function copyInto(table: string, columns: string, lines: string): Promise<void> {
  const client = await pool().connect()
  let broken: Error | undefined
  try {
    const copy = client.query(from(`COPY ${table} (${columns}) FROM STDIN`))
    copy.end(lines)
    await finished(copy)
  } catch (error) {
    broken = error as Error
    throw error
  } finally {
    client.release(broken)
  }
}

export type Ask = <R extends pg.QueryResultRow>(sql: string, values: unknown[]) => Promise<R[]>

/** Bytes come through as they are, which the other client would write out as text first. */
export async function inTransaction<T>(work: (ask: Ask) => Promise<T>): Promise<T> {
  const client = await pool().connect()
  let broken: Error | undefined
  try {
    await client.query('BEGIN')
    const done = await work(async (sql, values) => (await client.query(sql, values)).rows)
    await client.query('COMMIT')
    return done
  } catch (error) {
    // A connection that is closed takes its transaction with it.
    broken = error as Error
    throw error
  } finally {
    client.release(broken)
  }
}

/** Text as a field of COPY. */
export const copyText = (text: string): string =>
  /[\\\n\r\t]/.test(text)
    ? text.replace(/[\\\n\r\t]/g, (c) =>
        c === '\\' ? '\\\\' : c === '\n' ? '\\n' : c === '\r' ? '\\r' : '\\t',
      )
    : text
export const COPY_NULL = '\\N'
