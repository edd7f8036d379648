// An unknown never erases a known fact: merges staged observations with the answers held, before they are compared.
import { KINDS, type Observation } from '@/core/observation'
import { remember } from '@/core/remember'
import { Prisma } from '@/prisma/generated/client'
import type { Tx } from '@/prisma/client'
import { PROJECTIONS } from './projections'
import type { LookAt } from './reconcile'

type Pair = { rowId: string; staged: Observation; held: Observation; confirmedAt: Date }

/** Rows merged at a time: bounds memory whatever the size of the scope. */
const CHUNK = 1000
const FIRST = '00000000-0000-0000-0000-000000000000'

/** Carries older answers into the staged rows of one scope. Only rows that came with an unknown are read at all. */
export async function keepAnswers(tx: Tx, at: LookAt): Promise<void> {
  if (!(await findUnsure(tx, at))) return
  for (const kind of concerned(at))
    for (let after = FIRST; ;) {
      const found = await pairs(tx, at, kind, after)
      const last = found.at(-1)
      if (!last) break
      await merge(tx, at, found)
      after = last.rowId
    }
}

const concerned = ({ survey }: LookAt) => KINDS.filter((kind) => survey[kind].held && survey[kind].whole)

/** Notes which staged rows have an unknown where a row is held and about to be written. */
async function findUnsure(tx: Tx, at: LookAt): Promise<boolean> {
  const { scopeId, staged } = at
  if (!concerned(at).length) return false
  await tx.$executeRaw`
    CREATE TEMP TABLE IF NOT EXISTS unsure (kind text NOT NULL, row_id uuid NOT NULL, PRIMARY KEY (kind, row_id)) ON COMMIT DELETE ROWS`
  await tx.$executeRaw`DELETE FROM unsure`
  let found = 0
  for (const kind of concerned(at))
    found += await tx.$executeRaw`
      INSERT INTO unsure SELECT ${kind}, s.row_id FROM ${staged} s
      JOIN ${Prisma.raw(PROJECTIONS[kind].table)} c ON c.id = s.row_id AND c.scope_id = ${scopeId}::uuid
      WHERE s.kind = ${kind} AND s.says = 'seen' AND s.doc IS NOT NULL
        AND (s.doc ?| '{classUnseen,joiningUnseen}' OR s.doc @? '$.*.state ? (@ == "unknown")')
        AND (s.fingerprint <> c.fingerprint OR s.stream <> c.stream OR c.retired_at IS NOT NULL)`
  if (!found) return false
  await tx.$executeRaw`CREATE INDEX ON ${staged} (row_id)`
  await tx.$executeRaw`ANALYZE unsure`
  return true
}

async function pairs(tx: Tx, at: LookAt, kind: (typeof KINDS)[number], after: string): Promise<Pair[]> {
  return tx.$queryRaw<Pair[]>`
    SELECT u.row_id AS "rowId", s.doc AS staged, c.doc AS held, greatest(c.valid_from, l.complete_at) AS "confirmedAt"
    FROM (
      SELECT row_id FROM unsure WHERE kind = ${kind} AND row_id > ${after}::uuid ORDER BY row_id LIMIT ${CHUNK}
    ) u
    JOIN ${at.staged} s ON s.row_id = u.row_id AND s.kind = ${kind} AND s.says = 'seen'
    JOIN ${Prisma.raw(PROJECTIONS[kind].table)} c ON c.id = u.row_id
    LEFT JOIN look l ON l.scope_id = c.scope_id AND l.stream = c.stream AND l.kind = ${kind}
    ORDER BY u.row_id`
}

async function merge(tx: Tx, { observedAt, staged }: LookAt, found: Pair[]): Promise<void> {
  const merged = found.map((pair) => ({
    id: pair.rowId,
    doc: JSON.stringify(remember(pair.held, pair.staged, pair.confirmedAt.toISOString(), observedAt)),
  }))
  await tx.$executeRaw`
    UPDATE ${staged} s SET doc = m.doc
    FROM unnest(${merged.map((m) => m.id)}::uuid[], ${merged.map((m) => m.doc)}::jsonb[]) AS m (id, doc)
    WHERE s.row_id = m.id AND s.says = 'seen'`
}
