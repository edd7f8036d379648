// Lets go of what history no longer has to answer. First it is said from when on questions are answered, then versions go:
// an answer is given from a whole past or not at all, also after a crash in the middle.
import type { Instant } from '@/core/fact'
import { historySetting } from '@/inventory/moment/history-begins'
import { db } from '@/prisma/client'
import { deleteEnded, hasEnded, pastTables } from './ended-versions'
import { scopesWithLongGone, takeOutLongGone, takeOutOldRuns } from './long-gone'

const DAY_MS = 24 * 3600_000
/** Answers that began before the past was shortened have so long to end. */
const PATIENCE_MS = 3600_000
const BATCH = 10_000

export type Compacted = { versions: number; rows: number; from: Instant | null }
type Options = { now: Date; signal?: AbortSignal; batch?: number }

/** Repeats a batch until nothing is left. */
async function drain(one: () => Promise<number>, signal?: AbortSignal): Promise<number> {
  let sum = 0
  for (;;) {
    signal?.throwIfAborted()
    const count = await one()
    sum += count
    if (count === 0) return sum
  }
}

/** History begins here from now on; it never begins earlier again, whatever is set later. */
async function beginAt(cutoff: Instant): Promise<Instant> {
  const [row] = await db.$queryRaw<{ from: Instant }[]>`
    UPDATE setting SET value = jsonb_set(value, '{from}',
      to_jsonb(greatest(value ->> 'from' COLLATE "C", ${cutoff}::text COLLATE "C")))
    WHERE key = 'history' RETURNING value ->> 'from' AS from`
  if (!row) throw new Error('the setting of history is missing')
  return row.from
}

const before = (at: Instant): Instant => new Date(Date.parse(at) - PATIENCE_MS).toISOString()

async function anythingEnded(tables: string[], at: Instant): Promise<boolean> {
  for (const table of tables) if (await hasEnded(table, at)) return true
  return false
}

/** Safe to repeat and to interrupt. */
export async function compactHistory({ now, signal, batch = BATCH }: Options): Promise<Compacted> {
  const { days } = await historySetting()
  const cutoff = new Date(now.getTime() - days * DAY_MS).toISOString()
  const tables = await pastTables()
  // What is gone is still told by its versions: nothing that can be asked about is lost.
  let rows = 0
  for (const scopeId of await scopesWithLongGone(before(cutoff)))
    rows += await drain(() => takeOutLongGone(scopeId, before(cutoff), batch), signal)
  rows += await drain(() => takeOutOldRuns(before(cutoff), batch), signal)
  let versions = 0
  let { from } = await historySetting()
  if (await anythingEnded(tables, before(cutoff))) {
    from = await beginAt(cutoff)
    const end = before(from)
    for (const table of tables) versions += await drain(() => deleteEnded(table, end, batch), signal)
  }
  await noteCompaction(now, { versions, rows, from })
  return { versions, rows, from }
}

async function noteCompaction(at: Date, { versions, rows }: Compacted): Promise<void> {
  const value = { at: at.toISOString(), versions, rows }
  await db.setting.upsert({
    where: { key: 'compaction' },
    create: { key: 'compaction', value },
    update: { value },
  })
}
