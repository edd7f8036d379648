// What is said with every answer that rests on analyses: how complete and how old what it rests on is, and which bound was met.
import type { Instant } from '@/core/fact'
import type { Actor } from '@/core/permissions'
import { completenessOf } from '@/inventory/queries/completeness-of'
import type { FullCompleteness } from '@/inventory/queries/types'
import { db } from '@/prisma/client'

export type Answered = {
  completeness: FullCompleteness
  /** When the oldest analysis that it rests on was made; empty where one was never made. */
  analysedAt: Instant | null
  /** Set where a bound was met: there is more than is told. */
  more?: 'nodes' | 'hops' | 'starts'
  at: Instant
}

export async function answered(actor: Actor, more: Answered['more']): Promise<Answered> {
  const [completeness, analysed] = await Promise.all([
    completenessOf(actor, { kinds: ['identity', 'grant', 'entitlement', 'trust', 'workload'] }),
    db.$queryRaw<{ oldest: Date | null; never: boolean }[]>`
      SELECT min(a.analysed_at) AS oldest, bool_or(a.scope_id IS NULL) AS never
      FROM scope s LEFT JOIN access_analysis a ON a.scope_id = s.id`,
  ])
  const [row] = analysed
  return {
    completeness,
    analysedAt: row?.never || !row?.oldest ? null : row.oldest.toISOString(),
    ...(more && { more }),
    at: new Date().toISOString(),
  }
}
