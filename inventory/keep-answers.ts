// An unknown never erases a known fact: merges staged observations with the answers held, before they are compared.
import type { Instant } from '@/core/fact'
import { KINDS, type Kind, type Observation } from '@/core/observation'
import { remember } from '@/core/remember'
import { Prisma } from '@/prisma/generated/client'
import type { Tx } from '@/prisma/client'
import { contentHash } from './content-hash'
import { PROJECTIONS } from './projections'

type Pair = { rowId: string; staged: Observation; held: Observation; confirmedAt: Date }

/** Rows merged at a time: bounds memory whatever the size of the scope. */
const CHUNK = 500
const FIRST = '00000000-0000-0000-0000-000000000000'

/** Only rows that came with an unknown and are about to be written are read at all. */
async function pairs(
  tx: Tx,
  at: { runId: string; scopeId: string; kind: Kind; after: string },
): Promise<Pair[]> {
  const table = Prisma.raw(PROJECTIONS[at.kind].table)
  return tx.$queryRaw<Pair[]>`
    SELECT s.row_id AS "rowId", s.doc AS staged, c.doc AS held,
           greatest(c.valid_from, l.complete_at) AS "confirmedAt"
    FROM staged s
    JOIN ${table} c ON c.id = s.row_id
    LEFT JOIN look l ON l.scope_id = c.scope_id AND l.stream = c.stream AND l.kind = s.kind
    WHERE s.run_id = ${at.runId}::uuid AND s.scope_id = ${at.scopeId}::uuid AND s.kind = ${at.kind}
      AND s.has_unknown AND (s.raw_hash <> c.raw_hash OR s.stream <> c.stream OR c.retired_at IS NOT NULL)
      AND s.row_id > ${at.after}::uuid
    ORDER BY s.row_id LIMIT ${CHUNK}`
}

async function merge(tx: Tx, runId: string, found: Pair[], observedAt: Instant): Promise<void> {
  const merged = found.map((pair) => {
    const kept = remember(pair.held, pair.staged, pair.confirmedAt.toISOString(), observedAt)
    return { id: pair.rowId, doc: JSON.stringify(kept), hash: contentHash(kept) }
  })
  await tx.$executeRaw`
    UPDATE staged s SET doc = m.doc, doc_hash = m.hash
    FROM unnest(${merged.map((m) => m.id)}::uuid[], ${merged.map((m) => m.doc)}::jsonb[], ${merged.map((m) => m.hash)}::text[])
      AS m (id, doc, hash)
    WHERE s.run_id = ${runId}::uuid AND s.row_id = m.id`
}

/** Carries older answers into the staged rows of one scope. */
export async function keepAnswers(
  tx: Tx,
  runId: string,
  scopeId: string,
  observedAt: Instant,
): Promise<void> {
  for (const kind of KINDS) {
    let after = FIRST
    for (;;) {
      const found = await pairs(tx, { runId, scopeId, kind, after })
      if (!found.length) break
      await merge(tx, runId, found, observedAt)
      after = found[found.length - 1]?.rowId ?? FIRST
    }
  }
}
