// Inserts what is new and updates what differs. The database itself keeps the versions that end.
import type { Kind } from '@/core/observation'
import { Prisma } from '@/prisma/generated/client'
import type { Tx } from '@/prisma/client'
import { PROJECTIONS } from './projections'
import type { LookAt } from './reconcile'

export type Written = { created: number; updated: number; restored: number; unchanged: number }

const raw = Prisma.raw
const NONE: Written = { created: 0, updated: 0, restored: 0, unchanged: 0 }
const tableOf = (kind: Kind) => raw(PROJECTIONS[kind].table)
/** Rows of one kind that the look saw. `s.doc` is set where it has to be compared. */
const seen = (kind: Kind) => Prisma.sql`s.kind = ${kind} AND s.says = 'seen'`
/** The row that is held, as `c`. */
const held = (kind: Kind, { scopeId }: LookAt) =>
  Prisma.sql`LEFT JOIN ${tableOf(kind)} c ON c.id = s.row_id AND c.scope_id = ${scopeId}::uuid`

/** Column → SQL over `s`; a row that names an identity also says whether that is the native id of one. */
function columnsOf(kind: Kind, { scopeId }: LookAt): Record<string, string> {
  const { columns, identityRef } = PROJECTIONS[kind]
  const all = identityRef
    ? { ...columns, unbound: `(${identityRef}) IS NOT NULL AND bearer.id IS NULL` }
    : columns
  const here = Object.entries(all).map(([name, sql]) => [name, sql.replaceAll('@scope', literal(scopeId))])
  return Object.fromEntries(here)
}
/** An id of ours as SQL. */
const literal = (id: string) => `'${id.replace(/[^0-9a-f-]/g, '')}'::uuid`

function bearer(kind: Kind, at: LookAt): Prisma.Sql {
  const { identity_id: identityId } = columnsOf(kind, at)
  return PROJECTIONS[kind].identityRef
    ? raw(`LEFT JOIN identity bearer ON bearer.id = ${identityId}`)
    : Prisma.empty
}

export async function writeChanged(tx: Tx, kind: Kind, at: LookAt): Promise<Written> {
  const survey = at.survey[kind]
  if (!survey.seen) return NONE
  if (!survey.held) return { ...NONE, created: await insertNew(tx, kind, at, { compare: false }) }
  if (!survey.whole) return { ...NONE, unchanged: survey.seen }
  const { created, restored, updated, moved, staged } = await compare(tx, kind, at)
  if (restored + updated + moved) await updateChanged(tx, kind, at)
  if (created) await insertNew(tx, kind, at, { compare: true })
  const unchanged = survey.seen - survey.whole + staged - created - updated - restored
  return { created, updated, restored, unchanged }
}

type Compared = { staged: number; created: number; restored: number; updated: number; moved: number }
/** `moved` rows say the same in other words, or come from another stream. */
async function compare(tx: Tx, kind: Kind, at: LookAt): Promise<Compared> {
  const [row] = await tx.$queryRaw<Compared[]>`
    SELECT count(*)::int AS staged, (count(*) FILTER (WHERE c.id IS NULL))::int AS created,
      (count(*) FILTER (WHERE c.retired_at IS NOT NULL))::int AS restored,
      (count(*) FILTER (WHERE c.retired_at IS NULL AND c.doc <> s.doc))::int AS updated,
      (count(*) FILTER (WHERE c.retired_at IS NULL AND c.doc = s.doc
        AND (c.stream <> s.stream OR c.fingerprint <> s.fingerprint)))::int AS moved
    FROM ${at.staged} s ${held(kind, at)} WHERE ${seen(kind)} AND s.doc IS NOT NULL`
  return row ?? { staged: 0, created: 0, restored: 0, updated: 0, moved: 0 }
}

async function updateChanged(tx: Tx, kind: Kind, at: LookAt): Promise<void> {
  const columns = columnsOf(kind, at)
  const projected = Object.entries(columns).map(([name, sql]) => `${sql} AS ${name}`)
  const set = Object.keys(columns).map((name) => `${name} = n.${name}`)
  await tx.$executeRaw`
    UPDATE ${tableOf(kind)} t SET stream = n.stream, doc = n.doc, fingerprint = n.fingerprint,
      run_id = CASE WHEN n.same THEN t.run_id ELSE ${at.runId}::uuid END, retired_at = NULL, retired_run_id = NULL,
      valid_from = ${at.observedAt}::timestamptz, ${raw(set.join(', '))}
    FROM (
      SELECT s.row_id, s.stream, s.doc, s.fingerprint, c.doc = s.doc AND c.retired_at IS NULL AND c.stream = s.stream AS same,
        ${raw(projected.join(', '))}
      FROM ${at.staged} s ${held(kind, at)} ${bearer(kind, at)}
      WHERE ${seen(kind)} AND s.doc IS NOT NULL AND c.id IS NOT NULL
        AND (c.retired_at IS NOT NULL OR c.fingerprint <> s.fingerprint OR c.doc <> s.doc OR c.stream <> s.stream)
    ) n WHERE t.id = n.row_id`
}

/** @param compare whether rows may be held already; those are left alone */
async function insertNew(tx: Tx, kind: Kind, at: LookAt, { compare }: { compare: boolean }): Promise<number> {
  const columns = columnsOf(kind, at)
  const made = 'created_at' in columns ? `coalesce(${columns.created_at}, ended.at)` : 'ended.at'
  return tx.$executeRaw`
    INSERT INTO ${tableOf(kind)} (id, scope_id, stream, native_id, doc, fingerprint, first_seen_at, valid_from, known_from, run_id,
      ${raw(Object.keys(columns).join(', '))})
    SELECT s.row_id, ${at.scopeId}::uuid, s.stream, s.native_id, s.doc, s.fingerprint, ${at.observedAt}::timestamptz,
      -- What the source says has ended already was true before we looked.
      CASE WHEN ended.at IS NULL THEN ${at.observedAt}::timestamptz
        ELSE least(${at.observedAt}::timestamptz, ${raw(made)}, ended.at - interval '1 millisecond') END,
      ${at.stamp}::timestamptz, ${at.runId}::uuid, ${raw(Object.values(columns).join(', '))}
    FROM ${at.staged} s
    ${compare ? held(kind, at) : Prisma.empty} ${bearer(kind, at)}
    LEFT JOIN (
      SELECT row_id, min(at) AS at FROM ${at.staged} WHERE kind = ${kind} AND says = 'ended' GROUP BY row_id
    ) ended ON ended.row_id = s.row_id
    WHERE ${seen(kind)} AND s.doc IS NOT NULL ${compare ? Prisma.sql`AND c.id IS NULL` : Prisma.empty}`
}
