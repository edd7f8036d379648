// The same id twice in one look: with equal content it is one; with different content one of the two is wrong.
import { db } from '@/prisma/client'
import { stagingTable } from './table'

type Repeat = { stream: string; kind: string; nativeId: string; clash: boolean }

/** Leaves one row an id. A clash makes the looks it came from partial: which of the two is true cannot be known. */
export async function settleRepeats(runId: string, scopeId: string): Promise<void> {
  const table = stagingTable({ runId, scopeId })
  const repeats = await db.$queryRaw<Repeat[]>`
    WITH repeated AS (
      SELECT row_id FROM ${table} WHERE says = 'seen' GROUP BY row_id HAVING count(*) > 1
    ), told AS (
      SELECT s.row_id, count(DISTINCT s.fingerprint) > 1 AS clash
      FROM repeated JOIN ${table} s ON s.row_id = repeated.row_id AND s.says = 'seen' GROUP BY s.row_id
    )
    SELECT s.stream, s.kind, min(s.native_id) AS "nativeId", bool_or(r.clash) AS clash
    FROM told r JOIN ${table} s ON s.row_id = r.row_id AND s.says = 'seen'
    GROUP BY s.stream, s.kind, r.clash`
  if (!repeats.length) return
  await db.$executeRaw`
    WITH gone AS (
      DELETE FROM ${table} s USING (
        SELECT ctid, row_number() OVER (PARTITION BY row_id ORDER BY ctid) AS place FROM ${table} WHERE says = 'seen'
      ) d WHERE s.ctid = d.ctid AND d.place > 1 RETURNING s.stream, s.kind
    )
    UPDATE run_coverage r SET count = r.count - g.count
    FROM (SELECT stream, kind, count(*)::int AS count FROM gone GROUP BY stream, kind) g
    WHERE r.run_id = ${runId}::uuid AND r.scope_id = ${scopeId}::uuid AND r.stream = g.stream AND r.kind = g.kind`
  for (const { stream, kind, nativeId, clash } of repeats)
    if (clash)
      await db.runCoverage.updateMany({
        where: { runId, scopeId, stream, kind, state: 'complete' },
        data: {
          state: 'partial',
          why: 'malformed',
          permission: stream,
          detail: `${kind} ${nativeId} came twice with different content`,
        },
      })
}
