// What a look has to be compared with, by kind: asked once, so that kinds it does not concern cost nothing.
import { KINDS, type Kind } from '@/core/observation'
import { Prisma } from '@/prisma/generated/client'
import type { Tx } from '@/prisma/client'
import { PROJECTIONS } from './projections'
import { stagingTable } from './staging/table'

export type KindSurvey = {
  /** Rows the look saw, staged or known already … */
  seen: number
  /** … and those of them that came with a document, because no equal one was held. */
  whole: number
  /** Rows of which the source says that they have ended. */
  ended: number
  /** Rows that are held and that a complete look did not see. */
  unseen: number
  /** Whether the scope holds any row of the kind. */
  held: boolean
}
export type Survey = Readonly<Record<Kind, KindSurvey>>

/** The kinds of which a scope holds any row. */
async function heldKinds(tx: Tx, scopeId: string): Promise<Set<Kind>> {
  const parts = KINDS.map(
    (kind) => Prisma.sql`
      SELECT ${kind}::text AS kind WHERE EXISTS (
        SELECT 1 FROM ${Prisma.raw(PROJECTIONS[kind].table)} WHERE scope_id = ${scopeId}::uuid)`,
  )
  const found = await tx.$queryRaw<{ kind: Kind }[]>(Prisma.join(parts, ' UNION ALL '))
  return new Set(found.map(({ kind }) => kind))
}

export async function surveyOf(tx: Tx, place: { runId: string; scopeId: string }): Promise<Survey> {
  const { runId, scopeId } = place
  const held = await heldKinds(tx, scopeId)
  const staged = await tx.$queryRaw<(Omit<KindSurvey, 'held'> & { kind: Kind })[]>`
    WITH staged AS (
      SELECT kind, count(doc)::int AS whole, (count(*) FILTER (WHERE says = 'ended'))::int AS ended,
        (count(*) FILTER (WHERE says = 'unseen'))::int AS unseen
      FROM ${stagingTable(place)} GROUP BY kind
    ), looked AS (
      SELECT kind, sum(count)::int AS seen FROM run_coverage
      WHERE run_id = ${runId}::uuid AND scope_id = ${scopeId}::uuid AND applied_at IS NULL GROUP BY kind
    )
    SELECT kind, coalesce(seen, 0) AS seen, coalesce(whole, 0) AS whole, coalesce(ended, 0) AS ended, coalesce(unseen, 0) AS unseen
    FROM looked FULL JOIN staged USING (kind)`
  const byKind = new Map(staged.map((row) => [row.kind, row]))
  const of = (kind: Kind): KindSurvey => {
    const { seen = 0, whole = 0, ended = 0, unseen = 0 } = byKind.get(kind) ?? {}
    return { seen, whole, ended, unseen, held: held.has(kind) }
  }
  return Object.fromEntries(KINDS.map((kind) => [kind, of(kind)])) as Record<Kind, KindSurvey>
}
