// Moves out of the present what has been gone for longer than history is kept: its versions stay until they are too old.
import type { Instant } from '@/core/fact'
import { KINDS } from '@/core/observation'
import { recountFacets } from '@/inventory/facets/recount'
import { PROJECTIONS } from '@/inventory/projections'
import { lockScope } from '@/inventory/scope-lock'
import { Prisma } from '@/prisma/generated/client'
import { db, type Tx } from '@/prisma/client'

const TIMEOUT_MS = 5 * 60_000
/** Gone for so long, and known to be for so long. */
const longGone = (column: string, before: Instant): Prisma.Sql =>
  Prisma.sql`${Prisma.raw(column)} <= ${before}::timestamptz
    AND ${Prisma.raw(column.replace(/\w+_at$/, 'known_from'))} <= ${before}::timestamptz`

/** Scopes that hold any such row. */
export async function scopesWithLongGone(before: Instant): Promise<string[]> {
  const parts = KINDS.map(
    (kind) =>
      Prisma.sql`SELECT DISTINCT scope_id FROM ${Prisma.raw(PROJECTIONS[kind].table)} WHERE ${longGone('retired_at', before)}`,
  )
  const findings = Prisma.sql`SELECT DISTINCT scope_id FROM finding WHERE state = 'resolved' AND ${longGone('resolved_at', before)}`
  const rows = await db.$queryRaw<{ id: string }[]>(
    Prisma.sql`SELECT scope_id AS id FROM (${Prisma.join([...parts, findings], ' UNION ')}) held ORDER BY 1`,
  )
  return rows.map(({ id }) => id)
}

async function takeOut(tx: Tx, scopeId: string, before: Instant, batch: number): Promise<number> {
  let count = 0
  let identities = 0
  for (const kind of KINDS) {
    const table = Prisma.raw(PROJECTIONS[kind].table)
    // Credentials that are still there keep their identity.
    const held =
      kind === 'identity'
        ? Prisma.sql`AND NOT EXISTS (SELECT 1 FROM credential c WHERE c.identity_id = t.id AND c.retired_at IS NULL)`
        : Prisma.empty
    const gone = await tx.$queryRaw<{ id: string }[]>(Prisma.sql`
      DELETE FROM ${table} WHERE id = ANY(ARRAY(SELECT t.id FROM ${table} t
        WHERE t.scope_id = ${scopeId}::uuid AND ${longGone('t.retired_at', before)} ${held} LIMIT ${batch}::int))
      RETURNING id`)
    count += gone.length
    if (kind !== 'identity' || !gone.length) continue
    identities = gone.length
    await tx.$executeRaw`DELETE FROM posture WHERE identity_id = ANY(${gone.map(({ id }) => id)}::uuid[])`
  }
  const findings = await tx.$executeRaw(Prisma.sql`
    DELETE FROM finding WHERE id = ANY(ARRAY(SELECT id FROM finding WHERE scope_id = ${scopeId}::uuid AND state = 'resolved'
      AND ${longGone('resolved_at', before)} LIMIT ${batch}::int))`)
  if (identities) await recountFacets(tx, scopeId)
  return count + findings
}

/** One batch of one scope. Returns how many rows went. */
export const takeOutLongGone = (scopeId: string, before: Instant, batch: number): Promise<number> =>
  db.$transaction(
    async (tx) => {
      await lockScope(tx, scopeId)
      return takeOut(tx, scopeId, before, batch)
    },
    { timeout: TIMEOUT_MS, maxWait: 60_000 },
  )

/** Runs that ended long ago, but for the last one of a connection and those a look still rests on. */
export const takeOutOldRuns = (before: Instant, batch: number): Promise<number> =>
  db.$executeRaw(Prisma.sql`
    DELETE FROM run WHERE id = ANY(ARRAY(
      SELECT r.id FROM run r WHERE ${longGone('r.ended_at', before)}
        AND EXISTS (SELECT 1 FROM run later WHERE later.connection_id = r.connection_id AND later.created_at > r.created_at)
        AND NOT EXISTS (SELECT 1 FROM look l WHERE r.id IN (l.run_id, l.complete_run_id))
      LIMIT ${batch}::int))`)
