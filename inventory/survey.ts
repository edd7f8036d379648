// What a look has to be compared with, by kind: asked once, so that kinds it does not concern cost nothing.
import { KINDS, type Kind } from '@/core/observation'
import { Prisma } from '@/prisma/generated/client'
import type { Tx } from '@/prisma/client'
import { PROJECTIONS } from './projections'
import { stagingTable } from './staging/table'

export type KindSurvey = {
  /** Rows the look saw … */
  seen: number
  /** … and those of them that came with a document, because no equal one was held. */
  whole: number
  /** Rows of which the source says that they have ended. */
  ended: number
  /** Whether the scope holds any row of the kind. */
  held: boolean
}
export type Survey = Readonly<Record<Kind, KindSurvey>>

/** The kinds of which a scope holds any row. */
export async function heldKinds(tx: Pick<Tx, '$queryRaw'>, scopeId: string): Promise<Set<Kind>> {
  const parts = KINDS.map(
    (kind) => Prisma.sql`
      SELECT ${kind}::text AS kind WHERE EXISTS (
        SELECT 1 FROM ${Prisma.raw(PROJECTIONS[kind].table)} WHERE scope_id = ${scopeId}::uuid)`,
  )
  const found = await tx.$queryRaw<{ kind: Kind }[]>(Prisma.join(parts, ' UNION ALL '))
  return new Set(found.map(({ kind }) => kind))
}

export async function surveyOf(tx: Tx, place: { runId: string; scopeId: string }): Promise<Survey> {
  const held = await heldKinds(tx, place.scopeId)
  const staged = await tx.$queryRaw<(Omit<KindSurvey, 'held'> & { kind: Kind })[]>`
    SELECT kind, (count(*) FILTER (WHERE ended_at IS NULL))::int AS seen, count(doc)::int AS whole, count(ended_at)::int AS ended
    FROM ${stagingTable(place)} GROUP BY kind`
  const byKind = new Map(staged.map((row) => [row.kind, row]))
  const of = (kind: Kind): KindSurvey => {
    const { seen = 0, whole = 0, ended = 0 } = byKind.get(kind) ?? {}
    return { seen, whole, ended, held: held.has(kind) }
  }
  return Object.fromEntries(KINDS.map((kind) => [kind, of(kind)])) as Record<Kind, KindSurvey>
}
