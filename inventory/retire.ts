// What is gone: because the source says so itself, or because a complete look did not see it. Never for another reason.
import { KINDS, type Kind } from '@/core/observation'
import { Prisma } from '@/prisma/generated/client'
import type { Tx } from '@/prisma/client'
import { PROJECTIONS } from './projections'
import type { Look, LookAt } from './reconcile'
import { stagingTable } from './staging/table'

/** Absence is evidence only where the look was complete: per stream and kind. */
export async function retireUnseen(tx: Tx, kind: Kind, at: LookAt): Promise<number> {
  const { runId, scopeId, observedAt, staged, survey } = at
  if (!survey[kind].held) return 0
  return tx.$executeRaw`
    UPDATE ${Prisma.raw(PROJECTIONS[kind].table)} c
    SET retired_at = ${observedAt}::timestamptz, retired_run_id = ${runId}::uuid, valid_from = ${observedAt}::timestamptz
    FROM run_coverage r
    WHERE r.run_id = ${runId}::uuid AND r.scope_id = ${scopeId}::uuid AND r.kind = ${kind} AND r.state = 'complete'
      AND c.scope_id = ${scopeId}::uuid AND c.stream = r.stream AND c.retired_at IS NULL
      AND NOT EXISTS (
        SELECT 1 FROM ${staged} s WHERE s.kind = ${kind} AND s.row_id = c.id)`
}

/** The source itself says that these ended, and when. */
export async function retireEnded(tx: Tx, kind: Kind, at: LookAt): Promise<number> {
  const { runId, scopeId, staged, survey } = at
  if (!survey[kind].ended) return 0
  return tx.$executeRaw`
    UPDATE ${Prisma.raw(PROJECTIONS[kind].table)} c
    SET retired_at = e.ended_at, retired_run_id = ${runId}::uuid, valid_from = e.ended_at
    FROM (
      SELECT row_id, min(ended_at) AS ended_at FROM ${staged}
      WHERE kind = ${kind} AND ended_at IS NOT NULL GROUP BY row_id
    ) e
    WHERE c.id = e.row_id AND c.scope_id = ${scopeId}::uuid AND c.retired_at IS NULL`
}

/** What was seen, has ended since, and is held so already is not brought back to be retired once more. */
export async function leaveEnded(tx: Tx, look: Look): Promise<void> {
  const staged = stagingTable(look)
  const [{ any = false } = {}] = await tx.$queryRaw<{ any: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM ${staged} WHERE ended_at IS NOT NULL) AS any`
  if (!any) return
  for (const kind of KINDS)
    await tx.$executeRaw`
      DELETE FROM ${staged} s USING ${Prisma.raw(PROJECTIONS[kind].table)} c, (
        SELECT row_id, min(ended_at) AS at FROM ${staged} WHERE kind = ${kind} AND ended_at IS NOT NULL GROUP BY row_id
      ) e
      WHERE s.kind = ${kind} AND s.ended_at IS NULL AND s.row_id = e.row_id AND c.id = e.row_id
        AND c.scope_id = ${look.scopeId}::uuid AND c.fingerprint = s.fingerprint AND c.retired_at = e.at`
}
