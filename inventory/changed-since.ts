// Whether anybody has written the rows of a scope since an instant.
import { KINDS, type Kind } from '@/core/observation'
import type { Tx } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'
import { PROJECTIONS } from './projections'
import { stagingTable } from './staging/table'

type Place = { runId: string; scopeId: string }

/**
 * Rows of the kinds that a look says something of: what it is silent about it does not compare with anything.
 * Whoever writes rows of a scope says that the look was applied: only then the rows themselves are asked.
 */
export async function changedSince(tx: Tx, place: Place, at: Date): Promise<boolean> {
  const { scopeId } = place
  const [applied] = await tx.$queryRaw<{ any: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM run_coverage WHERE scope_id = ${scopeId}::uuid AND applied_at > ${at}::timestamptz)
      OR EXISTS (SELECT 1 FROM look WHERE scope_id = ${scopeId}::uuid AND known_from > ${at}::timestamptz) AS any`
  if (!applied?.any) return false
  const kinds = await spokenOf(tx, place)
  if (!kinds.length) return false
  const newer = (kind: Kind) =>
    Prisma.sql`EXISTS (SELECT 1 FROM ${Prisma.raw(PROJECTIONS[kind].table)}
      WHERE scope_id = ${scopeId}::uuid AND known_from > ${at}::timestamptz)`
  const [rows] = await tx.$queryRaw<
    { any: boolean }[]
  >`SELECT ${Prisma.join(kinds.map(newer), ' OR ')} AS any`
  return rows?.any ?? false
}

/** The kinds of which a run has seen or staged anything in a scope, or has seen in full that there is none. */
async function spokenOf(tx: Tx, place: Place): Promise<Kind[]> {
  const { runId, scopeId } = place
  const found = await tx.$queryRaw<{ kind: string }[]>`
    SELECT kind FROM run_coverage
    WHERE run_id = ${runId}::uuid AND scope_id = ${scopeId}::uuid AND applied_at IS NULL AND (state = 'complete' OR count > 0)
    UNION SELECT kind FROM ${stagingTable(place)}`
  return KINDS.filter((kind) => found.some((one) => one.kind === kind))
}
