// Keeps what a run has observed so far, outside any transaction of the inventory.
import { hasUnknown } from '@/core/remember'
import type { Observation } from '@/core/observation'
import { db } from '@/prisma/client'
import { contentHash, idOf } from './content-hash'

type Place = { runId: string; scopeId: string; stream: string }
/** The same id came twice with different content: which of the two is true cannot be known. */
export type Clash = { kind: string; nativeId: string }

type Row = { id: string; kind: string; nativeId: string; hash: string; unknown: boolean; doc: string }

const toRow = (scopeId: string, o: Observation): Row => ({
  id: idOf(scopeId, o.kind, o.nativeId),
  kind: o.kind,
  nativeId: o.nativeId,
  hash: contentHash(o),
  unknown: hasUnknown(o),
  doc: JSON.stringify(o),
})

/** One row an id: repeats with equal content are one, with different content a clash. */
function distinct(rows: Row[]): { rows: Row[]; clashes: Clash[] } {
  const byId = new Map<string, Row>()
  const clashes: Clash[] = []
  for (const row of rows) {
    const held = byId.get(row.id)
    if (!held) byId.set(row.id, row)
    else if (held.hash !== row.hash) clashes.push({ kind: row.kind, nativeId: row.nativeId })
  }
  return { rows: [...byId.values()], clashes }
}

/** Stages a batch and returns the ids that clash with what the batch or the run already held. */
export async function stage(
  { runId, scopeId, stream }: Place,
  observations: Observation[],
): Promise<Clash[]> {
  const { rows, clashes } = distinct(observations.map((o) => toRow(scopeId, o)))
  if (!rows.length) return clashes
  const column = <K extends keyof Row>(name: K) => rows.map((row) => row[name])
  const earlier = await db.$queryRaw<Clash[]>`
    WITH input AS (
      SELECT * FROM unnest(${column('id')}::uuid[], ${column('kind')}::text[], ${column('nativeId')}::text[],
        ${column('hash')}::text[], ${column('unknown')}::boolean[], ${column('doc')}::jsonb[])
        AS t (row_id, kind, native_id, hash, has_unknown, doc)
    ), added AS (
      INSERT INTO staged (run_id, row_id, scope_id, kind, native_id, stream, raw_hash, doc_hash, has_unknown, doc)
      SELECT ${runId}::uuid, row_id, ${scopeId}::uuid, kind, native_id, ${stream}, hash, hash, has_unknown, doc FROM input
      ON CONFLICT (run_id, row_id) DO NOTHING
    )
    SELECT i.kind, i.native_id AS "nativeId" FROM input i
    JOIN staged s ON s.run_id = ${runId}::uuid AND s.row_id = i.row_id
    WHERE s.raw_hash <> i.hash`
  return [...clashes, ...earlier]
}
