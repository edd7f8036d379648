// What has happened and is excepted: somebody has asked to let it be for a time, and somebody else has approved it. It opens no
// card as long as that counts, and waits until it does not.
import { exceptionsInForce, hasExceptions } from '@/inventory/queries/finding-exceptions'
import { Prisma } from '@/prisma/generated/client'
import { RULES_OF } from './cause-rules'

const OF_TRUST = Prisma.sql`f.identity_id = e.identity_id AND f.rule_id = ANY(${[...RULES_OF['external-trust']]}::text[])
  AND f.state = 'open' AND f.verdict = 'fail'`

/** Over `e` (review_event). Of a new trust it is so where each finding that speaks of it is excepted, and there is one. */
export async function exceptedNow(now: Date): Promise<Prisma.Sql> {
  if (!(await hasExceptions(now))) return Prisma.sql`FALSE`
  const { covers } = await exceptionsInForce(now)
  return Prisma.sql`CASE
    WHEN e.finding_id IS NOT NULL THEN EXISTS (SELECT 1 FROM finding f WHERE f.id = e.finding_id AND ${covers} IS TRUE)
    WHEN e.trust_id IS NOT NULL THEN EXISTS (SELECT 1 FROM finding f WHERE ${OF_TRUST} AND ${covers} IS TRUE)
      AND NOT EXISTS (SELECT 1 FROM finding f WHERE ${OF_TRUST} AND ${covers} IS NOT TRUE)
    ELSE FALSE END`
}
