// The newest look at each stream and kind of a scope, and the newest complete one.
import { ensure } from '@/core/errors'
import type { Tx } from '@/prisma/client'
import type { Look, LookAt } from './reconcile'

/** A look made before the newest one would bring back what has changed since. */
export async function refuseOlderLook(tx: Tx, { runId, scopeId, observedAt }: Look): Promise<void> {
  const [newest] = await tx.$queryRaw<{ at: Date | null }[]>`
    SELECT max(l.at) AS at FROM look l JOIN run_coverage r
      ON r.scope_id = l.scope_id AND r.stream = l.stream AND r.kind = l.kind
    WHERE r.run_id = ${runId}::uuid AND r.scope_id = ${scopeId}::uuid AND r.applied_at IS NULL AND l.run_id <> ${runId}::uuid
      AND (r.state = 'complete' OR r.count > 0)`
  const older = newest?.at && newest.at > new Date(observedAt)
  ensure(
    !older,
    'conflict',
    `A newer look, of ${newest?.at?.toISOString()}, is already held; this one is of ${observedAt}. Nothing was changed.`,
  )
}

/** A file that does not speak of a stream at all is no look at it, where an earlier one was. */
export async function rememberLooks(tx: Tx, { runId, scopeId, observedAt }: LookAt): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO look AS l (scope_id, stream, kind, at, run_id, state, why, permission, detail, gaps, about, bears, complete_at, complete_run_id, valid_from)
    SELECT scope_id, stream, kind, ${observedAt}::timestamptz, run_id, state, why, permission, detail, gaps, about, bears,
      CASE WHEN state = 'complete' THEN ${observedAt}::timestamptz END, CASE WHEN state = 'complete' THEN run_id END,
      ${observedAt}::timestamptz
    FROM run_coverage WHERE run_id = ${runId}::uuid AND scope_id = ${scopeId}::uuid AND applied_at IS NULL
    ON CONFLICT (scope_id, stream, kind) DO UPDATE SET at = excluded.at, run_id = excluded.run_id,
      state = excluded.state, why = excluded.why, permission = excluded.permission, detail = excluded.detail,
      gaps = excluded.gaps, about = excluded.about, bears = excluded.bears, complete_at = coalesce(excluded.complete_at, l.complete_at),
      complete_run_id = coalesce(excluded.complete_run_id, l.complete_run_id), valid_from = excluded.valid_from
    WHERE NOT (excluded.state = 'partial' AND excluded.why = 'not-offered' AND l.complete_at IS NOT NULL)`
}
