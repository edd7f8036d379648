// Compares what a run saw of one scope with what is held, and writes only what differs: one transaction, set-based.
import { ensure } from '@/core/errors'
import type { Instant } from '@/core/fact'
import { KINDS, type Kind } from '@/core/observation'
import { Prisma } from '@/prisma/generated/client'
import type { Tx } from '@/prisma/client'
import { adoptAliases, mergeAliases } from './aliases'
import { keepAnswers } from './keep-answers'
import { PROJECTIONS } from './projections'
import { lockScope } from './scope-lock'

export type KindChanges = {
  created: number
  updated: number
  retired: number
  restored: number
  unchanged: number
}
export type Changes = Partial<Record<Kind, KindChanges>>
type At = { runId: string; scopeId: string; observedAt: Instant }

/** Reconciles one scope. The caller opens the transaction; the lock lasts until it ends. */
export async function reconcileScope(tx: Tx, at: At): Promise<Changes> {
  await lockScope(tx, at.scopeId)
  if (!(await stillToApply(tx, at))) return {}
  await refuseLostRows(tx, at)
  await refuseOlderLook(tx, at)
  await keepAnswers(tx, at.runId, at.scopeId, at.observedAt)
  // What this transaction has just written has no statistics yet, and a planner that expects three rows compares
  // every row with every other. Everything from here on is about whole scopes: hashing is right at any size.
  await tx.$executeRaw`SET LOCAL enable_nestloop = off`
  await adoptAliases(tx, at)
  const changes: Changes = {}
  for (const kind of KINDS) {
    const written = await writeChanged(tx, kind, at)
    const retired = await retireUnseen(tx, kind, at)
    if (written.staged || retired) {
      const { created, updated, restored, staged } = written
      changes[kind] = {
        created,
        updated,
        restored,
        retired,
        unchanged: staged - created - updated - restored,
      }
    }
  }
  await mergeAliases(tx, at)
  await rememberLooks(tx, at)
  await tx.$executeRaw`DELETE FROM staged WHERE run_id = ${at.runId}::uuid AND scope_id = ${at.scopeId}::uuid`
  await tx.$executeRaw`
    UPDATE run_coverage SET applied_at = now() WHERE run_id = ${at.runId}::uuid AND scope_id = ${at.scopeId}::uuid`
  return changes
}

/** A look is applied once: a second time its staged rows are gone, and everything would seem to have vanished. */
async function stillToApply(tx: Tx, { runId, scopeId }: At): Promise<boolean> {
  return (await tx.runCoverage.count({ where: { runId, scopeId, appliedAt: null } })) > 0
}

/** Staged rows do not survive a crash of the database; what the look counted must still be there. */
async function refuseLostRows(tx: Tx, { runId, scopeId }: At): Promise<void> {
  const [lost] = await tx.$queryRaw<{ stream: string; kind: string }[]>`
    SELECT r.stream, r.kind FROM run_coverage r
    WHERE r.run_id = ${runId}::uuid AND r.scope_id = ${scopeId}::uuid AND r.count <> (
      SELECT count(*) FROM staged s WHERE s.run_id = r.run_id AND s.scope_id = r.scope_id
        AND s.stream = r.stream AND s.kind = r.kind)
    LIMIT 1`
  ensure(
    !lost,
    'upstream',
    `What was collected (${lost?.stream}: ${lost?.kind}) was lost before it could be applied, most likely because the database restarted. Nothing was changed; run it again.`,
  )
}

/** A look made before the newest one would bring back what has changed since. */
async function refuseOlderLook(tx: Tx, { runId, scopeId, observedAt }: At): Promise<void> {
  const [newest] = await tx.$queryRaw<{ at: Date | null }[]>`
    SELECT max(l.at) AS at FROM look l JOIN run_coverage r
      ON r.scope_id = l.scope_id AND r.stream = l.stream AND r.kind = l.kind
    WHERE r.run_id = ${runId}::uuid AND r.scope_id = ${scopeId}::uuid AND l.run_id <> ${runId}::uuid
      AND (r.state = 'complete' OR r.count > 0)`
  const older = newest?.at && newest.at > new Date(observedAt)
  ensure(
    !older,
    'conflict',
    `A newer look, of ${newest?.at?.toISOString()}, is already held; this one is of ${observedAt}. Nothing was changed.`,
  )
}

type Written = { created: number; updated: number; restored: number; staged: number }

/** Inserts and updates what differs. A version that ends goes to history first. */
async function writeChanged(tx: Tx, kind: Kind, { runId, scopeId, observedAt }: At): Promise<Written> {
  const { table, columns } = PROJECTIONS[kind]
  const raw = Prisma.raw
  const names = Object.keys(columns)
  const here = Prisma.sql`s.run_id = ${runId}::uuid AND s.scope_id = ${scopeId}::uuid AND s.kind = ${kind}`
  const identityOf = PROJECTIONS[kind].identityRef
    ? 'c.identity_id'
    : kind === 'identity'
      ? 'c.id'
      : 'NULL::uuid'
  await tx.$executeRaw`
    INSERT INTO history (kind, row_id, identity_id, scope_id, change, valid_from, valid_to, run_id, doc)
    SELECT ${kind}, c.id, ${raw(identityOf)}, c.scope_id,
      CASE WHEN c.retired_at IS NULL THEN 'updated' ELSE 'retired' END,
      c.valid_from, coalesce(c.retired_at, ${observedAt}::timestamptz), ${runId}::uuid, c.doc
    FROM staged s JOIN ${raw(table)} c ON c.id = s.row_id AND c.scope_id = s.scope_id
    WHERE ${here} AND ((c.raw_hash <> s.raw_hash AND c.doc_hash <> s.doc_hash) OR c.retired_at IS NOT NULL)`
  const [count] = await tx.$queryRaw<Record<keyof Written, bigint>[]>`
    WITH was AS (
      SELECT s.*, c.id IS NULL AS created, c.retired_at IS NOT NULL AS restored,
        c.doc_hash IS DISTINCT FROM s.doc_hash AS differs
      FROM staged s LEFT JOIN ${raw(table)} c ON c.id = s.row_id AND c.scope_id = ${scopeId}::uuid
      WHERE ${here}
        AND (c.id IS NULL OR c.retired_at IS NOT NULL OR c.raw_hash <> s.raw_hash OR c.stream <> s.stream)
    ), written AS (
      INSERT INTO ${raw(table)} AS c (id, scope_id, stream, native_id, doc, doc_hash, raw_hash,
        first_seen_at, valid_from, run_id, ${raw(names.join(', '))})
      SELECT s.row_id, s.scope_id, s.stream, s.native_id, s.doc, s.doc_hash, s.raw_hash,
        ${observedAt}::timestamptz, ${observedAt}::timestamptz, s.run_id, ${raw(Object.values(columns).join(', '))}
      FROM was s
      ON CONFLICT (id) DO UPDATE SET stream = excluded.stream, doc = excluded.doc, doc_hash = excluded.doc_hash,
        raw_hash = excluded.raw_hash, run_id = excluded.run_id, retired_at = NULL, retired_run_id = NULL,
        valid_from = CASE WHEN c.doc_hash = excluded.doc_hash AND c.retired_at IS NULL THEN c.valid_from ELSE excluded.valid_from END,
        ${raw(names.map((name) => `${name} = excluded.${name}`).join(', '))}
    )
    SELECT count(*) FILTER (WHERE created) AS created, count(*) FILTER (WHERE restored) AS restored,
      count(*) FILTER (WHERE differs AND NOT created AND NOT restored) AS updated,
      (SELECT count(*) FROM staged s WHERE ${here}) AS staged
    FROM was`
  const number = (name: keyof Written) => Number(count?.[name] ?? 0)
  return {
    created: number('created'),
    updated: number('updated'),
    restored: number('restored'),
    staged: number('staged'),
  }
}

/** Absence is evidence only where the look was complete: per stream and kind. */
async function retireUnseen(tx: Tx, kind: Kind, { runId, scopeId, observedAt }: At): Promise<number> {
  return tx.$executeRaw`
    UPDATE ${Prisma.raw(PROJECTIONS[kind].table)} c
    SET retired_at = ${observedAt}::timestamptz, retired_run_id = ${runId}::uuid
    FROM run_coverage r
    WHERE r.run_id = ${runId}::uuid AND r.scope_id = ${scopeId}::uuid AND r.kind = ${kind} AND r.state = 'complete'
      AND c.scope_id = ${scopeId}::uuid AND c.stream = r.stream AND c.retired_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM staged s WHERE s.run_id = ${runId}::uuid AND s.scope_id = ${scopeId}::uuid
        AND s.kind = ${kind} AND s.row_id = c.id)`
}

/**
 * The newest look per stream and kind; the newest complete one stays beside it. A file that does not speak of a
 * stream at all is no look at it, where an earlier one was.
 */
async function rememberLooks(tx: Tx, { runId, scopeId, observedAt }: At): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO look AS l (scope_id, stream, kind, at, run_id, state, why, permission, detail, gaps, complete_at, complete_run_id)
    SELECT scope_id, stream, kind, ${observedAt}::timestamptz, run_id, state, why, permission, detail, gaps,
      CASE WHEN state = 'complete' THEN ${observedAt}::timestamptz END, CASE WHEN state = 'complete' THEN run_id END
    FROM run_coverage WHERE run_id = ${runId}::uuid AND scope_id = ${scopeId}::uuid
    ON CONFLICT (scope_id, stream, kind) DO UPDATE SET at = excluded.at, run_id = excluded.run_id,
      state = excluded.state, why = excluded.why, permission = excluded.permission, detail = excluded.detail,
      gaps = excluded.gaps, complete_at = coalesce(excluded.complete_at, l.complete_at),
      complete_run_id = coalesce(excluded.complete_run_id, l.complete_run_id)
    WHERE NOT (excluded.state = 'partial' AND excluded.why = 'not-offered' AND l.complete_at IS NOT NULL)`
}
