// What a staged run would write if it were applied now, counted without writing anything.
import { KINDS, type Kind } from '@/core/observation'
import { addChanges } from '@/inventory/apply'
import type { Changes, KindChanges } from '@/inventory/reconcile'
import { PROJECTIONS } from '@/inventory/projections'
import { stagingTable } from '@/inventory/staging/table'
import { db } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'

export type WouldChange = Changes
type Place = { runId: string; scopeId: string }

export async function wouldChange(runId: string): Promise<WouldChange> {
  const scopes = await db.runCoverage.findMany({
    where: { runId },
    distinct: ['scopeId'],
    select: { scopeId: true },
  })
  let changes: WouldChange = {}
  for (const { scopeId } of scopes)
    for (const kind of KINDS) {
      const counted = await count({ runId, scopeId }, kind)
      if (Object.values(counted).some((number) => number > 0))
        changes = addChanges(changes, { [kind]: counted })
    }
  return changes
}

async function count(place: Place, kind: Kind): Promise<KindChanges> {
  const { runId, scopeId } = place
  const table = Prisma.raw(PROJECTIONS[kind].table)
  const staged = stagingTable(place)
  const [row] = await db.$queryRaw<KindChanges[]>`
    WITH seen AS (
      SELECT c.id IS NULL AS created, c.retired_at IS NOT NULL AS restored, s.doc IS NOT NULL AND c.doc <> s.doc AS differs
      FROM ${staged} s LEFT JOIN ${table} c ON c.id = s.row_id AND c.scope_id = ${scopeId}::uuid
      WHERE s.kind = ${kind} AND s.says = 'seen'
    ), unseen AS (
      SELECT 1 FROM ${staged} u JOIN run_coverage r ON r.stream = u.stream AND r.kind = u.kind
      WHERE u.says = 'unseen' AND u.kind = ${kind} AND r.state = 'complete'
        AND r.run_id = ${runId}::uuid AND r.scope_id = ${scopeId}::uuid
        AND NOT EXISTS (SELECT 1 FROM ${staged} s WHERE s.says = 'seen' AND s.row_id = u.row_id)
    ), known AS (
      SELECT coalesce(sum(r.count), 0)::int - (SELECT count(*)::int FROM seen) AS count FROM run_coverage r
      WHERE r.run_id = ${runId}::uuid AND r.scope_id = ${scopeId}::uuid AND r.kind = ${kind}
    )
    SELECT (count(*) FILTER (WHERE created))::int AS created, (count(*) FILTER (WHERE restored))::int AS restored,
      (count(*) FILTER (WHERE differs AND NOT created AND NOT restored))::int AS updated,
      (count(*) FILTER (WHERE NOT created AND NOT restored AND differs IS NOT TRUE))::int
        + (SELECT count FROM known) AS unchanged,
      (SELECT count(*)::int FROM unseen) AS retired
    FROM seen`
  return row ?? { created: 0, updated: 0, retired: 0, restored: 0, unchanged: 0 }
}
