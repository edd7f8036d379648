// What a staged run would write if it were applied now, counted without writing anything.
import { KINDS, type Kind } from '@/core/observation'
import type { KindChanges } from '@/inventory/reconcile'
import { PROJECTIONS } from '@/inventory/projections'
import { db } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'

export type WouldChange = Partial<Record<Kind, KindChanges>>

export async function wouldChange(runId: string): Promise<WouldChange> {
  const changes: WouldChange = {}
  for (const kind of KINDS) {
    const counted = await count(runId, kind)
    if (Object.values(counted).some((number) => number > 0)) changes[kind] = counted
  }
  return changes
}

async function count(runId: string, kind: Kind): Promise<KindChanges> {
  const table = Prisma.raw(PROJECTIONS[kind].table)
  const [row] = await db.$queryRaw<Record<keyof KindChanges, bigint>[]>`
    WITH seen AS (
      SELECT c.id IS NULL AS created, c.retired_at IS NOT NULL AS restored, c.raw_hash IS DISTINCT FROM s.raw_hash AS differs
      FROM staged s LEFT JOIN ${table} c ON c.id = s.row_id WHERE s.run_id = ${runId}::uuid AND s.kind = ${kind}
    ), unseen AS (
      SELECT c.id FROM run_coverage r JOIN ${table} c
        ON c.scope_id = r.scope_id AND c.stream = r.stream AND c.retired_at IS NULL
      WHERE r.run_id = ${runId}::uuid AND r.kind = ${kind} AND r.state = 'complete'
        AND NOT EXISTS (SELECT 1 FROM staged s WHERE s.run_id = r.run_id AND s.row_id = c.id)
    )
    SELECT count(*) FILTER (WHERE created) AS created, count(*) FILTER (WHERE restored) AS restored,
      count(*) FILTER (WHERE differs AND NOT created AND NOT restored) AS updated,
      count(*) FILTER (WHERE NOT differs AND NOT created AND NOT restored) AS unchanged,
      (SELECT count(*) FROM unseen) AS retired
    FROM seen`
  const number = (name: keyof KindChanges) => Number(row?.[name] ?? 0)
  return {
    created: number('created'),
    updated: number('updated'),
    retired: number('retired'),
    restored: number('restored'),
    unchanged: number('unchanged'),
  }
}
