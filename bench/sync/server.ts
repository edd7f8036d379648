// The database server around what is measured: a connection of its own, and a state that is the same for each measurement.
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { env } from '@/env'
import { analyzePast } from '@/inventory/moment/analyze-past'

export const INVENTORY = [
  'identity',
  'credential',
  'entitlement',
  'grant',
  'trust',
  'workload',
  'usage',
  'owner_hint',
  'secret',
  'issuer',
] as const

export async function withServer<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: env.databaseUrl, application_name: 'rollcall bench' })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

const SETTLE_MS_MAX = 60_000
const AUTOVACUUM = "SELECT 1 FROM pg_stat_activity WHERE backend_type = 'autovacuum worker' LIMIT 1"

/** What the measurement before has left to the server to do must not count as part of the next one. */
export const settle = (): Promise<void> =>
  withServer(async (client) => {
    // Whoever may not ask for a checkpoint is measured without.
    await client.query('CHECKPOINT').catch(() => {})
    for (const until = Date.now() + SETTLE_MS_MAX; Date.now() < until; await wait(1000))
      if (!(await client.query(AUTOVACUUM)).rowCount) return
  })

/** By now every backend has told what it wrote: those that ended did so at once, idle ones within ten seconds. */
const TOLD_MS = 1500

export type Written = { current: number; past: number; other: number }

/** Rows written so far, as the server counts them: an update that changes nothing counts too. */
export async function writtenSoFar(): Promise<Written> {
  await wait(TOLD_MS)
  const { rows } = await withServer((client) =>
    client.query<{ of: string; count: number }>(
      `SELECT CASE WHEN schemaname = 'public' AND relname = ANY($1) THEN 'current' WHEN schemaname = 'past' THEN 'past'
         ELSE 'other' END AS of, sum(n_tup_ins + n_tup_upd)::float8 AS count
       FROM pg_stat_user_tables WHERE schemaname IN ('public', 'past') GROUP BY 1`,
      [INVENTORY],
    ),
  )
  const of = (name: string) => rows.find((row) => row.of === name)?.count ?? 0
  return { current: of('current'), past: of('past'), other: of('other') }
}

/** What the server does by itself a little later, and the daily job for the past: counts what tables hold, and marks what all may see. */
export const maintain = (schema: 'public' | 'past'): Promise<void> =>
  withServer(async (client) => {
    const tables = await client.query<{ name: string }>(
      "SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname = $1",
      [schema],
    )
    await client.query(`VACUUM (ANALYZE) ${tables.rows.map(({ name }) => name).join(', ')}`)
    await analyzePast()
  })
