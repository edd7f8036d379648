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
  if (!survey[kind].unseen) return 0
  return tx.$executeRaw`
    UPDATE ${Prisma.raw(PROJECTIONS[kind].table)} c
    SET retired_at = ${observedAt}::timestamptz, retired_run_id = ${runId}::uuid, valid_from = ${observedAt}::timestamptz
    FROM ${staged} u JOIN run_coverage r ON r.stream = u.stream AND r.kind = u.kind
    WHERE u.says = 'unseen' AND u.kind = ${kind} AND r.state = 'complete'
      AND r.run_id = ${runId}::uuid AND r.scope_id = ${scopeId}::uuid AND r.applied_at IS NULL
      -- What another stream saw belongs to that one now.
      AND c.id = u.row_id AND c.scope_id = ${scopeId}::uuid AND c.stream = u.stream AND c.retired_at IS NULL`
}

/**
 * The source itself says that these ended, and when. What was seen later than that is there: names of grants and the like
 * come back, and a log may be told again.
 */
export async function retireEnded(tx: Tx, kind: Kind, at: LookAt): Promise<number> {
  const { runId, scopeId, staged, survey } = at
  if (!survey[kind].ended) return 0
  return tx.$executeRaw`
    UPDATE ${Prisma.raw(PROJECTIONS[kind].table)} c
    SET retired_at = e.ended_at, retired_run_id = ${runId}::uuid, valid_from = e.ended_at
    FROM (
      SELECT row_id, min(at) AS ended_at FROM ${staged} WHERE kind = ${kind} AND says = 'ended' GROUP BY row_id
    ) e
    WHERE c.id = e.row_id AND c.scope_id = ${scopeId}::uuid AND c.retired_at IS NULL
      AND (c.known_from = ${at.stamp}::timestamptz OR e.ended_at > greatest(c.valid_from, (
        SELECT l.complete_at FROM look l WHERE l.scope_id = c.scope_id AND l.stream = c.stream AND l.kind = ${kind})))`
}

/**
 * Settles what a look both saw and calls ended. In one stream the later word counts; what another stream sees now has not
 * ended before now. What is held as ended then already is not brought back to be retired once more.
 */
export async function leaveEnded(tx: Tx, look: Look): Promise<void> {
  const staged = stagingTable(look)
  const [{ any = false } = {}] = await tx.$queryRaw<{ any: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM ${staged} WHERE says = 'ended') AS any`
  if (!any) return
  await tx.$executeRaw`
    DELETE FROM ${staged} e USING ${staged} s
    WHERE e.says = 'ended' AND s.says = 'seen' AND s.row_id = e.row_id AND CASE WHEN s.stream = e.stream
      THEN s.ctid > e.ctid ELSE e.at <= ${look.observedAt}::timestamptz END`
  for (const kind of KINDS)
    await tx.$executeRaw`
      DELETE FROM ${staged} s USING ${Prisma.raw(PROJECTIONS[kind].table)} c, (
        SELECT row_id, min(at) AS at FROM ${staged} WHERE kind = ${kind} AND says = 'ended' GROUP BY row_id
      ) e
      WHERE s.kind = ${kind} AND s.says = 'seen' AND s.row_id = e.row_id AND c.id = e.row_id
        AND c.scope_id = ${look.scopeId}::uuid AND c.fingerprint = s.fingerprint AND c.retired_at = e.at`
}
