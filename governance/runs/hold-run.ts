// Whoever works on a run holds it: a session lock of the database, which ends with the process, however that ends.
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { env } from '@/env'
import { db } from '@/prisma/client'

const ASK_AGAIN_MS = 500
/** A run is worked on; a connection is followed, and what it sends is brought in. */
type What = 'run' | 'following' | 'receiving'
const lockName = (id: string, what: What = 'run') => `rollcall ${what} ${id}`

/** The server notices within half a minute that the other side is gone, even when its machine is. */
const SESSION = `SET idle_session_timeout = 0; SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5;
  SET tcp_keepalives_count = 3`

export type Held<T> = { held: true; value: T } | { held: false }

/**
 * Does the work while no other process does it. An attempt that was taken for dead and still lives keeps the lock,
 * so that two never stage the same run.
 * @param waitMs how long to wait for another holder to let go
 * @param work gets a signal that aborts when the lock is lost
 */
export async function holdRun<T>(
  id: string,
  { waitMs, signal, what }: { waitMs: number; signal?: AbortSignal; what?: What },
  work: (lost: AbortSignal) => Promise<T>,
): Promise<Held<T>> {
  const lost = new AbortController()
  const client = new pg.Client({ connectionString: env.databaseUrl, application_name: 'rollcall run' })
  client.on('error', () => lost.abort(new Error('the connection that holds the run was lost')))
  client.on('end', () => lost.abort(new Error('the connection that holds the run ended')))
  await client.connect()
  try {
    await client.query(SESSION)
    for (const until = Date.now() + waitMs; !(await take(client, lockName(id, what)));) {
      if (Date.now() >= until || signal?.aborted) return { held: false }
      await wait(ASK_AGAIN_MS)
    }
    return { held: true, value: await work(lost.signal) }
  } finally {
    // Closing ends the lock; a connection that is lost has ended it already.
    await client.end().catch(() => {})
  }
}

async function take(client: pg.Client, name: string): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>(
    'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS taken',
    [name],
  )
  return rows[0]?.taken === true
}

/** Whether some process works on the run at this moment. Looks only: trying the lock would hold it for a moment. */
export async function isHeld(id: string, what?: What): Promise<boolean> {
  const [row] = await db.$queryRaw<{ held: boolean }[]>`
    SELECT EXISTS (
      SELECT 1 FROM pg_locks l JOIN pg_database d ON d.oid = l.database
      WHERE d.datname = current_database() AND l.locktype = 'advisory' AND l.objsubid = 1 AND l.granted
        AND ((l.classid::bigint << 32) | l.objid::bigint) = hashtextextended(${lockName(id, what)}, 0)
    ) AS held`
  return row?.held === true
}
