// Whether the installation works: the database answers and a worker takes jobs.
import type { Instant } from '@/core/fact'
import { db } from '@/prisma/client'

/** Three missed beats. */
export const WORKER_SILENT_MS = 30_000
const DATABASE_TIMEOUT_MS = 5_000

export type Health = {
  ok: boolean
  database: 'ok' | 'unreachable'
  worker: 'ok' | 'missing'
  /** Since when a worker runs, or when the last one was heard of. */
  since?: Instant
}

export async function health(now = new Date()): Promise<Health> {
  const newest = await newestWorker()
  if (newest === undefined) return { ok: false, database: 'unreachable', worker: 'missing' }
  if (newest === null) return { ok: false, database: 'ok', worker: 'missing' }
  const alive = now.getTime() - newest.beatAt.getTime() < WORKER_SILENT_MS
  const since = (alive ? newest.startedAt : newest.beatAt).toISOString()
  return { ok: alive, database: 'ok', worker: alive ? 'ok' : 'missing', since }
}

/** null: there is none; undefined: the database does not answer. */
async function newestWorker() {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), DATABASE_TIMEOUT_MS)
  })
  try {
    const asked = db.worker.findFirst({ orderBy: { beatAt: 'desc' } }).catch(() => undefined)
    return await Promise.race([asked, late])
  } finally {
    clearTimeout(timer)
  }
}
