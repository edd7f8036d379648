// How many identities of a scope are that powerful and that bad off: what scores are worked out from, at any moment.
import { SCORED_CLASSES } from '@/core/score'
import type { Tx } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'
import type { Judge } from './judge'

const DIMENSIONS = Prisma.sql`scope_id, privilege_class, worst, worst_open`

/** Counts them anew and writes what differs. Where no rule is asked about identities nothing is counted: nothing was judged. */
export async function countScores(tx: Tx, scopeId: string, { asked }: Judge): Promise<void> {
  const isJudged = asked.identity.length + asked.credential.length > 0
  const counted = Prisma.sql`
    SELECT ${DIMENSIONS}, count(*)::int AS count FROM posture
    WHERE scope_id = ${scopeId}::uuid AND class = ANY(${[...SCORED_CLASSES]}::text[]) AND worst_open IS NOT NULL AND ${isJudged}
    GROUP BY ${DIMENSIONS}`
  await tx.$executeRaw`
    WITH counted AS MATERIALIZED (${counted}), gone AS (
      DELETE FROM score_count s WHERE s.scope_id = ${scopeId}::uuid AND NOT EXISTS (
        SELECT 1 FROM counted n WHERE (n.privilege_class, n.worst, n.worst_open) = (s.privilege_class, s.worst, s.worst_open))
    )
    INSERT INTO score_count AS s (${DIMENSIONS}, count, valid_from, known_from)
    SELECT n.*, k.at, k.at FROM counted n, (SELECT knowledge_now() AS at) k
    ON CONFLICT (${DIMENSIONS}) DO UPDATE SET count = excluded.count WHERE s.count <> excluded.count`
}
